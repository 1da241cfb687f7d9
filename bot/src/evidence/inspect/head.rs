//! The head of the log: what it says, whose it is, and what the auditor asks of it.

use anyhow::anyhow;

use super::leaves::Log;
use super::listing::Listing;
use super::times::grown_since;
use super::{Inspection, Step, Unchecked, broken};
use crate::evidence::checkpoint::{Checkpoint, CheckpointError};
use crate::evidence::note::{self, NoteError};
use crate::evidence::pack_path::{PackPath, Part};
use crate::evidence::policy::{Policy, Refusal};
use crate::evidence::tree::root_of;

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
                // Which key signs may have changed since the policy was written.
                Ok(_) | Err(Refusal::NoLog) => {}
                Err(refusal) => return broken(&file, &refusal),
            }
        }
        Ok(Head { note, checkpoint })
    }

    /// Size of the checkpoint that was kept from before. That it is one is for the auditor to see to, not for the pack.
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

    /// Whether the head is signed by the log's keys, these are the ones that the policy trusts, enough witnesses have
    /// cosigned, and it continues what was kept from before.
    pub(super) fn trust(&mut self, head: &Head, listing: &Listing, log: &Log) -> Step<()> {
        let file = PackPath::Checkpoint;
        if let Err(error) = log.ring.open(&head.note) {
            return broken(&file, &error);
        }
        if let Some(policy) = &self.terms.policy {
            trusted(policy, listing, log)?;
            self.quorum(policy, head, log)?;
        } else {
            let vkey = log.ring.first().to_string();
            self.verdict.unchecked.push(Unchecked::NoPolicy { vkey });
        }
        self.prior(head, log)
    }

    fn quorum(&mut self, policy: &Policy, head: &Head, log: &Log) -> Step<()> {
        let quorum = match policy.quorum_met(&head.note) {
            Ok(quorum) => quorum,
            Err(refusal) => return broken(&PackPath::Checkpoint, &refusal),
        };
        let names: Vec<&str> = quorum.cosigned.iter().map(|(name, _)| name.as_str()).collect();
        if !quorum.met {
            let by = if names.is_empty() {
                "nobody".to_owned()
            } else {
                names.join(", ")
            };
            let reason = format!("is cosigned by {by}, which is not the quorum that the policy asks for");
            return broken(&PackPath::Checkpoint, &reason);
        }
        self.cosigned_in_time(&PackPath::Checkpoint, &quorum.cosigned, (log.size, log.at))?;
        self.verdict.cosigned = quorum.cosigned;
        Ok(())
    }

    fn prior(&self, head: &Head, log: &Log) -> Step<()> {
        let Some(prior) = &self.terms.prior else {
            return Ok(());
        };
        let file = PackPath::Checkpoint;
        let kept = match log.ring.open(prior) {
            Ok(kept) => kept,
            Err(CheckpointError::Note(NoteError::NotSigned)) => {
                return broken(
                    &file,
                    &"is not signed with a key of the checkpoint that was kept from before",
                );
            }
            Err(error @ CheckpointError::Note(_)) => {
                return Err(anyhow!("the checkpoint that was kept from before {error}").into());
            }
            Err(error) => {
                return broken(
                    &file,
                    &format!("cannot be compared with the one kept from before, which {error}"),
                );
            }
        };
        let (size, before) = (head.checkpoint.size, kept.size);
        if before > size {
            let reason =
                format!("covers {size} leaves, but the one kept from before covers {before}: leaves were cut off");
            return broken(&file, &reason);
        }
        let known = match before {
            0 => Some(root_of(&[])),
            _ => log.states.get(&before).map(|(root, _)| *root),
        };
        if known != Some(kept.root) {
            let reason = format!(
                "does not continue the one kept from before: its first {before} leaves are others. The log was rewritten"
            );
            return broken(&file, &reason);
        }
        // Whose cosignature it bears besides is no fault of the pack.
        match self.terms.policy.as_ref().map(|policy| policy.quorum_met(prior)) {
            Some(Ok(quorum)) => grown_since(&file, &quorum.cosigned, before, log),
            Some(Err(_)) | None => Ok(()),
        }
    }
}

/// Whether the policy trusts a key of this log, and that key has handed over to those after it.
fn trusted(policy: &Policy, listing: &Listing, log: &Log) -> Step<()> {
    let pinned = policy.logs().iter().map(|log| &log.vkey);
    let known = log.ring.vkeys().enumerate();
    let newest = known
        .filter(|(_, vkey)| pinned.clone().any(|pinned| pinned == *vkey))
        .last();
    let Some((place, _)) = newest else {
        let (origin, current) = (log.ring.origin(), log.ring.current());
        let reason = format!("is signed for the log {origin} with {current}, which the policy does not trust");
        return broken(&PackPath::Checkpoint, &reason);
    };
    for handover in log.ring.handovers().skip(place) {
        if listing.history.binary_search(&handover).is_err() {
            let reason = "is missing: it is where a key that the policy trusts hands over to the next one";
            return broken(&PackPath::History(handover, Part::Note), &reason);
        }
    }
    Ok(())
}
