//! What was published: the exact bytes, what came back from outside, and that each continues the one before.

use anyhow::Context;
use serde_json::json;

use super::export::Export;
use super::store::{self, AnchorRow};
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::consistency::Consistency;
use crate::evidence::keyring::Keyring;
use crate::evidence::pack_path::{PackPath, Part, is_authority};

/// Before the name of a time-stamping authority.
const AUTHORITY: &str = "tsa:";

impl<C: Connection> Export<'_, C> {
    /// Everything published up to the head, and the checkpoints that hand over from one key to the next.
    pub(super) async fn history(&mut self, ring: &Keyring) -> anyhow::Result<()> {
        let size = self.head.checkpoint.size;
        let handovers: Vec<u64> = ring.handovers().filter(|handover| *handover <= size).collect();
        let mut handovers = store::checkpoints(self.connection, &handovers).await?;
        let mut after = 0;
        loop {
            let page = store::publications(self.connection, after, size).await?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            for (published, note) in page {
                while let Some(entry) = handovers.first_entry().filter(|entry| *entry.key() <= published) {
                    let (handover, note) = entry.remove_entry();
                    if handover < published {
                        self.published(handover, note).await?;
                    }
                }
                self.published(published, note).await?;
            }
        }
        for (handover, note) in handovers {
            self.published(handover, note).await?;
        }
        let note = self.head.note.clone();
        self.link(size, &note).await
    }

    async fn published(&mut self, size: u64, note: String) -> anyhow::Result<()> {
        self.link(size, &note).await?;
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

    /// The proof that the checkpoint continues the one that was given before.
    async fn link(&mut self, size: u64, note: &str) -> anyhow::Result<()> {
        let Some(old) = self.given.replace(size).filter(|old| *old < size) else {
            return Ok(());
        };
        let hashes = self.prover.consistency(self.connection, old, size).await;
        let proof = Consistency {
            old,
            hashes: hashes.with_context(|| format!("proving that {size} leaves continue {old}"))?,
            checkpoint: note.to_owned(),
        };
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
