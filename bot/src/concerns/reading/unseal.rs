//! Opening the identity behind a confidential case: one person asks with a reason, [another agrees](super::consent),
//! and the reporter finds a notice with that reason. Only the confidant gets the sealed identity, and only then.

use sha2::{Digest, Sha256};

use super::access::{self, Access, Handler, Visible};
use super::text::{self, HandlerText, TextError};
use crate::concerns::Decided;
use crate::concerns::case::Mode;
use crate::concerns::desk::Desk;
use crate::concerns::entry::EntryKind;
use crate::concerns::event::EventKind;
use crate::concerns::keys::handler_key::Custody;
use crate::concerns::keys::sealing;
use crate::concerns::raising::content;
use crate::concerns::store::{self, Unsealing};
use crate::ids::{CaseId, MemberId, UnsealingId};
use crate::ledger::Tx;

/// The outcome of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskOutcome {
    Asked,
    /// This person has asked; somebody else has to agree.
    AlreadyAsked(MemberId),
    /// Two people have agreed already.
    AlreadyOpen,
    /// There is no sealed identity.
    NotConfidential(Mode),
    Wrong(TextError),
    NoSuchCase,
}

/// What a handler may know about the person who raised a case.
pub enum IdentityOutcome {
    /// It is in the report.
    Named,
    /// Nobody knows it.
    Anonymous,
    /// Nobody has asked for it.
    Sealed {
        confidant: MemberId,
    },
    /// Somebody has asked; a second person has to agree.
    Waits {
        request: UnsealingId,
        by: MemberId,
    },
    /// Two people agreed, but it is for the confidant alone.
    NotYours {
        confidant: MemberId,
    },
    /// The confidant cannot read the case any more, so nobody can open it.
    Gone,
    /// The sealed file, for a key of the confidant's own.
    File(Vec<u8>),
    Opened(content::Opened),
    /// The kept key has to be unlocked first. Nothing was noted.
    Locked,
    NoSuchCase,
}

/// Asks for the identity behind a case. Only the reason is written down, sealed.
///
/// # Errors
/// When the database cannot be written or nothing can be sealed; then nothing has changed.
pub async fn ask_identity(
    desk: &Desk,
    handler: &Handler,
    case: CaseId,
    reason: HandlerText,
) -> anyhow::Result<AskOutcome> {
    access::work(desk, handler, move |tx, access| {
        Box::pin(ask_in(tx, access, case, reason))
    })
    .await
}

async fn ask_in(tx: &Tx, access: &Access, case: CaseId, reason: HandlerText) -> anyhow::Result<AskOutcome> {
    let Some(seen) = access.see(tx.connection(), &case).await? else {
        return Ok(AskOutcome::NoSuchCase);
    };
    match seen.case.mode {
        Mode::Named | Mode::Anonymous => return Ok(AskOutcome::NotConfidential(seen.case.mode)),
        Mode::Confidential => {}
    }
    if let Some(known) = store::unsealings(tx.connection(), &case).await?.first() {
        return Ok(match known.agreed {
            None => AskOutcome::AlreadyAsked(known.asked_by),
            Some(_) => AskOutcome::AlreadyOpen,
        });
    }
    if let Err(error) = reason.check() {
        return Ok(AskOutcome::Wrong(error));
    }
    let sealed = text::sealed(&seen, EntryKind::Notice, &reason.text)?;
    let about = Sha256::digest(&sealed).into();
    let asked = Unsealing {
        id: UnsealingId::new(access.desk.core.chance.id()),
        case: case.clone(),
        asked_by: access.handler.member,
        asked_at: tx.now(),
        reason: sealed,
        agreed: None,
    };
    store::insert_unsealing(tx.connection(), asked).await?;
    access
        .note(tx, EventKind::UnsealingAsked, Some(&case), Some(about))
        .await?;
    Ok(AskOutcome::Asked)
}

/// What this handler may know about the person who raised a case. If it is the identity itself, that is noted first.
///
/// # Errors
/// When the database cannot be read or written, or the identity is not in the form of this program.
pub async fn identity(desk: &Desk, handler: &Handler, case: CaseId) -> anyhow::Result<IdentityOutcome> {
    let unlocked = desk.vault.get(desk.core.clock.now(), handler.whose());
    let open = unlocked.is_some();
    let found = access::work(desk, handler, move |tx, access| {
        Box::pin(identity_in(tx, access, case, open))
    })
    .await?;
    Ok(match (found, unlocked) {
        (Err(outcome), _) => outcome,
        (Ok((Custody::Own, sealed)), _) | (Ok((_, sealed)), None) => IdentityOutcome::File(sealed),
        (Ok((Custody::Kept, sealed)), Some((key, _))) => {
            let plain = sealing::open(&key, &sealed)?;
            IdentityOutcome::Opened(content::read(&plain)?)
        }
    })
}

async fn identity_in(
    tx: &Tx,
    access: &Access,
    case: CaseId,
    open: bool,
) -> Decided<(Custody, Vec<u8>), IdentityOutcome> {
    let Some(seen) = access.see(tx.connection(), &case).await? else {
        return Ok(Err(IdentityOutcome::NoSuchCase));
    };
    if let Some(outcome) = withheld(tx, access, &seen).await? {
        return Ok(Err(outcome));
    }
    let custody = access.own().map_or(Custody::Own, |own| own.custody);
    if custody == Custody::Kept && !open {
        return Ok(Err(IdentityOutcome::Locked));
    }
    let Some(sealed) = store::identity(tx.connection(), &case).await? else {
        return Ok(Err(IdentityOutcome::Gone));
    };
    let about = Sha256::digest(&sealed).into();
    access
        .note(tx, EventKind::IdentityRead, Some(&case), Some(about))
        .await?;
    Ok(Ok((custody, sealed)))
}

/// Why the identity is not given; none if it is.
async fn withheld(tx: &Tx, access: &Access, seen: &Visible) -> anyhow::Result<Option<IdentityOutcome>> {
    let case = &seen.case;
    let confidant = match (case.mode, case.confidant) {
        (Mode::Named, _) => return Ok(Some(IdentityOutcome::Named)),
        (Mode::Anonymous, _) => return Ok(Some(IdentityOutcome::Anonymous)),
        (Mode::Confidential, None) => return Ok(Some(IdentityOutcome::Gone)),
        (Mode::Confidential, Some(confidant)) => confidant,
    };
    if !seen.route.reads(confidant) {
        return Ok(Some(IdentityOutcome::Gone));
    }
    let requests = store::unsealings(tx.connection(), &case.id).await?;
    if requests.iter().any(|asked| asked.agreed.is_some()) {
        let own = access.handler.member == confidant;
        return Ok((!own).then_some(IdentityOutcome::NotYours { confidant }));
    }
    Ok(Some(match requests.into_iter().next() {
        None => IdentityOutcome::Sealed { confidant },
        Some(asked) => IdentityOutcome::Waits {
            request: asked.id,
            by: asked.asked_by,
        },
    }))
}
