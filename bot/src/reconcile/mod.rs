//! Comparing the tables with the log: what people are shown must be what its leaves say.
//!
//! The log proves itself, but not the contents of other tables. So this reads along while the log is checked: each row
//! is compared with the kept fields of its leaf, column by column, and each leaf must have its row. What was erased is
//! excused as far as the erasure goes.

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

/// Checks the log in the database as [`verify::live`] does, and compares the tables with it. A log that is not sound
/// itself does not judge them.
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

/// As [`live`], for what a connection sees and against the content of the guard some time before.
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
