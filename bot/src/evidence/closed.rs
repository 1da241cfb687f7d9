//! Closed logs: set aside in the same database, row by row as they were, when another log takes their place.
//!
//! Their tables are named `closed_1_log_leaf` and so on. Fields stay where they are, so that they can be erased.

pub(super) mod store;

use anyhow::ensure;

use super::keys;
use super::report::Report;
use super::verify;
use crate::db::Db;

/// The numbers of the closed logs in the database, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn closed(db: &Db) -> anyhow::Result<Vec<u32>> {
    store::numbers(db.reader()).await
}

/// Checks a closed log from end to end against the keys that it names itself: whether these are right, and whether
/// its end is the one that was known outside, is said by the entry 0 of the log that follows it.
///
/// # Errors
/// When there is no such log, or it cannot be read.
pub async fn verify_closed(db: &Db, number: u32) -> anyhow::Result<Report> {
    ensure!(
        closed(db).await?.contains(&number),
        "there is no closed log {number} in this database"
    );
    // Not a snapshot: the names are shadowed inside a transaction, and come back with its end.
    let transaction = db.begin().await?;
    let report = async {
        store::shadow(&transaction, number).await?;
        let ring = keys::ring(&transaction).await.ok().flatten();
        verify::closed(&transaction, ring.as_ref()).await
    };
    let report = report.await;
    transaction.rollback().await?;
    report
}
