//! The tiles compared with the leaves, and at the end which of them is wrong where they differ.

use std::collections::BTreeMap;

use super::super::entries;
use super::super::head::Head;
use super::super::stop::{Step, Stop, broken};
use super::super::verdict::Broken;
use super::Reading;
use crate::pack_path::PackPath;
use crate::tile_path::{Content, TilePath};
use crate::tree::{Hash, TILE_WIDTH};

/// The first place where leaves and tiles differ.
pub(super) enum Suspect {
    /// A leaf, or its hash in the tile.
    Leaf(u64),
    /// A tile above the leaves' hashes.
    Tile(TilePath),
}

impl Reading<'_> {
    pub(super) fn compare(&mut self, path: TilePath, hashes: &[Hash]) -> Step<()> {
        if entries::tile(self.folder, path)? != hashes && self.suspect.is_none() {
            self.suspect = Some(Suspect::Tile(path));
        }
        Ok(())
    }

    /// The tiles at the right edge, and which side is wrong where they differ.
    pub(super) fn end(&mut self, head: &Head) -> Step<Hash> {
        for content in TilePath::contents(self.size) {
            if let (Content::Hashes(level @ 1..), Some(path)) = (content, TilePath::partial(content, self.size)) {
                let hashes = self.walk.edge().partial(level).to_vec();
                self.compare(path, &hashes)?;
            }
        }
        let root = self.walk.edge().root();
        let fits = root == head.checkpoint.root;
        match &self.suspect {
            Some(Suspect::Leaf(index)) => self.blame(*index, fits),
            Some(Suspect::Tile(path)) => broken(&path, &"does not hold the hashes of the tiles below it"),
            None if fits => self.twice().map(|()| root),
            None => broken(
                &PackPath::Checkpoint,
                &"has another root than the leaves that it covers",
            ),
        }
    }

    fn blame<T>(&self, index: u64, fits: bool) -> Step<T> {
        let n = index / TILE_WIDTH as u64;
        let of = |content| {
            let partial = TilePath::partial(content, self.size).filter(|path| path.n == n);
            partial.unwrap_or(TilePath::full(content, n))
        };
        let (entries, hashes) = (of(Content::Entries), of(Content::Hashes(0)));
        if fits {
            broken(&hashes, &format!("does not hold the hash of leaf {index}"))
        } else {
            broken(
                &entries,
                &format!("leaf {index} was changed: its hash is not the one in {hashes}"),
            )
        }
    }

    /// Looks for two records with one id; if there might be two, the bundles are read again.
    fn twice(&mut self) -> Step<()> {
        let Some(suspect) = self.records.twice() else {
            return Ok(());
        };
        let mut seen = BTreeMap::new();
        for path in TilePath::all(Content::Entries, self.size) {
            let first = path.n * TILE_WIDTH as u64;
            let briefs = entries::read(self.folder, path)?.briefs;
            for (brief, index) in briefs.iter().zip(first..) {
                if !suspect.fits(brief.rec) {
                    continue;
                }
                if let Some(earlier) = seen.insert(brief.rec, index) {
                    let reason = format!("leaf {index} has the record id of leaf {earlier}");
                    return Err(Stop::Broken(Broken {
                        file: path.to_string(),
                        reason,
                    }));
                }
            }
        }
        Ok(())
    }
}
