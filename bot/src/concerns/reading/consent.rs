//! Agreeing to the opening of an identity. Both must be able to read the case at that moment: a request no longer
//! counts if the person who made it was left out since, or no longer works on concerns.

use sha2::{Digest, Sha256};

use super::access::{self, Access, Handler, Visible};
use crate::concerns::desk::{Desk, day_of};
use crate::concerns::entry::{Entry, EntryKind};
use crate::concerns::event::EventKind;
use crate::concerns::store::{self, Unsealing};
use crate::ids::{CaseId, MemberId, UnsealingId};
use crate::ledger::Tx;
use crate::outbox::{self, CaseMessage, Message, NewOutbound};

/// The outcome of agreeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentOutcome {
    /// The confidant can fetch the identity.
    Agreed { confidant: Option<MemberId> },
    /// Nobody agrees to what they asked for themselves.
    OwnRequest,
    /// By this person.
    AlreadyAgreed(MemberId),
    /// This person, who asked, may not read the case any more. The request is gone, with its reason.
    Lapsed { asked_by: MemberId },
    /// Also if there is no such request.
    NoSuchCase,
}

/// Agrees to somebody else's request. The reporter sees its reason from then on.
///
/// # Errors
/// When the database cannot be written; then nothing has changed.
pub async fn agree_to_identity(desk: &Desk, handler: &Handler, request: UnsealingId) -> anyhow::Result<ConsentOutcome> {
    access::work(desk, handler, move |tx, access| Box::pin(agree_in(tx, access, request))).await
}

async fn agree_in(tx: &Tx, access: &Access, request: UnsealingId) -> anyhow::Result<ConsentOutcome> {
    let connection = tx.connection();
    let known = store::unsealing(connection, &request).await?;
    // Looked for even if there is no request, so that both cases take as long.
    let case = known
        .as_ref()
        .map_or_else(|| CaseId::new(""), |asked| asked.case.clone());
    let seen = access.see(connection, &case).await?;
    let (Some(asked), Some(seen)) = (known, seen) else {
        return Ok(ConsentOutcome::NoSuchCase);
    };
    if let Some((by, _)) = asked.agreed {
        return Ok(ConsentOutcome::AlreadyAgreed(by));
    }
    if asked.asked_by == access.handler.member {
        return Ok(ConsentOutcome::OwnRequest);
    }
    if !seen.route.reads(asked.asked_by) {
        return lapse(tx, access, asked).await;
    }
    open(tx, access, (asked, seen)).await
}

async fn open(tx: &Tx, access: &Access, (mut asked, seen): (Unsealing, Visible)) -> anyhow::Result<ConsentOutcome> {
    asked.agreed = Some((access.handler.member, tx.now()));
    let about: [u8; 32] = Sha256::digest(&asked.reason).into();
    let notice = Entry {
        id: access.desk.core.chance.id(),
        case: asked.case.clone(),
        seq: 0,
        kind: EntryKind::Notice,
        sealed: asked.reason.clone(),
        for_reporter: true,
        handler: Some(access.handler.member),
        at: Some(tx.now()),
        on_day: day_of(tx.now(), &access.handler.organisation.zone),
        vouch: None,
    };
    access.desk.vouch.add(tx.connection(), notice).await?;
    store::update_unsealing(tx.connection(), asked).await?;
    access
        .note(tx, EventKind::UnsealingAgreed, Some(&seen.case.id), Some(about))
        .await?;
    Ok(ConsentOutcome::Agreed {
        confidant: seen.case.confidant,
    })
}

/// Removes the request, and returns who asked. If they must not know about the case by now, they are not told: that is
/// checked when the message is sent.
async fn lapse(tx: &Tx, access: &Access, asked: Unsealing) -> anyhow::Result<ConsentOutcome> {
    let about: [u8; 32] = Sha256::digest(&asked.reason).into();
    let (case, asked_by) = (asked.case, asked.asked_by);
    store::delete_unsealing(tx.connection(), &asked.id).await?;
    access
        .note(tx, EventKind::UnsealingLapsed, Some(&case), Some(about))
        .await?;
    let told = NewOutbound {
        organisation: access.handler.organisation.id,
        member: Some(asked_by),
        channel: None,
        message: Message::Case(CaseMessage::Lapsed { case }),
        at: tx.now(),
        expires: None,
    };
    outbox::promise(tx, &access.desk.core.chance, told).await?;
    Ok(ConsentOutcome::Lapsed { asked_by })
}
