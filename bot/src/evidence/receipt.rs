//! Making receipts: the proof of one entry to the newest committed checkpoint.

use std::sync::Arc;

use anyhow::{Context, ensure};
use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::proof::{Tiles, inclusion};
pub use bellwether_tlog::receipt::{
    Checked, DISCLOSURES, EVENT, EventError, EventProof, LEAF, PROOF, Receipt, ReceiptError, check, check_event,
};
use bellwether_tlog::tlog_proof::TlogProof;
use bellwether_tlog::tree::{Edge, leaf_hash};
use parking_lot::Mutex;

use super::store;
use crate::db::{Connection, Db};
use crate::ids::RecordId;

/// An edge that lacks more leaves than these is built anew.
const MOST_NEW: u64 = 2_000;

/// Which entry is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Record(RecordId),
    Index(u64),
}

/// Makes receipts, and remembers the tree's right edge from one time to the next: building it anew reads up to 255
/// tiles of each level. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Prover {
    db: Db,
    edge: Arc<Mutex<Option<Edge>>>,
}

impl Prover {
    pub fn new(db: Db) -> Self {
        Self {
            db,
            edge: Arc::default(),
        }
    }

    /// The receipts of these records, all to the same checkpoint. Records that are not in the log are left out.
    ///
    /// # Errors
    /// When the log cannot be read, or is not consistent.
    pub async fn records(&self, records: &[RecordId]) -> anyhow::Result<Vec<Receipt>> {
        let entries: Vec<Entry> = records.iter().cloned().map(Entry::Record).collect();
        self.entries(&entries).await
    }

    /// The receipt of one entry; none if the log has no such entry.
    ///
    /// # Errors
    /// When the log cannot be read, or is not consistent.
    pub async fn entry(&self, entry: Entry) -> anyhow::Result<Option<Receipt>> {
        Ok(self.entries(&[entry]).await?.pop())
    }

    async fn entries(&self, entries: &[Entry]) -> anyhow::Result<Vec<Receipt>> {
        let snapshot = self.db.snapshot().await?;
        let found = self.within(&snapshot, entries).await;
        snapshot.rollback().await?;
        found
    }

    /// The receipts of these entries, inside a snapshot.
    pub(super) async fn within(&self, connection: &impl Connection, entries: &[Entry]) -> anyhow::Result<Vec<Receipt>> {
        let known = self.edge.lock().clone();
        let Some(head) = Head::read(connection, known).await? else {
            return Ok(Vec::new());
        };
        let receipts = head.receipts(connection, entries).await;
        *self.edge.lock() = Some(head.edge);
        receipts
    }
}

/// The newest checkpoint, and the edge of the tree that was found to have its root.
struct Head {
    edge: Edge,
    checkpoint: Checkpoint,
    note: String,
}

impl Head {
    /// From a known edge, if it belongs to the same tree, or otherwise from the tiles.
    async fn read(connection: &impl Connection, known: Option<Edge>) -> anyhow::Result<Option<Self>> {
        let Some(last) = store::last_checkpoint(connection).await? else {
            return Ok(None);
        };
        let size = last.size as u64;
        if let Some(edge) = caught_up(connection, known, size).await?
            && let Some(head) = Self::signed(edge, &last.note)
        {
            return Ok(Some(head));
        }
        let head = Self::signed(store::edge(connection, size).await?, &last.note);
        head.map(Some).with_context(|| {
            format!(
                "the log in the database is damaged: its {size} leaves do not have the root that was signed. Run \
                 `bellwether evidence verify` to find the place"
            )
        })
    }

    /// None if the edge is not that of the signed tree.
    fn signed(edge: Edge, note: &str) -> Option<Self> {
        let origin = note.lines().next().unwrap_or_default();
        let checkpoint = Checkpoint::of(origin, &edge);
        note.starts_with(&checkpoint.to_string()).then(|| Self {
            edge,
            checkpoint,
            note: note.to_owned(),
        })
    }

    async fn receipts(&self, connection: &impl Connection, entries: &[Entry]) -> anyhow::Result<Vec<Receipt>> {
        let mut receipts = Vec::with_capacity(entries.len());
        for entry in entries {
            let row = match entry {
                Entry::Record(rec) => store::leaf_of(connection, rec.as_str()).await?,
                Entry::Index(index) => store::leaf_at(connection, *index).await?,
            };
            let Some(row) = row else { continue };
            let index = row.idx as u64;
            let head = (&self.edge, &self.checkpoint);
            receipts.push(Receipt {
                proof: prove(connection, index, head, &row.leaf, self.note.clone()).await?,
                disclosures: store::disclosures_of(connection, &row.rec).await?,
                leaf: row.leaf,
                index,
            });
        }
        Ok(receipts)
    }
}

/// A known edge with the leaves that were added since; none if it is of no use.
async fn caught_up(connection: &impl Connection, known: Option<Edge>, size: u64) -> anyhow::Result<Option<Edge>> {
    let Some(mut edge) = known.filter(|edge| (size.saturating_sub(MOST_NEW)..=size).contains(&edge.size())) else {
        return Ok(None);
    };
    for leaf in store::leaves(connection, edge.size()..size).await? {
        edge.push(leaf_hash(&leaf));
    }
    Ok((edge.size() == size).then_some(edge))
}

async fn prove(
    connection: &impl Connection,
    index: u64,
    (edge, checkpoint): (&Edge, &Checkpoint),
    leaf: &[u8],
    note: String,
) -> anyhow::Result<TlogProof> {
    let spans = inclusion(index, edge.size()).context("the entry is younger than the last checkpoint")?;
    let full = store::tiles(connection, &Tiles::needed(&spans, edge.size())).await?;
    let hashes = Tiles { edge, full }
        .proof(&spans)
        .context("a tile of the log is missing")?;
    let proof = TlogProof {
        index,
        extra: None,
        hashes,
        checkpoint: note,
    };
    ensure!(
        proof.proves(&leaf_hash(leaf), checkpoint),
        "the log in the database is damaged at leaf {index}. Run `bellwether evidence verify`"
    );
    Ok(proof)
}

#[cfg(test)]
mod tests;
