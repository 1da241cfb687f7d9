//! Our notes, checkpoints, proofs, tiles and canonical JSON compared with those of other people's programs.

use proptest::prelude::*;
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::HashReader;

use crate::checkpoint::Checkpoint;
use crate::key::Key;
use crate::note::Vkey;
use crate::proof::{Span, Tiles, consistency, inclusion, proves_consistency, proves_inclusion};
use crate::random::Random;
use crate::random::tests::Chance;
use crate::tree::tests::leaves;
use crate::tree::{Edge, Hash, TILE_WIDTH, Tile, root_of};

const NAME: &str = "example.org/log";

/// A key, and its secret as the other program reads it.
fn key(seed: u64) -> (Key, StandardSigner) {
    let key = Key::draw(NAME, &Chance::seeded(seed));
    let text = key.skey();
    let signer = StandardSigner::new(text.trim_end()).expect("the other program reads our key");
    (key, signer)
}

fn they_accept(note: &str, vkey: &Vkey) -> bool {
    let verifier = StandardVerifier::new(&vkey.to_string()).expect("the other program reads our verifier key");
    let known = VerifierList::new(vec![Box::new(verifier)]);
    Note::from_bytes(note.as_bytes()).is_ok_and(|note| note.verify(&known).is_ok())
}

fn theirs(hash: &Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(*hash)
}

fn all_theirs(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().map(theirs).collect()
}

/// The other program's store of hashes.
#[derive(Default)]
struct Stored(Vec<tlog_tiles::Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[*index as usize]).collect())
    }
}

/// The same tree in both programs.
#[derive(Default)]
struct Both {
    leaves: Vec<Hash>,
    edge: Edge,
    root: Hash,
    tiles: Vec<Tile>,
    stored: Stored,
}

impl Both {
    fn grow(&mut self, to: usize, leaves: &[Hash]) {
        for leaf in &leaves[self.leaves.len()..to] {
            let count = self.leaves.len() as u64;
            let hashes = tlog_tiles::stored_hashes_for_record_hash(count, theirs(leaf), &self.stored);
            self.stored.0.extend(hashes.expect("stored hashes"));
            self.tiles.extend(self.edge.push(*leaf));
            self.leaves.push(*leaf);
        }
        self.root = self.edge.root();
        let root = tlog_tiles::tree_hash(to as u64, &self.stored).expect("their root");
        assert_eq!(theirs(&self.root), root, "size {to}");
    }

    fn proof(&self, spans: &[Span]) -> Vec<Hash> {
        let all = self
            .tiles
            .iter()
            .map(|tile| ((tile.level, tile.n), tile.hashes.clone()));
        let full = all.collect();
        let edge = &self.edge;
        Tiles { edge, full }.proof(spans).expect("all tiles are there")
    }

    fn agree_on_inclusion(&self, index: u64) {
        let size = self.edge.size();
        let ours = self.proof(&inclusion(index, size).expect("inside"));
        let proof = tlog_tiles::prove_record(size, index, &self.stored).expect("their proof");
        assert_eq!(all_theirs(&ours), proof, "{index} in {size}");
        let leaf = &self.leaves[index as usize];
        self.same_verdict_on_inclusion(index, leaf, &ours, true);
        for spoilt in spoilt(&ours) {
            self.same_verdict_on_inclusion(index, leaf, &spoilt, false);
        }
        self.same_verdict_on_inclusion(index, &[9; 32], &ours, false);
    }

    fn same_verdict_on_inclusion(&self, index: u64, leaf: &Hash, proof: &[Hash], expected: bool) {
        let (size, root) = (self.edge.size(), self.root);
        let verdict = tlog_tiles::check_record(&all_theirs(proof), size, theirs(&root), index, theirs(leaf));
        assert_eq!(verdict.is_ok(), expected, "{index} in {size}");
        assert_eq!(
            proves_inclusion(index, size, leaf, proof, &root),
            expected,
            "{index} in {size}"
        );
    }

    fn agree_on_consistency(&self, old: u64) {
        let size = self.edge.size();
        let ours = self.proof(&consistency(old, size).expect("in order"));
        let proof = tlog_tiles::prove_tree(size, old, &self.stored).expect("their proof");
        assert_eq!(all_theirs(&ours), proof, "{old} to {size}");
        let root = root_of(&self.leaves[..old as usize]);
        self.same_verdict_on_consistency(old, &root, &ours, true);
        for spoilt in spoilt(&ours) {
            self.same_verdict_on_consistency(old, &root, &spoilt, false);
        }
        self.same_verdict_on_consistency(old, &[9; 32], &ours, false);
    }

    fn same_verdict_on_consistency(&self, old: u64, old_root: &Hash, proof: &[Hash], expected: bool) {
        let (size, root) = (self.edge.size(), self.root);
        let verdict = tlog_tiles::check_tree(&all_theirs(proof), size, theirs(&root), old, theirs(old_root));
        assert_eq!(verdict.is_ok(), expected, "{old} to {size}");
        let ours = proves_consistency((old, old_root), (size, &root), proof);
        assert_eq!(ours, expected, "{old} to {size}");
    }
}

/// The proof cut, extended, and with a bit flipped.
fn spoilt(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut wrong = vec![[proof, &[[7; 32]]].concat()];
    if let Some((first, rest)) = proof.split_first() {
        wrong.push(rest.to_vec());
        let mut flipped = *first;
        flipped[31] ^= 1;
        wrong.push([&[flipped], rest].concat());
    }
    wrong
}

#[test]
fn both_programs_agree_on_every_size_up_to_1025() {
    let leaves = leaves(1_025);
    let chance = Chance::seeded(5);
    let mut both = Both::default();
    for size in 1..=leaves.len() {
        both.grow(size, &leaves);
        let count = size as u64;
        let index = u64::from_be_bytes(chance.bytes::<8>()) % count;
        both.agree_on_inclusion(index);
        both.agree_on_consistency(index + 1);
    }
}

#[test]
fn both_programs_agree_around_65536() {
    let leaves = leaves(65_540);
    let mut both = Both::default();
    for size in [65_535, 65_536, 65_537, 65_540] {
        both.grow(size, &leaves);
        let count = size as u64;
        for index in [0, 255, 256, 32_767, 65_279, 65_534, count - 1] {
            both.agree_on_inclusion(index);
            both.agree_on_consistency(index + 1);
        }
    }
    for tile in &both.tiles {
        let width = TILE_WIDTH as u32;
        let data = tlog_tiles::Tile::new(8, tile.level, tile.n, width, false).read_data(&both.stored);
        assert_eq!(
            data.expect("their tile"),
            tile.bytes(),
            "tile {}/{}",
            tile.level,
            tile.n
        );
    }
}

proptest! {
    #[test]
    fn both_programs_sign_and_read_the_same_notes(size in 0..=i64::MAX as u64, root: Hash, seed in 0_u64..99) {
        let (key, signer) = key(seed);
        let checkpoint = Checkpoint { origin: NAME.to_owned(), size, root };
        let text = checkpoint.to_string();
        let mut note = Note::new(text.as_bytes(), &[]).expect("their note");
        note.add_sigs(&[&signer]).expect("their signature");
        let signed = key.sign(&checkpoint);
        prop_assert_eq!(note.to_bytes(), signed.as_bytes());
        prop_assert!(they_accept(&signed, &key.vkey()));

        let read = tlog_tiles::Checkpoint::from_bytes(text.as_bytes()).expect("their checkpoint");
        prop_assert_eq!((read.origin(), read.size(), read.hash()), (NAME, size, &theirs(&root)));
        prop_assert_eq!(read.to_bytes(), text.as_bytes());
    }

    #[test]
    fn both_programs_refuse_the_same_changed_notes(at in 0.0..1.0, byte: u8) {
        let (key, _) = key(1);
        let checkpoint = Checkpoint { origin: NAME.to_owned(), size: 70_000, root: [7; 32] };
        let mut bytes = key.sign(&checkpoint).into_bytes();
        let at = (bytes.len() as f64 * at) as usize;
        bytes[at] = byte;
        if let Ok(note) = String::from_utf8(bytes) {
            prop_assert_eq!(key.vkey().open(&note).is_ok(), they_accept(&note, &key.vkey()), "{:?}", note);
        }
    }
}
