//! The Merkle tree of RFC 6962 in tiles 256 wide (C2SP tlog-tiles). Pure: no storage, no clock.
//!
//! Only the right edge is held: of each level the hashes that do not fill a tile yet.

use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// Hashes in a full tile.
pub const TILE_WIDTH: usize = 256;
/// Tree levels that one level of tiles spans.
pub const TILE_HEIGHT: u32 = 8;

/// RFC 6962 2.1: the hash of a leaf's bytes.
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(bytes).finalize().into()
}

/// RFC 6962 2.1: the hash of an inner node.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The largest power of two below `count`, which must be at least 2: where RFC 6962 splits a tree.
pub(crate) fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// The root over subtrees of one size, of which the last may be smaller. Of none: the hash of nothing.
pub fn root_of(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        many => {
            let (left, right) = many.split_at(split(many.len() as u64) as usize);
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// A full tile of 256 hashes (C2SP tlog-tiles, "Merkle Tree"): those from `n * 256` on, on the tree's level `level *
/// 8`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub level: u8,
    pub n: u64,
    pub hashes: Vec<Hash>,
}

impl Tile {
    /// The bytes that are stored: hash after hash.
    pub fn bytes(&self) -> Vec<u8> {
        self.hashes.concat()
    }
}

/// The hashes in a full tile's bytes; none if their number is wrong.
pub fn tile_hashes(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    (rest.is_empty() && hashes.len() == TILE_WIDTH).then(|| hashes.to_vec())
}

/// The right edge of a tree (RFC 9162, 2.1.1): everything that appending and the root need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    /// For each level of tiles, from the leaves up, the fewer than 256 hashes of its unfinished tile.
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// From the unfinished tiles of a tree with `size` leaves; none if their lengths do not fit the size.
    pub fn from_parts(size: u64, mut levels: Vec<Vec<Hash>>) -> Option<Self> {
        while levels.last().is_some_and(Vec::is_empty) {
            levels.pop();
        }
        let mut rest = size;
        for level in &levels {
            if level.len() as u64 != rest % TILE_WIDTH as u64 {
                return None;
            }
            rest /= TILE_WIDTH as u64;
        }
        (rest == 0).then_some(Self { size, levels })
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The unfinished tile of a level of tiles; empty if there is none.
    pub fn partial(&self, level: u8) -> &[Hash] {
        self.levels.get(usize::from(level)).map_or(&[], Vec::as_slice)
    }

    /// Appends a leaf's hash and hands out the tiles that it fills, lowest first.
    pub fn push(&mut self, leaf: Hash) -> Vec<Tile> {
        self.size += 1;
        let mut full = Vec::new();
        let mut carry = leaf;
        for level in 0_u8.. {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::with_capacity(TILE_WIDTH));
            }
            let partial = &mut self.levels[usize::from(level)];
            partial.push(carry);
            if partial.len() < TILE_WIDTH {
                break;
            }
            let hashes = std::mem::take(partial);
            carry = root_of(&hashes);
            let n = (self.size >> (TILE_HEIGHT * (u32::from(level) + 1))) - 1;
            full.push(Tile { level, n, hashes });
        }
        full
    }

    /// The root of the whole tree.
    pub fn root(&self) -> Hash {
        let mut smaller: Option<Hash> = None;
        for level in &self.levels {
            let subtrees: Vec<Hash> = level.iter().copied().chain(smaller).collect();
            if !subtrees.is_empty() {
                smaller = Some(root_of(&subtrees));
            }
        }
        smaller.unwrap_or_else(|| root_of(&[]))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Hashes of `count` different leaves.
    pub(crate) fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|index| leaf_hash(&index.to_be_bytes())).collect()
    }

    #[test]
    fn the_known_roots_of_rfc_6962_come_out() {
        let inputs: [&[u8]; 8] = [
            &[],
            &[0x00],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[
                0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f,
            ],
        ];
        let mut edge = Edge::default();
        let mut roots = vec![hex::encode(edge.root())];
        for input in inputs {
            edge.push(leaf_hash(input));
            roots.push(hex::encode(edge.root()));
        }
        assert_eq!(
            roots,
            [
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
            ]
        );
    }

    #[test]
    fn the_edge_has_the_root_of_the_whole_tree() {
        let leaves = leaves(600);
        let mut edge = Edge::default();
        for (index, leaf) in leaves.iter().enumerate() {
            edge.push(*leaf);
            assert_eq!(edge.root(), root_of(&leaves[..=index]), "size {}", index + 1);
        }
    }

    #[test]
    fn tiles_fill_level_by_level_around_65536() {
        let leaves = leaves(65_538);
        let mut edge = Edge::default();
        let mut tiles = Vec::new();
        for (index, leaf) in leaves.iter().enumerate() {
            tiles.extend(edge.push(*leaf));
            let size = index + 1;
            if [65_535, 65_536, 65_537].contains(&size) {
                assert_eq!(edge.root(), root_of(&leaves[..size]), "size {size}");
            }
        }
        let numbers: Vec<_> = tiles.iter().map(|tile| (tile.level, tile.n)).collect();
        let mut expected: Vec<_> = (0..256).map(|n| (0_u8, n as u64)).collect();
        expected.push((1, 0));
        assert_eq!(numbers, expected);
        assert_eq!(edge.partial(0), &leaves[65_536..]);
        assert_eq!(edge.partial(2), &[root_of(&leaves[..65_536])]);
        assert_eq!(tile_hashes(&tiles[3].bytes()).as_deref(), Some(&leaves[768..1_024]));
    }

    #[test]
    fn parts_that_do_not_fit_the_size_are_no_edge() {
        let mut edge = Edge::default();
        for leaf in leaves(513) {
            edge.push(leaf);
        }
        let parts = vec![edge.partial(0).to_vec(), edge.partial(1).to_vec()];
        assert_eq!(Edge::from_parts(513, parts.clone()), Some(edge));
        for wrong in [0, 1, 257, 512, 514, 65_536 + 513] {
            assert_eq!(Edge::from_parts(wrong, parts.clone()), None, "size {wrong}");
        }
    }
}
