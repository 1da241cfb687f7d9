//! Checking against what is at hand: the configured keys, and the signing guard.

use anyhow::Context;
use bellwether_tlog::keyring::Keyring;

use super::{Reading, ReadsAlong, check};
use crate::config;
use crate::db::{Connection, Db};
use crate::evidence::guard::Guard;
use crate::evidence::keys::{self, Keys};
use crate::evidence::report::Report;

/// Checks the log in the database against the configured key and signing guard.
///
/// # Errors
/// When it cannot be checked: no key, no database. What is wrong is in the report.
pub async fn live(db: &Db, settings: &config::Evidence) -> anyhow::Result<Report> {
    // Read before the snapshot is taken, so that the snapshot is at least as new.
    with_guard(db, settings, guard(settings)?).await
}

/// The content of the signing guard now; none without a guard.
pub fn guard(settings: &config::Evidence) -> anyhow::Result<Option<Vec<u8>>> {
    Guard::bytes(&settings.guard_file)
}

/// As [`live`], against the content of the guard some time before.
pub async fn with_guard(db: &Db, settings: &config::Evidence, guard: Option<Vec<u8>>) -> anyhow::Result<Report> {
    let snapshot = db.snapshot().await?;
    let report = against(&snapshot, settings, guard, &mut ()).await;
    snapshot.rollback().await?;
    report
}

/// How many leaves are signed, according to the signing guard; none without a guard.
///
/// # Errors
/// When guard or keys cannot be read.
pub fn signed(settings: &config::Evidence) -> anyhow::Result<Option<u64>> {
    let trusted = Keys::load(settings)?.trusted(None);
    Ok(Guard::read(&settings.guard_file, &trusted)?.map(|last| last.size))
}

/// Checks the closed log that the connection sees, against the keys of this ring, which it names itself.
pub(in crate::evidence) async fn closed(
    connection: &impl Connection,
    ring: Option<&Keyring>,
) -> anyhow::Result<Report> {
    let ring = ring.context("the closed log names no key")?;
    let mut reading = Reading::new(ring.current().clone());
    reading.closed = true;
    reading.report(connection, Ok(None), &mut ()).await
}

/// Checks what the connection sees, with somebody who reads along.
pub(crate) async fn against(
    connection: &impl Connection,
    settings: &config::Evidence,
    guard: Option<Vec<u8>>,
    along: &mut impl ReadsAlong,
) -> anyhow::Result<Report> {
    // If the stored keys do not fit together, the walk finds the place.
    let ring = keys::ring(connection).await.ok().flatten();
    let keys = Keys::load(settings)?;
    let trusted = keys.trusted(ring.as_ref());
    let own = keys.own(ring.as_ref()).with_context(|| {
        format!(
            "the signing key {} is missing; it is needed to check the signatures",
            settings.key_file.display()
        )
    })?;
    let guard = guard.map(|bytes| Guard::parse(&settings.guard_file, bytes, &trusted));
    check(connection, own.key.vkey(), guard.transpose(), along).await
}
