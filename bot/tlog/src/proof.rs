//! Inclusion and consistency: which subtrees a proof holds, and how it is checked (RFC 9162 2.1.3 and 2.1.4).
//!
//! A proof's hashes come from full tiles and the edge; checking needs neither.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Edge, Hash, TILE_HEIGHT, TILE_WIDTH, node_hash, root_of, split};

/// The leaves from `from` up to, not including, `to`: what RFC 9162, 2.1 writes as D[from:to].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: u64,
    pub to: u64,
}

/// PATH of RFC 9162, 2.1.3.1: the subtrees that prove leaf `index` within a tree of `size` leaves; none if the index
/// lies outside.
pub fn inclusion(index: u64, size: u64) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    (index < size).then(|| path(index, Span { from: 0, to: size }, &mut spans))?;
    Some(spans)
}

fn path(index: u64, Span { from, to }: Span, spans: &mut Vec<Span>) {
    if to - from == 1 {
        return;
    }
    let middle = from + split(to - from);
    let (left, right) = (Span { from, to: middle }, Span { from: middle, to });
    let (within, beside) = if index < middle { (left, right) } else { (right, left) };
    path(index, within, spans);
    spans.push(beside);
}

/// PROOF of RFC 9162, 2.1.4.1: the subtrees that prove that the first `old` of `new` leaves are the old tree; none if
/// `old` is the larger.
pub fn consistency(old: u64, new: u64) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    if old > new {
        return None;
    }
    if old > 0 && old < new {
        subproof(old, Span { from: 0, to: new }, true, &mut spans);
    }
    Some(spans)
}

fn subproof(old: u64, Span { from, to }: Span, whole: bool, spans: &mut Vec<Span>) {
    if old == to {
        if !whole {
            spans.push(Span { from, to });
        }
        return;
    }
    let middle = from + split(to - from);
    let (left, right) = (Span { from, to: middle }, Span { from: middle, to });
    if old <= middle {
        subproof(old, left, whole, spans);
        spans.push(right);
    } else {
        subproof(old, right, false, spans);
        spans.push(left);
    }
}

/// A complete subtree: 2^`level` leaves from `index` * 2^`level` on.
#[derive(Clone, Copy)]
struct Node {
    level: u32,
    index: u64,
}

impl Node {
    /// Level and number of the tile that holds it, and where in the tile its hashes lie.
    fn place(self) -> ((u8, u64), std::ops::Range<usize>) {
        let within = self.level % TILE_HEIGHT;
        let first = self.index << within;
        let offset = (first % TILE_WIDTH as u64) as usize;
        let tile = ((self.level / TILE_HEIGHT) as u8, first / TILE_WIDTH as u64);
        (tile, offset..offset + (1 << within))
    }
}

/// The complete subtrees that make up a span, from the left.
fn cover(Span { from, to }: Span) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = from;
    while at < to {
        let level = at.trailing_zeros().min((to - at).ilog2());
        nodes.push(Node {
            level,
            index: at >> level,
        });
        at += 1 << level;
    }
    nodes
}

/// Where hashes come from (C2SP tlog-tiles, "Merkle Tree"): the full tiles that were fetched, and the edge.
#[derive(Debug)]
pub struct Tiles<'a> {
    pub edge: &'a Edge,
    pub full: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl Tiles<'_> {
    /// The full tiles, as (level, number), that the spans need in a tree of `size` leaves.
    pub fn needed(spans: &[Span], size: u64) -> BTreeSet<(u8, u64)> {
        let tiles = spans.iter().flat_map(|span| cover(*span)).map(|node| node.place().0);
        tiles.filter(|tile| is_full(*tile, size)).collect()
    }

    /// The proof for the spans; none if a tile is missing.
    pub fn proof(&self, spans: &[Span]) -> Option<Vec<Hash>> {
        spans.iter().map(|span| self.span(*span)).collect()
    }

    fn span(&self, span: Span) -> Option<Hash> {
        let mut nodes = cover(span).into_iter().rev();
        let last = self.node(nodes.next()?)?;
        nodes.try_fold(last, |right, node| Some(node_hash(&self.node(node)?, &right)))
    }

    fn node(&self, node: Node) -> Option<Hash> {
        let (tile, range) = node.place();
        let hashes = if is_full(tile, self.edge.size()) {
            self.full.get(&tile)?.get(range)
        } else {
            self.edge.partial(tile.0).get(range)
        };
        hashes.map(root_of)
    }
}

fn is_full((level, n): (u8, u64), size: u64) -> bool {
    let hashes = size >> (TILE_HEIGHT * u32::from(level));
    (n + 1) * TILE_WIDTH as u64 <= hashes
}

/// RFC 9162, 2.1.3.2: whether the proof shows `leaf` at `index` in the tree with `size` leaves and this root.
pub fn proves_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for beside in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(beside, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// RFC 9162, 2.1.4.2: whether the proof shows that the tree with `old` leaves is the beginning of the tree with `new`
/// leaves.
pub fn proves_consistency(old: (u64, &Hash), new: (u64, &Hash), proof: &[Hash]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size == 0 {
        return proof.is_empty() && *old_root == root_of(&[]);
    }
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    if old_size > new_size {
        return false;
    }
    let (first, rest) = match proof {
        _ if old_size.is_power_of_two() && !proof.is_empty() => (old_root, proof),
        [first, rest @ ..] => (first, rest),
        [] => return false,
    };
    let (mut at, mut last) = (old_size - 1, new_size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut new_hash) = (*first, *first);
    for beside in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old_hash = node_hash(beside, &old_hash);
            new_hash = node_hash(beside, &new_hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tree::tests::leaves;

    /// RFC 6962 2.1.1, word for word.
    fn naive_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() == 1 {
            return Vec::new();
        }
        let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
        if index < left.len() {
            let mut path = naive_path(index, left);
            path.push(root_of(right));
            return path;
        }
        let mut path = naive_path(index - left.len(), right);
        path.push(root_of(left));
        path
    }

    /// RFC 6962 2.1.2, word for word.
    fn naive_consistency(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
        if old == leaves.len() {
            return if whole { Vec::new() } else { vec![root_of(leaves)] };
        }
        let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
        if old <= left.len() {
            let mut proof = naive_consistency(old, left, whole);
            proof.push(root_of(right));
            return proof;
        }
        let mut proof = naive_consistency(old - left.len(), right, false);
        proof.push(root_of(left));
        proof
    }

    /// An edge and every full tile.
    type Grown = (Edge, BTreeMap<(u8, u64), Vec<Hash>>);

    fn grown(leaves: &[Hash]) -> Grown {
        let mut edge = Edge::default();
        let tiles = leaves.iter().flat_map(|leaf| edge.push(*leaf)).collect::<Vec<_>>();
        let full = tiles.into_iter().map(|tile| ((tile.level, tile.n), tile.hashes));
        (edge, full.collect())
    }

    fn check(leaves: &[Hash], (edge, all): &Grown, index: usize, old: usize) {
        let size = leaves.len() as u64;
        let spans = inclusion(index as u64, size).expect("the index lies inside");
        let mut wanted = spans.clone();
        let further = consistency(old as u64, size).expect("the old tree is not larger");
        wanted.extend(further.clone());
        let needed = Tiles::needed(&wanted, size);
        let full = needed.iter().map(|tile| (*tile, all[tile].clone())).collect();
        let tiles = Tiles { edge, full };

        let path = tiles.proof(&spans).expect("the needed tiles suffice");
        assert_eq!(path, naive_path(index, leaves), "{index} in {size}");
        assert!(proves_inclusion(
            index as u64,
            size,
            &leaves[index],
            &path,
            &edge.root()
        ));

        let proof = tiles.proof(&further).expect("the needed tiles suffice");
        if old > 0 {
            assert_eq!(proof, naive_consistency(old, leaves, true), "{old} to {size}");
        }
        let old_root = root_of(&leaves[..old]);
        assert!(proves_consistency(
            (old as u64, &old_root),
            (size, &edge.root()),
            &proof
        ));
    }

    #[test]
    fn proofs_are_those_of_the_standard_around_65536() {
        let leaves = leaves(65_537);
        for size in [65_536, 65_537] {
            let grown = grown(&leaves[..size]);
            for at in [255, 65_535] {
                check(&leaves[..size], &grown, at, at);
            }
        }
    }

    #[test]
    fn small_proofs_are_those_of_the_standard() {
        let leaves = leaves(40);
        for size in 1..=leaves.len() {
            let grown = grown(&leaves[..size]);
            for at in 0..size {
                check(&leaves[..size], &grown, at, at + 1);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn proofs_are_those_of_the_standard(size in 1_usize..=600, at in 0.0..1.0) {
            let at = (size as f64 * at) as usize;
            let leaves = &leaves(600)[..size];
            check(leaves, &grown(leaves), at, at);
        }

        #[test]
        fn a_changed_proof_proves_nothing(size in 2_usize..=600, at in 0.0..1.0, bit in 0_usize..256, hash in 0_usize..32) {
            let at = (size as f64 * at) as usize;
            let leaves = &leaves(600)[..size];
            let (root, old_root) = (root_of(leaves), root_of(&leaves[..at.max(1)]));
            let spoil = |proof: &[Hash]| {
                let mut proof = proof.to_vec();
                let hash = hash % proof.len();
                proof[hash][bit / 8] ^= 1 << (bit % 8);
                proof
            };
            let (at, count) = (at as u64, size as u64);
            let path = naive_path(at as usize, leaves);
            prop_assert!(!proves_inclusion(at, count, &leaves[at as usize], &spoil(&path), &root));
            prop_assert!(!proves_inclusion(at, count, &leaves[at as usize], &path[1..], &root));
            prop_assert!(!proves_inclusion(at, count, &leaves[at as usize], &[&path[..], &[root]].concat(), &root));
            prop_assert!(!proves_inclusion(at ^ 1, count, &leaves[at as usize], &path, &root));
            let old = at.max(1);
            let proof = naive_consistency(old as usize, leaves, true);
            prop_assert!(!proves_consistency((old, &old_root), (count, &root), &spoil(&proof)));
            prop_assert!(!proves_consistency((old, &old_root), (count, &root), &proof[1..]));
            prop_assert!(!proves_consistency((old, &old_root), (count, &root), &[&proof[..], &[root]].concat()));
            prop_assert!(!proves_consistency((old, &root), (count, &root), &proof));
        }
    }

    #[test]
    fn a_larger_tree_is_no_beginning() {
        let (five, four) = (root_of(&leaves(5)), root_of(&leaves(4)));
        assert_eq!(consistency(5, 4), None);
        assert!(!proves_consistency((5, &five), (4, &four), &[]));
        assert!(!proves_consistency((4, &four), (4, &five), &[]));
        assert!(!proves_consistency((0, &four), (4, &five), &[]));
        assert_eq!(inclusion(4, 4), None);
    }
}
