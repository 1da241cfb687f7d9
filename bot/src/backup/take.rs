//! Taking a copy of the database while it is in use.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::config;
use crate::db::{Db, sqlite_url};
use crate::evidence::{Report, verify};

/// The outcome of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backup {
    /// The file is there, and the log in it was checked from end to end.
    Taken(Report),
    /// The log in the copy is not sound; there is no file.
    Unsound(Report),
    /// Something is in that place already; it is left alone.
    Exists,
    /// Only SQLite's database is one file.
    NotSqlite,
}

/// Writes a copy of the database, as it is at one instant, into a new file that only its owner can read. Other programs
/// may write meanwhile. When this returns, the copy is on the disk; if it is cut off, at most a file with the ending
/// `.part` is left.
///
/// # Errors
/// When the database cannot be read, or the file cannot be written.
pub async fn take(db: &Db, settings: &config::Evidence, file: &Path) -> anyhow::Result<Backup> {
    if !db.is_sqlite() {
        return Ok(Backup::NotSqlite);
    }
    if file.exists() {
        return Ok(Backup::Exists);
    }
    // Before the copy is taken, so that the copy is at least as new.
    let guard = verify::guard(settings)?;
    let part = beside(file, "part");
    create_empty(&part).with_context(|| {
        format!(
            "the file {} cannot be created; its folder must exist and be writable",
            part.display()
        )
    })?;
    let report = match copy(db, settings, &part, guard).await {
        Ok(report) => report,
        Err(error) => {
            forget(&part);
            return Err(error);
        }
    };
    if report.finding.is_some() {
        forget(&part);
        return Ok(Backup::Unsound(report));
    }
    File::open(&part)?.sync_all().context("bringing the copy to the disk")?;
    std::fs::hard_link(&part, file).with_context(|| format!("giving the copy its name, {}", file.display()))?;
    forget(&part);
    sync_folder(file)?;
    Ok(Backup::Taken(report))
}

/// Copies, and checks the copy.
async fn copy(db: &Db, settings: &config::Evidence, part: &Path, guard: Option<Vec<u8>>) -> anyhow::Result<Report> {
    db.copy_to(part).await.context("copying the database")?;
    let copy = Db::open(&sqlite_url(part)).await.context("opening the copy")?;
    let report = verify::with_guard(&copy, settings, guard).await;
    copy.close().await.context("closing the copy")?;
    report.context("checking the copy")
}

/// An empty file for its owner alone; what a killed process has left there is removed.
pub(super) fn create_empty(path: &Path) -> std::io::Result<()> {
    forget(path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// A name beside a file.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    file.with_file_name(name)
}

/// Deletes an unfinished copy, with what SQLite keeps beside it.
pub(super) fn forget(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(ending);
        drop(std::fs::remove_file(path.with_file_name(name)));
    }
}

/// Makes sure that the names in the file's folder are on the disk.
pub(super) fn sync_folder(file: &Path) -> anyhow::Result<()> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Ok(File::open(folder)?.sync_all()?)
}
