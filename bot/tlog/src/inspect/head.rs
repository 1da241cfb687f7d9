//! The head of the log: what it says, and what can be seen in it alone.

use anyhow::anyhow;

use super::inspection::Inspection;
use super::stop::{Step, broken};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note;
use crate::pack_path::PackPath;
use crate::policy::Refusal;

/// The file `checkpoint`.
pub(super) struct Head {
    pub note: String,
    /// What it says; whether that is true is another question.
    pub checkpoint: Checkpoint,
}

impl Inspection<'_> {
    /// Reads the head, and looks at what can be seen in it alone.
    pub(super) fn head(&mut self) -> Step<Head> {
        let file = PackPath::Checkpoint;
        let note = self.folder.text(&file)?;
        let read = note::text(&note).map_err(CheckpointError::from);
        let checkpoint: Checkpoint = match read.and_then(str::parse) {
            Ok(checkpoint) => checkpoint,
            Err(error) => return broken(&file, &error),
        };
        self.verdict.origin.clone_from(&checkpoint.origin);
        if checkpoint.size == 0 {
            return broken(&file, &"covers no leaf");
        }
        if let Some(least) = self.terms.min_size.filter(|least| checkpoint.size < *least) {
            let size = checkpoint.size;
            return broken(
                &file,
                &format!("covers {size} leaves, fewer than the {least} that are known of"),
            );
        }
        if let Some(policy) = &self.terms.policy {
            match policy.open(&note) {
                // The signing key may have changed since the policy was written.
                Ok(_) | Err(Refusal::NoLog) => {}
                Err(refusal) => return broken(&file, &refusal),
            }
        }
        Ok(Head { note, checkpoint })
    }

    /// Size of the checkpoint that was kept from before. The auditor has to make sure that it is one, not the pack.
    pub(super) fn prior_size(&self) -> Step<Option<u64>> {
        let Some(prior) = &self.terms.prior else {
            return Ok(None);
        };
        let read = note::text(prior).map_err(CheckpointError::from);
        match read.and_then(str::parse::<Checkpoint>) {
            Ok(checkpoint) => Ok(Some(checkpoint.size)),
            Err(error) => Err(anyhow!("the checkpoint that was kept from before {error}").into()),
        }
    }
}
