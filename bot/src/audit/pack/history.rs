//! What was published: the exact bytes, what came back from outside, and that each continues the one before.

use anyhow::Context;
use serde_json::json;

use super::outside::{Outside, Spoilt};
use super::reading::Export;
use super::store::{self, AnchorRow};
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::Keyring;
use crate::evidence::checkpoint::Checkpoint;
use crate::evidence::consistency::Consistency;
use crate::evidence::pack_path::{PackPath, Part, is_authority};

/// Before the name of a time-stamping authority.
const AUTHORITY: &str = "tsa:";

impl<C: Connection> Export<'_, C> {
    /// Everything published up to the head, and the checkpoints that hand over from one key to the next.
    pub(super) async fn history(&mut self, ring: &Keyring) -> anyhow::Result<()> {
        let size = self.head.checkpoint.size;
        let handovers: Vec<u64> = ring.handovers().filter(|handover| *handover <= size).collect();
        let mut handovers = store::checkpoints(self.connection, &handovers).await?;
        let mut outside = Outside::read(self.connection, size).await?;
        let mut after = 0;
        loop {
            let page = store::publications(self.connection, after, size).await?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            for (published, note) in page {
                while let Some(entry) = handovers.first_entry().filter(|entry| *entry.key() <= published) {
                    let (handover, note) = entry.remove_entry();
                    if handover < published {
                        self.published(ring, &outside, handover, note).await?;
                    }
                }
                outside.note(published);
                self.published(ring, &outside, published, note).await?;
            }
        }
        for (handover, note) in handovers {
            self.published(ring, &outside, handover, note).await?;
        }
        outside.complete()?;
        let (note, head) = (self.head.note.clone(), self.head.checkpoint.clone());
        self.link(head, &note).await
    }

    async fn published(&mut self, ring: &Keyring, outside: &Outside, size: u64, note: String) -> anyhow::Result<()> {
        let spoilt = |reason: String| Spoilt { size, reason };
        let checkpoint = ring.open(&note).map_err(|error| spoilt(error.to_string()))?;
        if checkpoint.size != size {
            return Err(spoilt(format!("covers {} leaves", checkpoint.size)).into());
        }
        self.link(checkpoint, &note).await?;
        self.summary.history += 1;
        self.file(PackPath::History(size, Part::Note), note.into_bytes())
            .await?;
        let anchors = store::anchors(self.connection, size).await?;
        if anchors.is_empty() {
            return Ok(());
        }
        let mut lines = String::new();
        let mut replies: Vec<(PackPath, Vec<u8>)> = Vec::new();
        for mut anchor in anchors {
            outside.copy(&anchor)?;
            let path = reply(&anchor, replies.is_empty())?;
            lines.push_str(&line(&anchor, path.as_ref()));
            replies.extend(path.zip(anchor.token.take()));
        }
        self.file(PackPath::History(size, Part::Anchors), lines.into_bytes())
            .await?;
        for (path, token) in replies {
            self.summary.replies += 1;
            self.file(path, token).await?;
        }
        Ok(())
    }

    /// The proof that the checkpoint continues the one before it in the pack.
    async fn link(&mut self, checkpoint: Checkpoint, note: &str) -> anyhow::Result<()> {
        let size = checkpoint.size;
        let Some(before) = self
            .given
            .replace(checkpoint.clone())
            .filter(|before| before.size < size)
        else {
            return Ok(());
        };
        let old = before.size;
        let hashes = self.prover.consistency(self.connection, old, size).await;
        let proof = Consistency {
            old,
            hashes: hashes.with_context(|| format!("proving that {size} leaves continue {old}"))?,
            checkpoint: note.to_owned(),
        };
        if !proof.proves(&before, &checkpoint) {
            let reason = format!("does not continue the one of {old} leaves");
            return Err(Spoilt { size, reason }.into());
        }
        self.file(PackPath::Consistency(old, size), proof.text().into_bytes())
            .await
    }
}

/// Where a reply of a time-stamping authority goes; only the first one over a checkpoint goes without a name.
fn reply(anchor: &AnchorRow, is_first: bool) -> anyhow::Result<Option<PackPath>> {
    let (Some(name), Some(_)) = (anchor.target.strip_prefix(AUTHORITY), &anchor.token) else {
        return Ok(None);
    };
    anyhow::ensure!(is_authority(name), "{name:?} cannot name a time-stamping authority");
    let part = Part::Reply((!is_first).then(|| name.to_owned()));
    Ok(Some(PackPath::History(anchor.size as u64, part)))
}

/// Where one copy went, and the file of the reply where there is one.
fn line(anchor: &AnchorRow, reply: Option<&PackPath>) -> String {
    let at = anchor.settled_at.map(|at| Millis(at).rfc3339());
    let object = json!({
        "target": anchor.target,
        "state": anchor.state,
        "at": at,
        "reference": anchor.reference,
        "file": reply.map(ToString::to_string),
    });
    format!("{object}\n")
}
