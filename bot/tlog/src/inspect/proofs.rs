//! The proofs of single leaves.

use super::entries;
use super::head::Head;
use super::history::state;
use super::inspection::Inspection;
use super::leaves::Log;
use super::listing::Listing;
use super::stop::{Step, broken};
use crate::pack_path::PackPath;
use crate::tile_path::{Content, TilePath};
use crate::tlog_proof::TlogProof;
use crate::tree::{Hash, TILE_WIDTH};

impl Inspection<'_> {
    pub(super) fn proofs(&mut self, head: &Head, listing: &Listing, log: &Log) -> Step<()> {
        let mut tile: Option<(u64, Vec<Hash>)> = None;
        for (index, size) in &listing.proofs {
            let file = PackPath::Inclusion(*index, *size);
            if *size != log.size && listing.history.binary_search(size).is_err() {
                return broken(&file, &format!("is for {size} leaves, of which no checkpoint is given"));
            }
            if index >= size {
                return broken(&file, &format!("is for a leaf that is not among {size}"));
            }
            let proof = match TlogProof::parse(&self.folder.text(&file)?) {
                Ok(proof) => proof,
                Err(error) => return broken(&file, &error),
            };
            if proof.index != *index {
                return broken(&file, &format!("is for leaf {}", proof.index));
            }
            let (published, newest) = (self.note_of(*size, head)?, &head.note);
            if proof.checkpoint != published && (*size != log.size || proof.checkpoint != *newest) {
                return broken(
                    &file,
                    &format!("does not end with the checkpoint of {size} leaves that is given"),
                );
            }
            let n = index / TILE_WIDTH as u64;
            if tile.as_ref().is_none_or(|(held, _)| *held != n) {
                tile = Some((
                    n,
                    entries::tile(&self.folder, tile_of(Content::Hashes(0), n, log.size))?,
                ));
            }
            let place = (index % TILE_WIDTH as u64) as usize;
            let leaf = tile.as_ref().and_then(|(_, hashes)| hashes.get(place));
            if !leaf.is_some_and(|leaf| proof.proves(leaf, &state(log, *size))) {
                return broken(&file, &format!("does not prove that leaf {index} is among {size}"));
            }
            self.verdict.proofs += 1;
        }
        Ok(())
    }
}

/// The tile with that number in a log of this many leaves.
pub(super) fn tile_of(content: Content, n: u64, size: u64) -> TilePath {
    let partial = TilePath::partial(content, size).filter(|path| path.n == n);
    partial.unwrap_or(TilePath::full(content, n))
}
