//! Proofs from the stored tiles, for one size of the tree; tiles that were read are kept for a while.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use anyhow::Context;

use crate::db::Connection;
use crate::evidence::proof::{Span, Tiles, consistency, inclusion};
use crate::evidence::store as log;
use crate::evidence::tree::{Edge, Hash};

/// Maximum number of tiles that are kept, of 8 KiB each.
const MOST: usize = 256;

/// Proves in the tree of this edge.
pub(super) struct Prover {
    edge: Edge,
    full: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl Prover {
    pub(super) fn new(edge: Edge) -> Self {
        let full = BTreeMap::new();
        Self { edge, full }
    }

    /// That the leaf is in the tree.
    pub(super) async fn inclusion(&mut self, connection: &impl Connection, index: u64) -> anyhow::Result<Vec<Hash>> {
        let spans = inclusion(index, self.edge.size()).with_context(|| format!("leaf {index} is not in the tree"))?;
        self.prove(connection, &spans).await
    }

    /// That the tree of `new` leaves, which must not be larger than this one, continues that of `old` leaves.
    pub(super) async fn consistency(
        &mut self,
        connection: &impl Connection,
        old: u64,
        new: u64,
    ) -> anyhow::Result<Vec<Hash>> {
        let spans = consistency(old, new).with_context(|| format!("{old} leaves are more than {new}"))?;
        self.prove(connection, &spans).await
    }

    async fn prove(&mut self, connection: &impl Connection, spans: &[Span]) -> anyhow::Result<Vec<Hash>> {
        let mut full = std::mem::take(&mut self.full);
        if full.len() > MOST {
            full.clear();
        }
        for tile in Tiles::needed(spans, self.edge.size()) {
            if let Entry::Vacant(vacant) = full.entry(tile) {
                let (level, n) = tile;
                let hashes = log::tile(connection, level, n).await?;
                vacant.insert(hashes.with_context(|| format!("tile {level}/{n} is missing"))?);
            }
        }
        let tiles = Tiles { edge: &self.edge, full };
        let proof = tiles.proof(spans);
        self.full = tiles.full;
        proof.context("the tiles do not suffice for a proof")
    }
}
