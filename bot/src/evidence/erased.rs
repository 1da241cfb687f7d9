//! What was erased, according to a log.

mod store;

use bellwether_tlog::erased::Told;

use crate::db::Connection;
use crate::ids::RecordId;

pub(crate) use store::{erased_since, said_before};
pub(super) use store::{kept, records};

/// A record with erased fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    pub record: RecordId,
    /// The names of the fields that are still kept.
    pub kept: Vec<String>,
}

/// What a leaf says about one record, with the disclosure that says it.
pub(crate) struct Said {
    /// Index of the leaf.
    pub index: u64,
    pub told: Told,
    /// None if the leaf itself says everything that is known.
    pub text: Option<String>,
}

/// The records that leaves about erasures name, those of closed logs too.
///
/// # Errors
/// When the log cannot be read.
pub async fn erased_records(connection: &impl Connection) -> anyhow::Result<Vec<Erased>> {
    store::erased(connection).await
}

/// Deletes the fields of these records that are no longer kept elsewhere, inside a transaction. Returns how many
/// fields that were. Harmless when repeated.
pub(super) async fn forget_in(connection: &impl Connection, erased: &[Erased]) -> anyhow::Result<u64> {
    store::forget(connection, erased).await
}

/// As [`forget_in`], in a transaction of its own, for tests.
#[cfg(test)]
pub(crate) async fn forget(db: &crate::db::Db, erased: &[Erased]) -> anyhow::Result<u64> {
    let transaction = db.begin().await?;
    let forgotten = forget_in(&transaction, erased).await?;
    transaction.commit().await?;
    Ok(forgotten)
}
