//! Stopping all signing for a reason that the database cannot show: somebody outside knows more of the log than it
//! holds.
//!
//! The reason is in a file beside the signing guard. Before each signature the program looks for it, so no restart and
//! no other process beside that guard continues to sign. Only an operator removes the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use parking_lot::Mutex;

use super::file;
use super::guard::GuardError;
use super::keys;
use crate::config;

/// Maximum size in bytes of a reason that are shown.
const LONGEST: usize = 2_000;

/// A handle that stops the log's signing. Cheap to clone; all clones stop the same log.
#[derive(Clone, Debug)]
pub struct Halt {
    path: PathBuf,
    stop: Arc<Mutex<Option<Stop>>>,
}

#[derive(Clone, Debug)]
struct Stop {
    reason: String,
    /// Whether the file says so, too, so that removing it ends the stop.
    written: bool,
}

impl Halt {
    /// For the log with this signing guard.
    pub(super) fn beside(guard: &Path) -> Self {
        let mut name = guard.file_name().unwrap_or_default().to_owned();
        name.push(".stopped");
        Self {
            path: guard.with_file_name(name),
            stop: Arc::default(),
        }
    }

    /// For the log of this configuration.
    pub fn of(settings: &config::Evidence) -> Self {
        Self::beside(&settings.guard_file)
    }

    /// Why signing is stopped, in this process or by the file; none if it is not.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn reason(&self) -> anyhow::Result<Option<String>> {
        if let Some(reason) = self.own() {
            return Ok(Some(reason));
        }
        match std::fs::read(&self.path) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
                Ok(Some(text.trim_end().to_owned()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("the file {} cannot be read", self.path.display())),
        }
    }

    /// Stops all signing, now and after every restart. The first reason stays.
    ///
    /// # Errors
    /// When the file cannot be written; this process signs nothing more all the same.
    pub fn stop(&self, reason: &str) -> anyhow::Result<()> {
        let mut stop = self.stop.lock();
        let told = stop.get_or_insert_with(|| Stop {
            reason: reason.to_owned(),
            written: false,
        });
        match file::create(&self.path, format!("{reason}\n").as_bytes()) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error).with_context(|| {
                format!(
                    "the file {} cannot be written: a restart would sign on",
                    self.path.display()
                )
            }),
            Ok(()) | Err(_) => {
                told.written = true;
                Ok(())
            }
        }
    }

    /// Ends the stop, in this process and in all others.
    ///
    /// # Errors
    /// When the file cannot be deleted.
    pub(crate) fn lift(&self) -> anyhow::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("the file {} cannot be deleted", self.path.display()))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Keeps the file under a longer name, where it no longer stops anything. Returns that name, if there was a file.
    ///
    /// # Errors
    /// When the file cannot be renamed.
    pub(super) fn set_aside(&self, ending: &str) -> anyhow::Result<Option<PathBuf>> {
        let kept = keys::beside(&self.path, ending);
        match std::fs::rename(&self.path, &kept) {
            Ok(()) => Ok(Some(kept)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("the file {} cannot be renamed", self.path.display())),
        }
    }

    /// The reason in this process. Somebody who removed the file has ended the stop.
    fn own(&self) -> Option<String> {
        let mut stop = self.stop.lock();
        if stop.as_ref().is_some_and(|stop| stop.written && !self.path.exists()) {
            *stop = None;
        }
        stop.as_ref().map(|stop| stop.reason.clone())
    }

    /// Whether this process, or another one beside the same guard, was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.own().is_some() || self.path.exists()
    }

    /// # Errors
    /// When signing was stopped in any process.
    pub fn refuse_from_file(&self) -> anyhow::Result<()> {
        let Some(reason) = self.reason()? else {
            return Ok(());
        };
        let path = self.path.clone();
        Err(GuardError::Stopped { path, reason }.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_outlives_the_process_until_the_file_is_taken_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let guard = folder.path().join("log.guard");
        let halt = halt_of(&guard);
        let beside = halt_of(&guard);
        assert!(halt.refuse_from_file().is_ok() && !halt.is_stopped());
        halt.clone().stop("A witness knows more.").expect("it is written");
        halt.stop("Another reason.").expect("the first stays");
        assert!(halt.refuse_from_file().is_err());
        assert!(
            beside.refuse_from_file().is_err() && beside.is_stopped(),
            "it stops who runs beside"
        );
        let later = halt_of(&guard);
        let told = later.refuse_from_file().expect_err("the file is there").to_string();
        assert!(
            told.contains("A witness knows more.") && told.contains("log.guard.stopped"),
            "{told}"
        );
        std::fs::remove_file(folder.path().join("log.guard.stopped")).expect("an operator takes it away");
        assert!(
            later.refuse_from_file().is_ok() && beside.refuse_from_file().is_ok() && halt.refuse_from_file().is_ok()
        );
    }

    #[test]
    fn what_stopped_a_closed_log_is_kept_and_stops_nothing_more() {
        let folder = tempfile::tempdir().expect("a folder");
        let halt = halt_of(&folder.path().join("log.guard"));
        assert_eq!(halt.set_aside("closed-1").expect("nothing is there"), None);
        halt.stop("A witness knows more.").expect("it is written");
        let kept = halt.set_aside("closed-1").expect("it is renamed").expect("a file");
        assert!(kept.ends_with("log.guard.stopped.closed-1") && kept.exists());
        assert!(halt.refuse_from_file().is_ok());
    }

    /// As another process has it.
    fn halt_of(guard: &Path) -> Halt {
        Halt::beside(guard)
    }
}
