//! What was disclosed, and to whom, is evidence, too: the leaf `pack.disclosed`, and which leaves a pack held.

use std::collections::BTreeSet;

use super::store::{self, Handed};
use crate::evidence::{self, Named, NewLeaf, fields, store as log};
use crate::ids::RecordId;
use crate::ledger::{Ledger, Tx};

/// Ranges in one write.
const CHUNK: usize = 1_000;

/// The outcome of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Registered {
    Done,
    /// Something that the pack discloses was erased after its snapshot was taken.
    ErasedMeanwhile,
}

/// The leaves of which a growing pack discloses something, written to the database range by range.
pub(super) struct Register {
    ledger: Ledger,
    pub rec: String,
    spans: Vec<(u64, u64)>,
    pub records: u64,
}

impl Register {
    pub(super) fn new(ledger: Ledger, rec: String) -> Self {
        Self {
            ledger,
            rec,
            spans: Vec::new(),
            records: 0,
        }
    }

    /// Adds the next leaf of which something is disclosed; indexes must rise.
    pub(super) async fn hold(&mut self, index: u64) -> anyhow::Result<()> {
        self.records += 1;
        match self.spans.last_mut() {
            Some((_, last)) if *last + 1 == index => *last = index,
            _ => {
                if self.spans.len() == CHUNK {
                    self.flush().await?;
                }
                self.spans.push((index, index));
            }
        }
        Ok(())
    }

    async fn flush(&mut self) -> anyhow::Result<()> {
        let (rec, spans) = (self.rec.clone(), std::mem::take(&mut self.spans));
        if spans.is_empty() {
            return Ok(());
        }
        self.ledger
            .write(move |tx| Box::pin(async move { store::insert_spans(tx.connection(), &rec, &spans).await }))
            .await
    }

    /// Enters the pack, before it gets its name. From here on an erasure finds it.
    pub(super) async fn enter(mut self, pack: Handed) -> anyhow::Result<Registered> {
        self.flush().await?;
        self.ledger
            .write(move |tx| Box::pin(async move { enter(tx, pack).await }))
            .await
    }
}

/// The indexes of the leaves of which something was erased since the log had this number of leaves.
async fn touched_since(tx: &Tx, size: u64) -> anyhow::Result<BTreeSet<u64>> {
    let (mut indexes, mut records) = (BTreeSet::new(), Vec::new());
    for told in evidence::erased_since(tx.connection(), size).await? {
        match told.record {
            Named::Index(index) => drop(indexes.insert(index)),
            Named::Record(record) => records.push(record),
        }
    }
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    indexes.extend(log::indexes(tx.connection(), &records).await?.into_values());
    Ok(indexes)
}

async fn enter(tx: &Tx, mut pack: Handed) -> anyhow::Result<Registered> {
    for index in touched_since(tx, pack.size).await? {
        if store::holds(tx.connection(), &pack.rec, index).await? {
            return Ok(Registered::ErasedMeanwhile);
        }
    }
    pack.at = tx.now();
    let said = fields::PackDisclosed {
        to_whom: pack.to_whom.clone(),
        scope: pack.scope.clone(),
        fields: pack.fields.clone(),
        records: pack.records.to_string(),
        size: pack.size.to_string(),
        sha256: pack.sha256.clone(),
    };
    tx.evidence(NewLeaf::new(RecordId::new(pack.rec.clone()), said));
    store::insert(tx.connection(), &pack).await?;
    Ok(Registered::Done)
}
