//! Closed logs: set aside in the same database, row by row as they were, when another log takes their place.
//!
//! Their tables are named `closed_1_log_leaf` and so on. Fields stay where they are, so that they can be erased.

pub(super) mod store;

use anyhow::ensure;
use bellwether_tlog::disclosure;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::leaf::Leaf;

use super::keys;
use super::report::Report;
use super::verify::{self, Entry, ReadsAlong};
use crate::clock::Millis;
use crate::db::{Connection, Db};

pub(crate) use store::{closed_leaves_after, closed_leaves_of};

/// The numbers of the closed logs in the database, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn closed(connection: &impl Connection) -> anyhow::Result<Vec<u32>> {
    store::numbers(connection).await
}

/// The name of a closed log; none if its entry 0 cannot be read.
///
/// # Errors
/// When there is no such log, or the database cannot be read.
pub async fn closed_origin(connection: &impl Connection, number: u32) -> anyhow::Result<Option<String>> {
    let first = store::closed_leaves_after(connection, number, -1, 1).await?.pop();
    Ok(first.and_then(|row| Leaf::parse(&row.leaf)?.origin))
}

/// Leaves of a closed log in one page.
const PAGE: u64 = 1_000;

/// Gives somebody the leaves of a closed log, as far as they can be read, with what is kept of their fields.
pub(crate) async fn read_closed(
    connection: &impl Connection,
    number: u32,
    reader: &mut impl ReadsAlong,
) -> anyhow::Result<()> {
    let (mut after, mut last) = (-1, Millis(i64::MIN));
    loop {
        let rows = store::closed_leaves_after(connection, number, after, PAGE).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        after = end.idx;
        let recs: Vec<&str> = rows.iter().map(|row| row.rec.as_str()).collect();
        let mut kept = verify::disclosures(connection, &recs).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in &rows {
            let leaf = Leaf::parse(&row.leaf).and_then(|leaf| Some((leaf.recorded_at()?, leaf)));
            let Some((at, leaf)) = leaf else { continue };
            let kept = kept.remove(&row.rec).unwrap_or_default();
            let kept = kept.iter().filter(|field| leaf.commits_to(&field.disclosure));
            entries.push(Entry {
                index: row.idx as u64,
                at,
                on_time: at > last,
                kind: Kind::named(&leaf.kind),
                of: leaf.of,
                fields: kept.filter_map(|field| disclosure::read(&field.disclosure)).collect(),
                rec: leaf.rec,
            });
            last = at;
        }
        reader.page(connection, entries).await?;
    }
}

/// Checks a closed log from end to end against the keys that it names itself. Whether these are right, and whether its
/// end is the one that was known outside, is said by entry 0 of the log that follows it.
///
/// # Errors
/// When there is no such log, or it cannot be read.
pub async fn verify_closed(db: &Db, number: u32) -> anyhow::Result<Report> {
    ensure!(
        closed(db.reader()).await?.contains(&number),
        "there is no closed log {number} in this database"
    );
    // Not a snapshot: the names are shadowed inside a transaction, and come back when it ends.
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
