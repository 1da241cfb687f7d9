//! One entry bundle: its leaves, hashed and read by themselves, and compared with the tile of their hashes.

use sha2::{Digest, Sha256};

use super::folder::Folder;
use super::stop::{Step, broken};
use crate::bundle;
use crate::kind::Kind;
use crate::leaf::Leaf;
use crate::pack_path::PackPath;
use crate::tile_path::{Content, TilePath};
use crate::time::Millis;
use crate::tree::{Hash, TILE_WIDTH, leaf_hash};

/// A bundle that was read.
pub(super) struct Entries {
    /// SHA-256 of the file.
    pub sum: Hash,
    /// The leaves' hashes.
    pub hashes: Vec<Hash>,
    /// What the leaves say, as far as their hashes are those of the tile.
    pub briefs: Vec<Brief>,
    /// The first leaf whose hash differs from the tile. Nothing else was looked at then.
    pub differs: Option<u64>,
}

/// What is to be compared with other leaves.
pub(super) struct Brief {
    pub at: Millis,
    pub of: Option<u64>,
    /// The record that a leaf of an earlier version says was erased.
    pub erased: Option<u64>,
    /// Its kind, if this version does not know it.
    pub unknown: Option<String>,
    pub rec: u128,
    /// The whole leaf, if it is about the log and its keys.
    pub leaf: Option<Box<Leaf>>,
}

/// Reads the bundle of that path.
pub(super) fn read(folder: &Folder, path: TilePath) -> Step<Entries> {
    let file = PackPath::Tile(path);
    let bytes = folder.read(&file)?;
    let tile = tile(
        folder,
        TilePath {
            content: Content::Hashes(0),
            ..path
        },
    )?;
    let first = path.n * TILE_WIDTH as u64;
    let mut entries = Entries {
        sum: Sha256::digest(&bytes).into(),
        hashes: Vec::with_capacity(path.width.into()),
        briefs: Vec::with_capacity(path.width.into()),
        differs: None,
    };
    for leaf in bundle::leaves(&bytes) {
        let place = entries.hashes.len();
        let index = first + place as u64;
        let Ok(leaf) = leaf else {
            return broken(&file, &format!("ends within leaf {index}"));
        };
        let hash = leaf_hash(leaf);
        entries.hashes.push(hash);
        if entries.differs.is_some() {
            continue;
        }
        match tile.get(place) {
            Some(known) if *known == hash => entries.briefs.push(brief(&file, index, leaf)?),
            Some(_) => entries.differs = Some(index),
            None => return broken(&file, &format!("holds more than {} leaves", path.width)),
        }
    }
    if entries.hashes.len() != usize::from(path.width) {
        let (found, width) = (entries.hashes.len(), path.width);
        return broken(&file, &format!("holds {found} leaves, not {width}"));
    }
    Ok(entries)
}

/// The hashes of a tile, if it has the right length.
pub(super) fn tile(folder: &Folder, path: TilePath) -> Step<Vec<Hash>> {
    let file = PackPath::Tile(path);
    let bytes = folder.read(&file)?;
    let (hashes, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() || hashes.len() != usize::from(path.width) {
        let (found, width) = (bytes.len(), usize::from(path.width) * 32);
        return broken(&file, &format!("has {found} bytes, not {width}"));
    }
    Ok(hashes.to_vec())
}

fn brief(file: &PackPath, index: u64, bytes: &[u8]) -> Step<Brief> {
    let form = || format!("leaf {index} is not in the form in which leaves are written");
    let read = Leaf::parse(bytes).and_then(|leaf| {
        let rec = u128::from_str_radix(&leaf.rec, 16).ok()?;
        Some((leaf.recorded_at()?, rec, leaf))
    });
    let Some((at, rec, leaf)) = read else {
        return broken(&file, &form());
    };
    let kind = Kind::named(&leaf.kind);
    if !leaf.has_its_fields() {
        return broken(&file, &format!("leaf {index} does not have the fields of its kind"));
    }
    if !leaf.continues_a_record() {
        return broken(&file, &format!("leaf {index} continues leaf 0, which is no record"));
    }
    Ok(Brief {
        at,
        of: leaf.of,
        unknown: kind.is_none().then(|| leaf.kind.clone()),
        erased: leaf.of.filter(|_| kind == Some(Kind::RecordErased)),
        rec,
        leaf: leaf.is_of_log().then(|| Box::new(leaf)),
    })
}
