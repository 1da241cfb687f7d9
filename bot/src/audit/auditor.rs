//! The log checks itself: after a set number of days everything is read and hashed again, while the program runs.
//!
//! If the log is sound, a leaf says so. If it is not, nothing more is signed until an operator has looked at it.

use anyhow::Context;

use crate::clock::Millis;
use crate::config;
use crate::core::Core;
use crate::db::Connection;
use crate::evidence::{Finding, Halt, Kind, Leaf, Report, disclosed, fields, store};

/// How the reason of a stop begins.
const AUDITED: &str = "The whole log was checked and does not hold";

/// What checking needs.
#[derive(Clone, Debug)]
pub struct Auditor {
    pub core: Core,
    pub halt: Halt,
}

impl Auditor {
    /// Stops all signing, until `evidence verify` finds the log sound.
    ///
    /// # Errors
    /// When that cannot be written down for the next start.
    pub fn stop(&self, finding: &Finding, now: Millis) -> anyhow::Result<()> {
        self.halt
            .stop(&format!("{AUDITED} (found at {}): {finding}.", now.rfc3339()))
    }
}

/// Ends a stop that an audit caused, after the whole log was found sound. A stop for another reason stays. Returns
/// whether there was one.
///
/// # Errors
/// When the file that says so cannot be deleted.
pub fn sign_again(settings: &config::Evidence) -> anyhow::Result<bool> {
    let halt = Halt::of(settings);
    match halt.reason()? {
        Some(reason) if stopped_by_audit(&reason) => halt.lift().map(|()| true),
        _ => Ok(false),
    }
}

/// Whether the reason of a stop is that an audit found something.
pub fn stopped_by_audit(reason: &str) -> bool {
    reason.starts_with(AUDITED)
}

/// The last audit that found the log sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastSound {
    pub at: Millis,
    /// How many leaves were checked; none if that is not kept.
    pub leaves: Option<u64>,
}

/// The last audit that found the log sound; none before the first.
///
/// # Errors
/// When the log cannot be read.
pub async fn last_sound(connection: &impl Connection) -> anyhow::Result<Option<LastSound>> {
    let Some((at, fields)) = newest_of(connection, Kind::LogAudited).await? else {
        return Ok(None);
    };
    let leaves = fields.iter().find(|(name, _)| name == "leaves");
    let leaves = leaves.and_then(|(_, leaves)| leaves.parse().ok());
    Ok(Some(LastSound { at, leaves }))
}

/// When the newest leaf of a kind was recorded, and the names and values that are kept of it; none without one.
pub(crate) async fn newest_of(
    connection: &impl Connection,
    kind: Kind,
) -> anyhow::Result<Option<(Millis, Vec<(String, String)>)>> {
    let Some(row) = store::last_of_kind(connection, kind.name()).await? else {
        return Ok(None);
    };
    let Some(at) = Leaf::parse(&row.leaf).and_then(|leaf| leaf.recorded_at()) else {
        return Ok(None);
    };
    let fields = store::disclosures_of(connection, &row.rec).await?;
    let fields = fields.iter().filter_map(|text| disclosed(text));
    Ok(Some((at, fields.collect())))
}

/// The outcome of an audit, with what else was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audit<T> {
    /// The last one is recent enough, or there is nothing to check yet.
    NotYet { next: Millis },
    /// All of it holds.
    Sound { report: Report, beside: T, next: Millis },
    /// Something is wrong. The caller tells an owner, and then [stops](Auditor::stop) the signing.
    Broken(Finding),
    /// Signing is stopped already.
    Stopped,
}

/// Checks the whole log, if that is due at `now`. Repeating is harmless. `check` reads it, so that something else can be
/// found in the same reading.
///
/// # Errors
/// When the log could not be read, or the outcome could not be written down. Then nothing is known, and the check is
/// still due.
pub async fn audit<T, F>(auditor: &Auditor, now: Millis, check: impl Fn(Core) -> F) -> anyhow::Result<Audit<T>>
where
    T: Send + 'static,
    F: Future<Output = anyhow::Result<(Report, T)>> + Send + 'static,
{
    let settings = &auditor.core.config.evidence;
    if auditor.halt.is_stopped() {
        return Ok(Audit::Stopped);
    }
    let every = settings.audit_every;
    let next = match last_audit(auditor.core.db.reader()).await? {
        None => now + every,
        Some(at) => at + every,
    };
    if now < next {
        return Ok(Audit::NotYet { next });
    }
    // In a task of its own, so that hashing delays nobody.
    let read = || tokio::spawn(check(auditor.core.clone()));
    let (mut report, mut beside) = read().await??;
    if report.finding.is_some() {
        // It must be found again: key and guard are files, and may have changed during the first reading.
        (report, beside) = read().await??;
    }
    if let Some(finding) = report.finding {
        tracing::error!("the evidence log does not hold, and nothing more is signed: {finding}");
        return Ok(Audit::Broken(finding));
    }
    note(auditor, &report)
        .await
        .context("writing down that the log was checked")?;
    Ok(Audit::Sound {
        next: now + every,
        report,
        beside,
    })
}

/// When the log was last checked, or else when it began; none before its first leaf.
pub async fn last_audit(connection: &impl Connection) -> anyhow::Result<Option<Millis>> {
    for kind in [Kind::LogAudited, Kind::LogGenesis] {
        let row = store::last_of_kind(connection, kind.name()).await?;
        if let Some(at) = row.and_then(|row| Leaf::parse(&row.leaf)?.recorded_at()) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

async fn note(auditor: &Auditor, report: &Report) -> anyhow::Result<()> {
    let said = fields::LogAudited {
        leaves: report.leaves.to_string(),
        root: hex::encode(report.root),
        kept: report.disclosed.to_string(),
        erased: report.erased.to_string(),
    };
    auditor.core.note(said).await
}

#[cfg(test)]
mod tests;
