//! The writing side of an export: takes leaves and finished files, hashes, and fills the pack. Knows no database.

use anyhow::Context;
use tokio::sync::mpsc;

use super::sink::Sink;
use crate::evidence::bundle;
use crate::evidence::pack_path::PackPath;
use crate::evidence::tile_path::{Content, TilePath};
use crate::evidence::tree::{Edge, TILE_WIDTH, leaf_hash};

/// What comes from the reading side.
pub(super) enum Piece {
    /// The next leaves of the log.
    Leaves(Vec<Vec<u8>>),
    File(PackPath, Vec<u8>),
}

/// A pack into which everything was written.
pub(super) struct Pressed {
    pub sink: Sink,
    /// The tree over the leaves.
    pub edge: Edge,
}

struct Press {
    sink: Sink,
    edge: Edge,
    bundle: Vec<u8>,
}

/// Writes until nothing more comes. Blocks.
///
/// # Errors
/// When the pack cannot be written.
pub(super) fn press(sink: Sink, mut pieces: mpsc::Receiver<Piece>) -> anyhow::Result<Pressed> {
    let mut press = Press {
        sink,
        edge: Edge::default(),
        bundle: Vec::new(),
    };
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::Leaves(leaves) => leaves.iter().try_for_each(|leaf| press.leaf(leaf))?,
            Piece::File(path, bytes) => press.sink.file(&path, &bytes)?,
        }
    }
    press.end()
}

impl Press {
    fn leaf(&mut self, leaf: &[u8]) -> anyhow::Result<()> {
        bundle::push(&mut self.bundle, leaf).with_context(|| format!("bundling leaf {}", self.edge.size()))?;
        for tile in self.edge.push(leaf_hash(leaf)) {
            if tile.level == 0 {
                let path = TilePath::full(Content::Entries, tile.n);
                self.sink.file(&PackPath::Tile(path), &self.bundle)?;
                self.bundle.clear();
            }
            let path = TilePath::full(Content::Hashes(tile.level), tile.n);
            self.sink.file(&PackPath::Tile(path), &tile.bytes())?;
        }
        Ok(())
    }

    /// The unfinished tiles at the right edge.
    fn end(mut self) -> anyhow::Result<Pressed> {
        let size = self.edge.size();
        for content in TilePath::contents(size) {
            let Some(path) = TilePath::partial(content, size) else {
                continue;
            };
            debug_assert!(usize::from(path.width) < TILE_WIDTH);
            let bytes = match content {
                Content::Entries => std::mem::take(&mut self.bundle),
                Content::Hashes(level) => self.edge.partial(level).concat(),
            };
            self.sink.file(&PackPath::Tile(path), &bytes)?;
        }
        let Self { sink, edge, .. } = self;
        Ok(Pressed { sink, edge })
    }
}
