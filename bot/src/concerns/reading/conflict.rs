//! A handler's own conflict of interest: they no longer see the case from then on.
//!
//! Nothing new is sealed to them. What they have already they can still open; nobody can change that.

use super::access::{self, Access, Handler};
use crate::concerns::desk::Desk;
use crate::concerns::event::EventKind;
use crate::ids::CaseId;
use crate::ledger::Tx;

/// The outcome of stepping back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictOutcome {
    Declared,
    /// Nobody else could read the case.
    LastReader,
    NoSuchCase,
}

/// Bars the handler from a case. If they had it, nobody has it now; no deadline moves.
///
/// # Errors
/// When the database cannot be written; then nothing has changed.
pub async fn declare_conflict(desk: &Desk, handler: &Handler, case: CaseId) -> anyhow::Result<ConflictOutcome> {
    access::work(desk, handler, move |tx, access| Box::pin(declare_in(tx, access, case))).await
}

async fn declare_in(tx: &Tx, access: &Access, case: CaseId) -> anyhow::Result<ConflictOutcome> {
    let Some(mut seen) = access.see(tx.connection(), &case).await? else {
        return Ok(ConflictOutcome::NoSuchCase);
    };
    let own = access.handler.member;
    if seen.route.readers.iter().all(|reader| reader.member == own) {
        return Ok(ConflictOutcome::LastReader);
    }
    if seen.case.handler == Some(own) {
        seen.case.handler = None;
    }
    if !access.desk.vouch.bar(tx.connection(), &mut seen.case, own).await? {
        return Ok(ConflictOutcome::NoSuchCase);
    }
    access.note(tx, EventKind::ConflictDeclared, Some(&case), None).await?;
    Ok(ConflictOutcome::Declared)
}
