//! Taking a case. If two take it at the same time, one gets it, and the other is told who.

use super::access::{self, Access, Handler};
use crate::concerns::desk::Desk;
use crate::concerns::event::EventKind;
use crate::concerns::store;
use crate::ids::{CaseId, MemberId};
use crate::ledger::Tx;

/// The outcome of taking a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeOutcome {
    Taken,
    AlreadyYours,
    /// Somebody else has it who may still see it.
    TakenBy(MemberId),
    NoSuchCase,
}

/// Gives a case to the handler who takes it. No deadline moves.
///
/// # Errors
/// When the database cannot be written; then nothing has changed.
pub async fn take(desk: &Desk, handler: &Handler, case: CaseId) -> anyhow::Result<TakeOutcome> {
    access::work(desk, handler, move |tx, access| Box::pin(take_in(tx, access, case))).await
}

async fn take_in(tx: &Tx, access: &Access, case: CaseId) -> anyhow::Result<TakeOutcome> {
    let Some(mut seen) = access.see(tx.connection(), &case).await? else {
        return Ok(TakeOutcome::NoSuchCase);
    };
    let own = access.handler.member;
    match seen.case.handler {
        Some(holder) if holder == own => return Ok(TakeOutcome::AlreadyYours),
        Some(holder) if seen.route.reads(holder) => return Ok(TakeOutcome::TakenBy(holder)),
        // Somebody who can no longer see it does not have it any more.
        Some(_) | None => {}
    }
    seen.case.handler = Some(own);
    store::update_case(tx.connection(), &seen.case).await?;
    access.note(tx, EventKind::Taken, Some(&case), None).await?;
    Ok(TakeOutcome::Taken)
}
