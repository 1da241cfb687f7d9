//! Holding the tables against the log: what people are shown must be what its leaves say.
//!
//! The log proves itself, not what stands in other tables. So whoever checks it reads along here: each row is held
//! against the kept fields of its leaf, column by column, and each leaf must have its row. What was erased is excused
//! as far as the erasure reaches.

mod absences;
mod answer;
mod answer_order;
mod audit;
pub mod bindings;
mod catalogues;
mod concern_days;
mod course;
mod cycle;
mod difference;
mod elsewhere;
mod handed_out;
mod handler_keys;
mod openings;
mod published;
mod reader;
mod rows;
mod store;

use crate::config;
use crate::db::{Connection, Db};
use crate::evidence::{Report, verify};

pub use audit::{Held, audit, last_held};
pub use difference::{Difference, Tables};
use reader::Reader;

/// Checks the log in the database as [`verify::live`] does, and holds the tables against it. They are not
/// judged by a log that does not hold in itself.
///
/// # Errors
/// When it cannot be checked: no key, no database.
pub async fn live(db: &Db, settings: &config::Evidence) -> anyhow::Result<(Report, Option<Tables>)> {
    // Read before the snapshot is taken, so that the snapshot is at least as new.
    let guard = verify::guard(settings)?;
    let snapshot = db.snapshot().await?;
    let found = seen_by(&snapshot, settings, guard).await;
    snapshot.rollback().await?;
    found
}

/// As [`live`], in what a connection sees and against what stood in the guard some time before.
///
/// # Errors
/// See [`live`].
pub async fn seen_by(
    connection: &impl Connection,
    settings: &config::Evidence,
    guard: Option<Vec<u8>>,
) -> anyhow::Result<(Report, Option<Tables>)> {
    let mut reader = Reader::new(&settings.origin);
    let report = verify::against(connection, settings, guard, &mut reader).await?;
    Ok((report, reader.tables()))
}
