//! Adding to a case, sealed to those who may read it now and to the reporter.

use sha2::{Digest, Sha256};

use super::{SayOutcome, VisitId};
use crate::concerns::case::Case;
use crate::concerns::desk::{Desk, day_of};
use crate::concerns::entry::{Entry, EntryKind};
use crate::concerns::event::{EventKind, NewEvent, record_event};
use crate::concerns::keys::sealing::{recipients, seal};
use crate::concerns::raising::channel::Closed;
use crate::concerns::raising::content::{self, Said};
use crate::concerns::raising::readers::{Readers, readers};
use crate::concerns::raising::submit::LONGEST;
use crate::concerns::secret::Secret;
use crate::ledger::Tx;

/// Adds a text to the case of the visit. `shown` is the [fingerprint](Readers::fingerprint) of the readers that the
/// reporter was shown.
///
/// # Errors
/// When the database or the log cannot be read or written, or nothing can be sealed.
pub async fn say(desk: &Desk, visit: &VisitId, shown: &str, text: Secret) -> anyhow::Result<SayOutcome> {
    if text.is_blank() {
        return Ok(SayOutcome::Empty);
    }
    let longest = LONGEST;
    if text.length() > longest {
        return Ok(SayOutcome::TooLong { longest });
    }
    let Some((found, identity)) = super::case(desk, visit).await? else {
        return Ok(SayOutcome::Over);
    };
    let readers = readers(desk, &found).await?;
    let case = found.case;
    let is_as_shown = readers.fingerprint() == shown;
    let readers = match readers {
        Readers::These(readers) if readers.is_empty() => return Ok(SayOutcome::NobodyMayRead),
        Readers::These(_) if !is_as_shown => return Ok(SayOutcome::ReadersChanged),
        Readers::These(readers) => readers,
        Readers::KeysDoubtful => return Ok(SayOutcome::Closed(Closed::KeysDoubtful)),
    };
    let mut keys = recipients(readers.iter().map(|reader| reader.recipient.as_str()))?;
    // Not what the row says of the reporter, but what the case key itself derives.
    keys.push(identity.to_public());
    let kind = EntryKind::Addition;
    let said = Said::new(kind.word(), &case.number, text.expose());
    let addition = Entry {
        id: desk.core.chance.id(),
        case: case.id.clone(),
        seq: 0,
        kind,
        sealed: seal(&keys, &content::padded(&said)?)?,
        for_reporter: true,
        handler: None,
        at: None,
        on_day: day_of(desk.core.clock.now(), &super::zone(desk, &case)),
        vouch: None,
    };
    let of = desk.clone();
    desk.core
        .ledger
        .write(move |tx| Box::pin(async move { write(tx, &of, &case, addition).await }))
        .await
}

async fn write(tx: &Tx, desk: &Desk, case: &Case, addition: Entry) -> anyhow::Result<SayOutcome> {
    let found = desk.vouch.find_silently(tx.connection(), &case.id).await?;
    if found.is_none() {
        return Ok(SayOutcome::Over);
    }
    let event = NewEvent {
        organisation: case.organisation,
        on_day: addition.on_day,
        case: Some(case.id.clone()),
        kind: EventKind::Added,
        actor: None,
        about: Some(Sha256::digest(&addition.sealed).into()),
    };
    desk.vouch.add(tx.connection(), addition).await?;
    record_event(tx, &desk.core.chance, event).await?;
    Ok(SayOutcome::Said)
}
