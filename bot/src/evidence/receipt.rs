//! A receipt: one entry of the log with all that it takes to check it, for whom the entry is about.
//!
//! Three files, named by the entry's index: the leaf's exact bytes, the C2SP tlog-proof to the newest committed
//! checkpoint, and the disclosures, one a line. An entry that was erased has no disclosures any more.

use anyhow::{Context, ensure};

use super::checkpoint::Checkpoint;
use super::proof::{Tiles, inclusion};
use super::store;
use super::tlog_proof::TlogProof;
use super::tree::{Edge, leaf_hash};
use crate::db::{Connection, Db};
use crate::ids::RecordId;

mod check;

pub use check::{Checked, ReceiptError, check};

/// Names of the files behind the index.
pub const PROOF: &str = "tlog-proof";
pub const LEAF: &str = "leaf";
pub const DISCLOSURES: &str = "sd";

/// An entry of the log and its proof.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    pub index: u64,
    /// The bytes that are hashed.
    pub leaf: Vec<u8>,
    pub proof: TlogProof,
    /// What the leaf's digests stand for, in the order of their names. Holds what was said.
    pub disclosures: Vec<String>,
}

impl std::fmt::Debug for Receipt {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Receipt")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

impl Receipt {
    /// Names and contents of the files.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let named = |ending: &str| format!("{}.{ending}", self.index);
        let mut files = vec![
            (named(PROOF), self.proof.text().into_bytes()),
            (named(LEAF), self.leaf.clone()),
        ];
        if !self.disclosures.is_empty() {
            let lines = self.disclosures.join("\n") + "\n";
            files.push((named(DISCLOSURES), lines.into_bytes()));
        }
        files
    }
}

/// Which entry is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Record(RecordId),
    Index(u64),
}

/// The receipts of these records, all to the same checkpoint. Records that are not in the log are left out.
///
/// # Errors
/// When the log cannot be read, or does not hold together.
pub async fn receipts(db: &Db, records: &[RecordId]) -> anyhow::Result<Vec<Receipt>> {
    let entries: Vec<Entry> = records.iter().cloned().map(Entry::Record).collect();
    entries_of(db, &entries).await
}

/// The receipt of one entry; none when the log has no such entry.
///
/// # Errors
/// When the log cannot be read, or does not hold together.
pub async fn receipt(db: &Db, entry: Entry) -> anyhow::Result<Option<Receipt>> {
    Ok(entries_of(db, &[entry]).await?.pop())
}

async fn entries_of(db: &Db, entries: &[Entry]) -> anyhow::Result<Vec<Receipt>> {
    let snapshot = db.snapshot().await?;
    let found = read(&snapshot, entries).await;
    snapshot.rollback().await?;
    found
}

/// As [`receipts`], inside a snapshot.
pub(super) async fn read(connection: &impl Connection, entries: &[Entry]) -> anyhow::Result<Vec<Receipt>> {
    let Some(last) = store::last_checkpoint(connection).await? else {
        return Ok(Vec::new());
    };
    let edge = store::edge(connection, last.size as u64).await?;
    let origin = last.note.lines().next().unwrap_or_default();
    let checkpoint = Checkpoint::of(origin, &edge);
    ensure!(
        last.note.starts_with(&checkpoint.to_string()),
        "the log in the database is damaged: its {} leaves do not have the root that was signed. Run `bellwether \
         evidence verify` to find the place",
        edge.size()
    );
    let mut receipts = Vec::with_capacity(entries.len());
    for entry in entries {
        let row = match entry {
            Entry::Record(rec) => store::leaf_of(connection, rec.as_str()).await?,
            Entry::Index(index) => store::leaf_at(connection, *index).await?,
        };
        let Some(row) = row else { continue };
        let index = row.idx as u64;
        receipts.push(Receipt {
            proof: prove(connection, index, (&edge, &checkpoint), &row.leaf, last.note.clone()).await?,
            disclosures: store::disclosures_of(connection, &row.rec).await?,
            leaf: row.leaf,
            index,
        });
    }
    Ok(receipts)
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
