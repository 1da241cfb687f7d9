//! A small file system of its own, in memory, where the machine lets one be mounted.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;

/// Room for a database, its write-ahead log, and a copy while the database is written anew.
const SIZE: &str = "size=64m";

pub struct Disk {
    folder: TempDir,
}

impl Disk {
    /// None where nothing may be mounted; says so.
    pub fn mount() -> anyhow::Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let mut mount = Command::new("mount");
        let mounted = mount
            .args(["-t", "tmpfs", "-o", SIZE, "tmpfs"])
            .arg(folder.path())
            .output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Ok(Some(Self { folder }));
        }
        left_out();
        Ok(None)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Leaves no block free. The write-ahead log is emptied before, so that there is no room in it either.
    pub async fn fill(&self, outside: &DatabaseConnection) -> anyhow::Result<()> {
        outside
            .execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
            .await
            .context("emptying the write-ahead log")?;
        let mut ballast = File::create(self.ballast())?;
        loop {
            match ballast.write_all(&[0; 4_096]) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Frees it again.
    pub fn free(&self) -> anyhow::Result<()> {
        Ok(std::fs::remove_file(self.ballast())?)
    }

    fn ballast(&self) -> std::path::PathBuf {
        self.path().join("ballast")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Also while the database is still open on it.
        drop(Command::new("umount").arg("-l").arg(self.path()).status());
    }
}

#[expect(clippy::print_stderr, reason = "a test that is left out must say so")]
fn left_out() {
    eprintln!("left out on a full disk: nothing may be mounted here");
}

/// The database as another program sees it.
pub async fn outside(url: &str) -> anyhow::Result<DatabaseConnection> {
    Ok(Database::connect(url).await?)
}
