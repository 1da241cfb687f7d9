//! Joining two cases about the same thing. Each keeps its reporter, its key and its deadlines; one points to the other.
//!
//! A handler who may not see the other case is not told that there is one.

use super::access::{self, Access, Handler};
use crate::concerns::case::CaseNumber;
use crate::concerns::desk::Desk;
use crate::concerns::event::EventKind;
use crate::concerns::store;
use crate::ids::CaseId;
use crate::ledger::Tx;

/// The outcome of joining two cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeOutcome {
    /// Also if they were joined in the same way before.
    Merged {
        number: CaseNumber,
        into: CaseNumber,
    },
    /// With itself.
    Same,
    /// The other one points to this one.
    Crossed,
    NoSuchCase,
    /// The number leads to no case that the handler may see.
    NoSuchOther,
}

/// Joins a case with the one with that number, where the work goes on.
///
/// # Errors
/// When the database cannot be written; then nothing has changed.
pub async fn merge(desk: &Desk, handler: &Handler, case: CaseId, into: CaseNumber) -> anyhow::Result<MergeOutcome> {
    access::work(desk, handler, move |tx, access| {
        Box::pin(merge_in(tx, access, case, into))
    })
    .await
}

async fn merge_in(tx: &Tx, access: &Access, case: CaseId, into: CaseNumber) -> anyhow::Result<MergeOutcome> {
    let connection = tx.connection();
    let Some(mut seen) = access.see(connection, &case).await? else {
        return Ok(MergeOutcome::NoSuchCase);
    };
    let other = match store::id_of(connection, access.handler.organisation.id, &into).await? {
        Some(id) => access.see(connection, &id).await?,
        None => None,
    };
    let Some(other) = other.map(|other| other.case) else {
        return Ok(MergeOutcome::NoSuchOther);
    };
    if other.id == case {
        return Ok(MergeOutcome::Same);
    }
    if other.merged_into.as_ref() == Some(&case) {
        return Ok(MergeOutcome::Crossed);
    }
    let number = seen.case.number.clone();
    if seen.case.merged_into.as_ref() != Some(&other.id) {
        seen.case.merged_into = Some(other.id);
        store::update_case(connection, &seen.case).await?;
        access.note(tx, EventKind::Merged, Some(&case), None).await?;
    }
    Ok(MergeOutcome::Merged { number, into })
}
