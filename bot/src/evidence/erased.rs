//! What was erased, as a log tells it, and erasing it once more where a copy has brought it back.

mod store;

use crate::db::{Connection, Db};
use crate::ids::RecordId;

/// A record with erased fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    pub record: RecordId,
    /// The names of the fields that are still kept.
    pub kept: Vec<String>,
}

/// The records that leaves `record.erased` are about.
///
/// # Errors
/// When the log cannot be read.
pub async fn erased_records(connection: &impl Connection) -> anyhow::Result<Vec<Erased>> {
    store::erased(connection).await
}

/// Deletes the fields of these records that are no longer kept elsewhere. Returns how many fields that were. Harmless
/// when repeated.
///
/// # Errors
/// When the database cannot be written; then nothing is deleted.
pub async fn forget(db: &Db, erased: &[Erased]) -> anyhow::Result<u64> {
    let transaction = db.begin().await?;
    let forgotten = forget_in(&transaction, erased).await;
    match forgotten {
        Ok(_) => transaction.commit().await?,
        Err(_) => transaction.rollback().await?,
    }
    forgotten
}

/// As [`forget`], inside a transaction.
pub(super) async fn forget_in(connection: &impl Connection, erased: &[Erased]) -> anyhow::Result<u64> {
    store::forget(connection, erased).await
}
