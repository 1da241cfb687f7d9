//! Handing a case to somebody who may read it, or taking it over from somebody who does not respond. No deadline moves.

use super::access::{self, Access, Handler};
use crate::concerns::case::Case;
use crate::concerns::desk::Desk;
use crate::concerns::event::EventKind;
use crate::concerns::keys::handler_key::KeyHolder;
use crate::concerns::store;
use crate::ids::{CaseId, MemberId};
use crate::ledger::Tx;

/// The outcome of handing a case over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOverOutcome {
    HandedOver,
    /// That person has it already.
    Already,
    /// That person may not read it, or has no active key.
    NotEligible,
    NoSuchCase,
}

/// The case and who could take it, by their ids; `None` if the handler may not see it.
///
/// # Errors
/// When the database cannot be read.
pub async fn candidates(
    desk: &Desk,
    handler: &Handler,
    case: &CaseId,
) -> anyhow::Result<Option<(Case, Vec<KeyHolder>)>> {
    let access = Access::of(desk, handler).await?;
    let seen = access.see(desk.core.db.reader(), case).await?;
    Ok(seen.map(|seen| {
        let mut readers = seen.route.readers;
        readers.retain(|reader| Some(reader.member) != seen.case.handler);
        (seen.case, readers)
    }))
}

/// Hands a case to `to`.
///
/// # Errors
/// When the database cannot be written; then nothing has changed.
pub async fn hand_over(desk: &Desk, handler: &Handler, case: CaseId, to: MemberId) -> anyhow::Result<HandOverOutcome> {
    access::work(desk, handler, move |tx, access| {
        Box::pin(hand_over_in(tx, access, case, to))
    })
    .await
}

async fn hand_over_in(tx: &Tx, access: &Access, case: CaseId, to: MemberId) -> anyhow::Result<HandOverOutcome> {
    let Some(mut seen) = access.see(tx.connection(), &case).await? else {
        return Ok(HandOverOutcome::NoSuchCase);
    };
    if !seen.route.reads(to) {
        return Ok(HandOverOutcome::NotEligible);
    }
    if seen.case.handler == Some(to) {
        return Ok(HandOverOutcome::Already);
    }
    seen.case.handler = Some(to);
    store::update_case(tx.connection(), &seen.case).await?;
    access.note(tx, EventKind::HandedOver, Some(&case), None).await?;
    Ok(HandOverOutcome::HandedOver)
}
