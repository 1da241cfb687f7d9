//! What was published: each checkpoint is the log's own, and each continues the one before.

use super::head::Head;
use super::inspection::Inspection;
use super::leaves::Log;
use super::listing::Listing;
use super::stop::{Step, broken};
use super::times::grown_since;
use crate::checkpoint::Checkpoint;
use crate::consistency::Consistency;
use crate::pack_path::{PackPath, Part};

impl Inspection<'_> {
    pub(super) fn history(&mut self, head: &Head, listing: &Listing, log: &Log) -> Step<()> {
        for size in &listing.history {
            let file = PackPath::History(*size, Part::Note);
            let note = self.folder.text(&file)?;
            let signed = match log.ring.open(&note) {
                Ok(signed) => signed,
                Err(error) => return broken(&file, &error),
            };
            if signed.size != *size {
                return broken(&file, &format!("covers {} leaves, not {size}", signed.size));
            }
            let Some((_, at)) = log.states.get(size).filter(|(root, _)| *root == signed.root) else {
                return broken(&file, &format!("has another root than the first {size} leaves"));
            };
            // Nobody asks who cosigned what was published, but no cosignature may be wrong.
            if let Some(policy) = &self.terms.policy {
                match policy.quorum_met(&note) {
                    Ok(quorum) => {
                        self.cosigned_in_time(&file, &quorum.cosigned, (*size, *at))?;
                        grown_since(&file, &quorum.cosigned, *size, log)?;
                    }
                    Err(refusal) => return broken(&file, &refusal),
                }
            }
            if signed.size == head.checkpoint.size && signed.root != head.checkpoint.root {
                return broken(&file, &"contradicts the head");
            }
            self.verdict.history += 1;
        }
        self.replies(listing, log)
    }

    /// The proofs from each published checkpoint to the next, and from the last one to the head.
    pub(super) fn consistency(&mut self, head: &Head, listing: &Listing, log: &Log) -> Step<()> {
        let mut sizes = listing.history.clone();
        if sizes.last().is_some_and(|last| *last < head.checkpoint.size) {
            sizes.push(head.checkpoint.size);
        }
        let pairs: Vec<(u64, u64)> = sizes.windows(2).map(|pair| (pair[0], pair[1])).collect();
        if let Some((old, new)) = listing
            .consistency
            .iter()
            .find(|pair| pairs.binary_search(pair).is_err())
        {
            if let Some(size) = [old, new].into_iter().find(|size| sizes.binary_search(size).is_err()) {
                return broken(&PackPath::History(*size, Part::Note), &"is missing");
            }
            let file = PackPath::Consistency(*old, *new);
            return broken(&file, &"does not lead from a published checkpoint to the next one");
        }
        for (old, new) in pairs {
            let file = PackPath::Consistency(old, new);
            let proof = match Consistency::parse(&self.folder.text(&file)?) {
                Ok(proof) => proof,
                Err(error) => return broken(&file, &error),
            };
            if proof.checkpoint != self.note_of(new, head)? {
                return broken(
                    &file,
                    &format!("does not end with the checkpoint of {new} leaves that is given"),
                );
            }
            if !proof.proves(&state(log, old), &state(log, new)) {
                return broken(&file, &format!("does not prove that {new} leaves continue {old}"));
            }
        }
        Ok(())
    }

    /// The checkpoint of that size that the pack gives.
    pub(super) fn note_of(&self, size: u64, head: &Head) -> Step<String> {
        let file = PackPath::History(size, Part::Note);
        if size == head.checkpoint.size && !self.folder.path(&file.to_string()).exists() {
            return Ok(head.note.clone());
        }
        self.folder.text(&file)
    }
}

/// What the leaves say of the log at that size.
pub(super) fn state(log: &Log, size: u64) -> Checkpoint {
    let known = log.states.get(&size).map(|(root, _)| *root);
    Checkpoint {
        origin: log.ring.origin().to_owned(),
        size,
        root: known.unwrap_or(log.root),
    }
}
