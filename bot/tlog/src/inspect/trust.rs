//! Whose the head is, and whether it continues what was kept from before.

use anyhow::anyhow;

use super::head::Head;
use super::inspection::Inspection;
use super::leaves::Log;
use super::listing::Listing;
use super::stop::{Step, broken};
use super::times::grown_since;
use super::verdict::Unchecked;
use crate::checkpoint::CheckpointError;
use crate::note::NoteError;
use crate::pack_path::{PackPath, Part};
use crate::policy::Policy;
use crate::tree::root_of;

impl Inspection<'_> {
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
        // Other cosignatures on it are not a fault of the pack.
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
