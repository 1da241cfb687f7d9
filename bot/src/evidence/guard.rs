//! The signing guard: the last signed checkpoint in a file outside the database.
//!
//! Nothing is signed that contradicts it. Without it, whoever can write to the database could edit the log, wait for
//! a restart, and have the rewrite signed.

use std::path::{Path, PathBuf};

use anyhow::Context;
use bellwether_tlog::checkpoint::{Checkpoint, CheckpointError};
use bellwether_tlog::note::{self, NoteError, Vkey};
use bellwether_tlog::proof::{Tiles, consistency, proves_consistency};
use bellwether_tlog::tree::Edge;

use super::file;
use super::store;
use crate::config;
use crate::db::Connection;

/// What to do if the guard file is missing beside a log that has leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GuardPolicy {
    /// Refuse to sign. For every ordinary start.
    #[default]
    Require,
    /// Take the log as it is in the database. For one start, by an operator who has verified it.
    Accept,
}

/// Why the log must not be signed. What was found, what it means, what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GuardError {
    #[error(
        "the database holds a log of {size} leaves, but the signing guard {path} is missing. Nobody can tell whether \
         the log was rewritten since its last signature. Restore the file from where it was; if it is lost for good, \
         run `bellwether evidence verify`, compare its root with a checkpoint kept elsewhere, and start once with \
         --accept-missing-guard"
    )]
    Missing { path: PathBuf, size: u64 },
    #[error(
        "the signing guard {path} {reason}. It must hold the last checkpoint signed with the log's key. Restore the \
         file, or the key that belongs to it. If it is lost for good, move it away: then it is as if it were missing, \
         and `bellwether evidence recover` says what to do"
    )]
    Damaged { path: PathBuf, reason: String },
    #[error(
        "the database holds a log of {size} leaves, but {signed} are signed already (signing guard {path}). The \
         database is older than that: a backup was restored, or another database is configured. Signing now would \
         contradict what was published. Bring back the database with all {signed} leaves, or run \
         `bellwether evidence recover`; do not delete the guard"
    )]
    Shrunk { path: PathBuf, size: u64, signed: u64 },
    #[error(
        "the log in the database does not continue the checkpoint of {signed} leaves in the signing guard {path}. \
         Leaves or tiles were changed after they were signed. Keep a copy of the database as evidence, run \
         `bellwether evidence verify` to find the place, and restore an unchanged database; do not delete the guard"
    )]
    Rewritten { path: PathBuf, signed: u64 },
    #[error(
        "the log in the database is damaged: {reason}. Run `bellwether evidence verify` to find the place, and restore an \
         unchanged database"
    )]
    Unsound { reason: String },
    #[error(
        "signing is stopped ({path}): {reason} Bring back a whole and unchanged database, or find out who is wrong. \
         Then run `bellwether evidence verify`, which takes back a stop by the check of the whole log; for another \
         reason delete that file. Start again after that"
    )]
    Stopped { path: PathBuf, reason: String },
}

/// How many leaves the signing guard says were signed; 0 if there is none.
///
/// # Errors
/// When the file cannot be read.
pub fn signed_leaves(settings: &config::Evidence) -> anyhow::Result<u64> {
    Ok(Guard::claimed(&settings.guard_file)?.map_or(0, |last| last.size))
}

/// The last signed checkpoint, in memory and in its file.
#[derive(Debug)]
pub(super) struct Guard {
    path: PathBuf,
    last: Checkpoint,
    /// A note that the file does not hold yet.
    unwritten: Option<String>,
}

impl Guard {
    /// The checkpoint in the file; none if there is no file. One of the keys must have signed it: the file may be older
    /// than the last rotation, and the database older than the file.
    pub(super) fn read(path: &Path, trusted: &[Vkey]) -> anyhow::Result<Option<Checkpoint>> {
        Self::bytes(path)?
            .map(|bytes| Self::parse(path, bytes, trusted))
            .transpose()
    }

    /// The content of the file; none if there is no file.
    pub(super) fn bytes(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("the signing guard {} cannot be read", path.display())),
        }
    }

    /// The checkpoint in the file, whoever has signed it; none if there is no checkpoint.
    pub(super) fn claimed(path: &Path) -> anyhow::Result<Option<Checkpoint>> {
        let bytes = Self::bytes(path)?.unwrap_or_default();
        let text = std::str::from_utf8(&bytes).ok().and_then(|note| note::text(note).ok());
        Ok(text.and_then(|text| text.parse().ok()))
    }

    /// The checkpoint in the content of the file.
    pub(super) fn parse(path: &Path, bytes: Vec<u8>, trusted: &[Vkey]) -> anyhow::Result<Checkpoint> {
        let damaged = |reason: String| GuardError::Damaged {
            path: path.to_owned(),
            reason,
        };
        let note = String::from_utf8(bytes).map_err(|_| damaged("is no text".to_owned()))?;
        let mut refused = CheckpointError::Note(NoteError::NotSigned);
        for vkey in trusted {
            match Checkpoint::open(&note, vkey) {
                Ok(checkpoint) => return Ok(checkpoint),
                Err(error) => refused = error,
            }
        }
        Err(damaged(refused.to_string()).into())
    }

    /// Takes the file as it is, or creates it with `first`, the note of `checkpoint`.
    pub(super) async fn open(
        path: &Path,
        found: Option<Checkpoint>,
        first: (Checkpoint, String),
    ) -> anyhow::Result<Self> {
        let (last, unwritten) = match found {
            Some(last) => (last, None),
            None => (first.0, Some(first.1)),
        };
        let mut guard = Self {
            path: path.to_owned(),
            last,
            unwritten,
        };
        guard.flush().await?;
        Ok(guard)
    }

    /// Refuses a tree that does not continue the last signed one. Another process may have signed meanwhile, so
    /// the file is read again.
    pub(super) async fn prove(
        &mut self,
        connection: &impl Connection,
        edge: &Edge,
        trusted: &[Vkey],
    ) -> anyhow::Result<()> {
        match Self::read(&self.path, trusted)? {
            Some(written) if written.size > self.last.size => self.last = written,
            _ => {}
        }
        continues(connection, &self.path, &self.last, edge).await
    }

    /// Whether this is exactly the tree that was signed last.
    pub(super) fn knows(&self, edge: &Edge) -> bool {
        self.last.size == edge.size() && self.last.root == edge.root()
    }

    /// Remembers what has been signed and committed. [flush](Self::flush) writes it to the file.
    pub(super) fn signed(&mut self, checkpoint: Checkpoint, note: String) {
        self.last = checkpoint;
        self.unwritten = Some(note);
    }

    /// Writes the last signed checkpoint to the file, if it is not there yet.
    pub(super) async fn flush(&mut self) -> anyhow::Result<()> {
        let Some(note) = self.unwritten.clone() else {
            return Ok(());
        };
        let (path, last) = (self.path.clone(), self.last.clone());
        tokio::task::spawn_blocking(move || put(&path, &last, &note))
            .await?
            .with_context(|| {
                format!(
                    "the signing guard {} cannot be written; nothing more is signed until it can",
                    self.path.display()
                )
            })?;
        self.unwritten = None;
        Ok(())
    }
}

/// Writes the note of `last`, unless another process has written a later one of the same log in the meantime. Whether
/// that one is genuine is checked before anything more is signed.
fn put(path: &Path, last: &Checkpoint, note: &str) -> anyhow::Result<()> {
    file::alone(path, || {
        let newer = Guard::claimed(path)?.is_some_and(|there| there.origin == last.origin && there.size > last.size);
        if newer {
            return Ok(());
        }
        Ok(file::replace(path, note.as_bytes())?)
    })
}

/// Refuses a tree that does not continue the checkpoint `last` from the guard file.
pub(super) async fn continues(
    connection: &impl Connection,
    path: &Path,
    last: &Checkpoint,
    edge: &Edge,
) -> anyhow::Result<()> {
    let (signed, size) = (last.size, edge.size());
    let Some(spans) = consistency(signed, size) else {
        let path = path.to_owned();
        return Err(GuardError::Shrunk { path, size, signed }.into());
    };
    let full = store::tiles(connection, &Tiles::needed(&spans, size)).await?;
    let proof = Tiles { edge, full }.proof(&spans);
    let sound = proof.is_some_and(|proof| proves_consistency((signed, &last.root), (size, &edge.root()), &proof));
    if sound {
        return Ok(());
    }
    let path = path.to_owned();
    Err(GuardError::Rewritten { path, signed }.into())
}
