//! Bringing a copy of the database back.
//!
//! The copy itself is never opened, only a second one beside its destination. What was erased since is erased from it
//! before it takes that place.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::take::{beside, create_empty, forget, sync_folder};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config;
use crate::db::{self, Db, sqlite_url};
use crate::erasure::{self, Journal};
use crate::evidence::{self, Finding, Report, verify};
use crate::reconcile::{self, Tables};

/// What a copy is worth, and what prevents restoring it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// What the log in the copy is like.
    pub report: Report,
    /// How the tables in the copy agree with its log, if the log is sound.
    pub tables: Option<Tables>,
    /// How many leaves the log's key has signed, as the signing guard says; none without a guard.
    pub signed: Option<u64>,
    /// Where it would go.
    pub target: PathBuf,
    /// Whether there is a database already; it would be kept under another name.
    pub target_exists: bool,
    pub unfit: Option<Unfit>,
}

/// Why a copy cannot be restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is not a database of this program.
    NotOurs,
    /// A newer version of the program wrote it.
    Newer,
    /// Its log is not sound.
    Unsound,
    /// A program has the present database open.
    InUse,
}

/// What the log and the tables in a copy are like, and what prevents restoring it.
type Looked = (Report, Option<Tables>, Option<Unfit>);

/// A copy that is in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The database that was there before.
    pub kept: Option<PathBuf>,
    /// Fields that had been erased since, and were erased again.
    pub erased: u64,
}

/// Looks at a copy, and changes nothing.
///
/// # Errors
/// When it cannot be read, or there is no room for a second copy beside the database.
pub async fn examine(file: &Path, target: &Path, settings: &config::Evidence) -> anyhow::Result<Examined> {
    let second = beside(target, "restoring");
    let examined = async {
        let (report, tables, unfit) = open_second(file, &second, settings).await?;
        let target_exists = target.exists();
        let in_use = target_exists && !db::is_unused(target).await?;
        Ok(Examined {
            signed: verify::signed(settings)?,
            report,
            tables,
            target: target.to_owned(),
            target_exists,
            unfit: unfit.or(in_use.then_some(Unfit::InUse)),
        })
    };
    let examined = examined.await;
    forget(&second);
    examined
}

/// Copies the copy and checks that. A log that is only shorter than what was signed can be restored.
async fn open_second(file: &Path, second: &Path, settings: &config::Evidence) -> anyhow::Result<Looked> {
    create_empty(second).with_context(|| format!("the file {} cannot be created", second.display()))?;
    std::fs::copy(file, second).with_context(|| format!("the copy {} cannot be read", file.display()))?;
    let report = Report::default();
    let Ok(db) = Db::open(&sqlite_url(second)).await else {
        return Ok((report, None, Some(Unfit::NotOurs)));
    };
    let looked = look(&db, settings).await;
    db.close().await?;
    looked
}

async fn look(db: &Db, settings: &config::Evidence) -> anyhow::Result<Looked> {
    let unfit = |unfit| Ok((Report::default(), None, Some(unfit)));
    let Ok(condition) = db.condition().await else {
        return unfit(Unfit::NotOurs);
    };
    if !condition.unknown.is_empty() {
        return unfit(Unfit::Newer);
    }
    if condition.fresh {
        return unfit(Unfit::NotOurs);
    }
    db.migrate().await?;
    let (report, tables) = reconcile::live(db, settings).await?;
    let unsound = match &report.finding {
        None | Some(Finding::GuardMissing) => false,
        Some(Finding::Guard { signed }) => *signed <= report.leaves,
        Some(_) => true,
    };
    Ok((report, tables, unsound.then_some(Unfit::Unsound)))
}

/// Puts a copy that was examined in the database's place. If this is cut off, the database or nothing is in that place,
/// and repeating it is harmless.
///
/// # Errors
/// When a file cannot be written or moved, or the journal of erasures is damaged.
pub async fn restore(
    file: &Path,
    examined: &Examined,
    settings: &config::Evidence,
    now: (Millis, &Chance),
) -> anyhow::Result<Restored> {
    ensure!(examined.unfit.is_none(), "this copy cannot be brought back");
    let target = &examined.target;
    let second = beside(target, "restoring");
    let (_, _, unfit) = open_second(file, &second, settings).await?;
    ensure!(unfit.is_none(), "the copy has changed while it was looked at");
    let erased = erase_again(target, &second, settings, now).await?;
    std::fs::File::open(&second)?.sync_all()?;
    let kept = move_away(target)?;
    std::fs::rename(&second, target).with_context(|| format!("moving the copy to {}", target.display()))?;
    sync_folder(target)?;
    Ok(Restored { kept, erased })
}

/// Erases from the copy what the journal and the present database say was erased. Returns how many fields that were.
async fn erase_again(
    present: &Path,
    copy: &Path,
    settings: &config::Evidence,
    now: (Millis, &Chance),
) -> anyhow::Result<u64> {
    let mut erased = Vec::new();
    if present.exists() {
        // If the database is too damaged to be read, that is why a copy is being restored.
        match erased_in(present).await {
            Ok(told) => erased = told,
            Err(error) => {
                tracing::warn!("what was erased since the copy cannot be read from the present database: {error:#}");
            }
        }
    }
    let copy = Db::open(&sqlite_url(copy)).await?;
    let forgotten = erasure::forget_again(&copy, &Journal::beside(settings), &erased, now).await;
    copy.close().await?;
    forgotten
}

async fn erased_in(present: &Path) -> anyhow::Result<Vec<evidence::Erased>> {
    let present = Db::open(&sqlite_url(present)).await?;
    let erased = evidence::erased_records(present.reader()).await;
    present.close().await?;
    erased
}

/// Moves the database away together with what SQLite keeps beside it. Those files go first: a write-ahead log that is
/// left there would be written into whatever takes the database's place.
fn move_away(target: &Path) -> anyhow::Result<Option<PathBuf>> {
    let kept = free_name(target);
    for ending in ["-wal", "-shm", "-journal", ""] {
        let [from, to] = [target, kept.as_path()].map(|path| {
            let mut name = path.file_name().unwrap_or_default().to_owned();
            name.push(ending);
            path.with_file_name(name)
        });
        match std::fs::rename(&from, &to) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            moved => moved.with_context(|| format!("moving {} away", from.display()))?,
        }
    }
    Ok(kept.exists().then_some(kept))
}

fn free_name(target: &Path) -> PathBuf {
    let mut number = 1_u32;
    loop {
        let ending = format!("before-restore-{number}");
        let path = beside(target, &ending);
        // A write-ahead log alone may have that name, and must not end up beside another database.
        if !path.exists() && !beside(target, &(ending + "-wal")).exists() {
            return path;
        }
        number += 1;
    }
}
