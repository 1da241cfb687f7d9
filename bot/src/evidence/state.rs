//! The end of the log as it is stored: what the next leaf is appended to.

use anyhow::Context;
use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::keyring::Keyring;
use bellwether_tlog::leaf::Leaf;
use bellwether_tlog::tree::Edge;

use super::guard::GuardError;
use super::keys;
use super::store;
use crate::clock::Millis;
use crate::db::Connection;

/// The log as it is stored.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub edge: Edge,
    /// When the last leaf was recorded.
    pub at: Millis,
    /// The note of the checkpoint over all leaves; empty if there is none.
    pub note: String,
    /// The log's keys; none if there are no leaves.
    pub ring: Option<Keyring>,
}

impl State {
    /// Reads the log's end and checks that it is what the log's keys have signed.
    pub(super) async fn read(connection: &impl Connection) -> anyhow::Result<Self> {
        let last = store::last_leaf(connection).await?;
        let checkpoint = store::last_checkpoint(connection).await?;
        let (leaf, checkpoint) = match (last, checkpoint) {
            (None, None) => return Ok(Self::default()),
            (Some(leaf), Some(checkpoint)) if leaf.idx + 1 == checkpoint.size => (leaf, checkpoint),
            (leaf, checkpoint) => {
                let (leaves, signed) = (
                    leaf.map_or(0, |leaf| leaf.idx + 1),
                    checkpoint.map_or(0, |checkpoint| checkpoint.size),
                );
                return unsound(format!(
                    "it holds {leaves} leaves but its last checkpoint is over {signed}"
                ));
            }
        };
        let size = checkpoint.size as u64;
        let edge = store::edge(connection, size).await?;
        let ring = keys::ring(connection).await?.context("the log has no entry 0")?;
        let signed = match ring.open(&checkpoint.note) {
            Ok(signed) => signed,
            Err(why) => {
                return unsound(format!(
                    "its last checkpoint, over {size} leaves, is not signed as it must be ({why})"
                ));
            }
        };
        if signed != Checkpoint::of(ring.origin(), &edge) {
            return unsound(format!("its {size} leaves do not have the root that was signed"));
        }
        let Some(at) = Leaf::parse(&leaf.leaf).and_then(|leaf| leaf.recorded_at()) else {
            return unsound(format!("its last leaf, {}, cannot be read", leaf.idx));
        };
        let note = checkpoint.note;
        let ring = Some(ring);
        Ok(Self { edge, at, note, ring })
    }
}

fn unsound<T>(reason: String) -> anyhow::Result<T> {
    Err(GuardError::Unsound { reason }.into())
}
