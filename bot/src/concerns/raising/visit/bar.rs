//! Leaving out a reader, decided by the reporter at a visit.
//!
//! Nothing new is sealed to them, and they no longer see the case. What they have already they can still open; nobody
//! can change that.

use std::collections::BTreeSet;

use super::{BarOutcome, VisitId, zone};
use crate::concerns::desk::{Desk, day_of};
use crate::concerns::event::{EventKind, NewEvent, record_event};
use crate::concerns::keys::handler_key::KeyHolder;
use crate::concerns::raising::readers::{Readers, readers};
use crate::concerns::store::Vouched;
use crate::ids::{CaseId, MemberId};
use crate::ledger::Tx;

/// Leaves out the reader with this public key. If they had the case, nobody has it now; no deadline moves.
///
/// # Errors
/// When the database or the log cannot be read or written; then nothing has changed.
pub async fn bar(desk: &Desk, visit: &VisitId, recipient: &str) -> anyhow::Result<BarOutcome> {
    let Some((found, _)) = super::case(desk, visit).await? else {
        return Ok(BarOutcome::Over);
    };
    let Readers::These(readers) = readers(desk, &found).await? else {
        return Ok(BarOutcome::KeysDoubtful);
    };
    let is_named = |reader: &&KeyHolder| reader.recipient == recipient;
    let Some(named) = readers.iter().find(is_named).map(|reader| reader.member) else {
        return Ok(BarOutcome::NoReader);
    };
    let others: BTreeSet<MemberId> = readers.iter().map(|reader| reader.member).collect();
    let (desk, id) = (desk.clone(), found.case.id);
    desk.core
        .ledger
        .clone()
        .write(move |tx| Box::pin(async move { write(tx, &desk, &id, named, others).await }))
        .await
}

async fn write(
    tx: &Tx,
    desk: &Desk,
    id: &CaseId,
    named: MemberId,
    readers: BTreeSet<MemberId>,
) -> anyhow::Result<BarOutcome> {
    let found = desk.vouch.find_silently(tx.connection(), id).await?;
    let Some(Vouched { mut case, barred }) = found else {
        return Ok(BarOutcome::Over);
    };
    // As of now: others may have stepped back since the page was shown.
    if readers.iter().all(|reader| *reader == named || barred.contains(reader)) {
        return Ok(BarOutcome::LastReader);
    }
    if case.handler == Some(named) {
        case.handler = None;
    }
    if !desk.vouch.bar(tx.connection(), &mut case, named).await? {
        return Ok(BarOutcome::Over);
    }
    let event = NewEvent {
        organisation: case.organisation,
        on_day: day_of(desk.core.clock.now(), &zone(desk, &case)),
        case: Some(id.clone()),
        kind: EventKind::LeftOut,
        actor: None,
        about: None,
    };
    record_event(tx, &desk.core.chance, event).await?;
    Ok(BarOutcome::Barred {
        member: named,
        was_confidant: case.confidant == Some(named),
    })
}
