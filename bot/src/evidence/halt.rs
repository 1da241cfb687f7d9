//! Stopping all signing for a reason that the database cannot show: somebody outside knows more of the log than it
//! holds.
//!
//! The reason stands in a file beside the signing guard, so that no restart and no other process beside that guard
//! signs on. Only an operator takes the file away.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;

use super::file;
use super::guard::GuardError;
use crate::config;

/// Most bytes of a reason that are shown.
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
    /// Whether the file says so, too, so that its going takes the stop back.
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

    /// Why signing is stopped, in this process or by the file; none when it is not.
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
        let mut stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
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

    /// Takes the stop back, in this process and in all others.
    ///
    /// # Errors
    /// When the file cannot be deleted.
    pub(super) fn lift(&self) -> anyhow::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("the file {} cannot be deleted", self.path.display()))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The reason in this process. Who has taken the file away has taken the stop back.
    fn own(&self) -> Option<String> {
        let mut stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        if stop.as_ref().is_some_and(|stop| stop.written && !self.path.exists()) {
            *stop = None;
        }
        stop.as_ref().map(|stop| stop.reason.clone())
    }

    /// Whether this process has been told to stop.
    pub fn is_stopped(&self) -> bool {
        self.own().is_some()
    }

    /// # Errors
    /// When signing was stopped in this process.
    pub(super) fn refuse(&self) -> Result<(), GuardError> {
        self.own().map_or(Ok(()), |reason| Err(self.error(&reason)))
    }

    /// Looks at the file, too: for starts, and now and then.
    ///
    /// # Errors
    /// When signing was stopped in any process.
    pub fn refuse_from_file(&self) -> anyhow::Result<()> {
        match self.reason()? {
            Some(reason) => Err(self.error(&reason).into()),
            None => Ok(()),
        }
    }

    fn error(&self, reason: &str) -> GuardError {
        GuardError::Stopped {
            path: self.path.clone(),
            reason: reason.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_outlives_the_process_until_the_file_is_taken_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let guard = folder.path().join("log.guard");
        let halt = Halt::beside(&guard);
        assert!(halt.refuse_from_file().is_ok() && !halt.is_stopped());
        halt.clone().stop("A witness knows more.").expect("it is written");
        halt.stop("Another reason.").expect("the first stays");
        assert!(halt.refuse().is_err());
        let later = Halt::beside(&guard);
        assert!(later.refuse().is_ok(), "another process looks when it starts");
        let told = later.refuse_from_file().expect_err("the file is there").to_string();
        assert!(
            told.contains("A witness knows more.") && told.contains("log.guard.stopped"),
            "{told}"
        );
        std::fs::remove_file(folder.path().join("log.guard.stopped")).expect("an operator takes it away");
        assert!(later.refuse_from_file().is_ok());
    }
}
