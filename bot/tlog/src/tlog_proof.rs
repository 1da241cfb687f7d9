//! A receipt: the proof that one leaf is in the log, in the form of C2SP tlog-proof@v1. Valid without any database.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::checkpoint::{Checkpoint, CheckpointError, number};
use crate::hash_lines;
use crate::note::Vkey;
use crate::proof::proves_inclusion;
use crate::tree::Hash;

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1\n";
/// Maximum size in bytes of a proof that is looked at.
const LONGEST: usize = 1 << 20;

/// An inclusion proof in the form of C2SP tlog-proof@v1: where a leaf is, at most 63 hashes that lead from it to the
/// root, and the signed checkpoint of that root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// Index of the leaf, from 0.
    pub index: u64,
    /// What an application wants to say besides. Nothing signs it.
    pub extra: Option<Vec<u8>>,
    /// The inclusion proof (RFC 6962 2.1.1), from the leaf's sibling up.
    pub hashes: Vec<Hash>,
    /// The checkpoint, a signed note, as it was signed.
    pub checkpoint: String,
}

/// Why a text is not a proof (C2SP tlog-proof), or proves nothing (RFC 9162, 2.1.3.2).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    #[error("is longer than {LONGEST} bytes")]
    TooLong,
    #[error("does not begin with the line c2sp.org/tlog-proof@v1")]
    Header,
    #[error("has an extra line that is no base64")]
    Extra,
    #[error("lacks the line `index N`")]
    Index,
    #[error("has lines that are no proof: at most 63 hashes in base64, then a blank line, then a checkpoint")]
    Hashes,
    #[error("holds a checkpoint that {0}")]
    Checkpoint(#[from] CheckpointError),
    #[error("does not lead from the leaf to the root of the checkpoint")]
    Wrong,
}

impl TlogProof {
    /// The proof as a file holds it.
    pub fn text(&self) -> String {
        let extra = self.extra.as_ref().map_or_else(String::new, |extra| {
            let encoded = BASE64.encode(extra);
            format!("extra {encoded}\n")
        });
        let (index, hashes, checkpoint) = (self.index, hash_lines::text(&self.hashes), &self.checkpoint);
        format!("{HEADER}{extra}index {index}\n{hashes}\n{checkpoint}")
    }

    /// Reads a proof. What reads is written the same by [text](Self::text); whether it proves anything is not said.
    ///
    /// # Errors
    /// When the text is not of this form.
    pub fn parse(text: &str) -> Result<Self, TlogProofError> {
        if text.len() > LONGEST {
            return Err(TlogProofError::TooLong);
        }
        let rest = text.strip_prefix(HEADER).ok_or(TlogProofError::Header)?;
        let (extra, rest) = match rest.strip_prefix("extra ") {
            Some(rest) => {
                let (encoded, rest) = rest.split_once('\n').ok_or(TlogProofError::Extra)?;
                let extra = BASE64.decode(encoded).map_err(|_| TlogProofError::Extra)?;
                (Some(extra), rest)
            }
            None => (None, rest),
        };
        let line = rest.strip_prefix("index ").and_then(|rest| rest.split_once('\n'));
        let (index, rest) = line.ok_or(TlogProofError::Index)?;
        let index = number(index).ok_or(TlogProofError::Index)?;
        let (hashes, checkpoint) = hash_lines::read(rest).ok_or(TlogProofError::Hashes)?;
        Ok(Self {
            index,
            extra,
            hashes,
            checkpoint: checkpoint.to_owned(),
        })
    }

    /// Whether the hashes lead from the leaf to the checkpoint's root. Nothing of the checkpoint is checked.
    pub fn proves(&self, leaf: &Hash, checkpoint: &Checkpoint) -> bool {
        proves_inclusion(self.index, checkpoint.size, leaf, &self.hashes, &checkpoint.root)
    }

    /// Checks the whole proof: the key has signed the checkpoint, and the leaf is in its tree.
    ///
    /// # Errors
    /// When either is not true.
    pub fn verify(&self, leaf: &Hash, vkey: &Vkey) -> Result<Checkpoint, TlogProofError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, vkey)?;
        if self.proves(leaf, &checkpoint) {
            Ok(checkpoint)
        } else {
            Err(TlogProofError::Wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::key::Key;
    use crate::note::NoteError;
    use crate::proof::{Tiles, inclusion};
    use crate::random::tests::Chance;
    use crate::tree::tests::leaves;
    use crate::tree::{Edge, root_of};

    const NAME: &str = "example.org/log";

    fn signed(count: u64) -> (TlogProof, Vec<Hash>, Vkey) {
        let key = Key::draw(NAME, &Chance::seeded(1));
        let leaves = leaves(count);
        let mut edge = Edge::default();
        for leaf in &leaves {
            edge.push(*leaf);
        }
        let tiles = Tiles {
            edge: &edge,
            full: std::collections::BTreeMap::new(),
        };
        let proof = TlogProof {
            index: 2,
            extra: None,
            hashes: tiles
                .proof(&inclusion(2, count).expect("inside"))
                .expect("a small tree"),
            checkpoint: key.sign(&Checkpoint::of(NAME, &edge)),
        };
        (proof, leaves, key.vkey())
    }

    #[test]
    fn a_receipt_holds_for_its_leaf_alone() {
        let (proof, leaves, vkey) = signed(5);
        let root = root_of(&leaves);
        let read = TlogProof::parse(&proof.text()).expect("the written form");
        assert_eq!(read, proof);
        let checkpoint = read.verify(&leaves[2], &vkey).expect("the leaf is there");
        assert_eq!((checkpoint.size, checkpoint.root), (5, root));
        assert_eq!(read.verify(&leaves[3], &vkey), Err(TlogProofError::Wrong));
        let (_, _, other) = {
            let (proof, leaves, _) = signed(3);
            let key = Key::draw(NAME, &Chance::seeded(2));
            (proof, leaves, key.vkey())
        };
        let unsigned = CheckpointError::Note(NoteError::NotSigned);
        assert_eq!(
            read.verify(&leaves[2], &other),
            Err(TlogProofError::Checkpoint(unsigned))
        );
    }

    #[test]
    fn the_form_is_this() {
        let proof = TlogProof {
            index: 0,
            extra: Some(vec![1, 2, 3]),
            hashes: vec![[0; 32]],
            checkpoint: "a\n\n\u{2014} a AAAA\n".to_owned(),
        };
        assert_eq!(
            proof.text(),
            "c2sp.org/tlog-proof@v1\nextra AQID\nindex 0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\na\n\n\u{2014} a AAAA\n"
        );
    }

    #[test]
    fn anything_else_is_refused() {
        let (proof, ..) = signed(5);
        let good = proof.text();
        for (wrong, reason) in [
            (good.replace("@v1", "@v2"), TlogProofError::Header),
            (good.replace("index 2", "index 02"), TlogProofError::Index),
            (good.replace("index 2", "at 2"), TlogProofError::Index),
            (good.replace("index", "extra ?\nindex"), TlogProofError::Extra),
            (good.replace("=\n\n", "=\n"), TlogProofError::Hashes),
            (
                good.replace("index 2\n", &format!("index 2\n{}", hash_lines::text(&[[0; 32]; 64]))),
                TlogProofError::Hashes,
            ),
            (format!("{HEADER}{}", "x".repeat(LONGEST)), TlogProofError::TooLong),
        ] {
            assert_eq!(TlogProof::parse(&wrong), Err(reason), "{wrong:.200}");
        }
    }

    proptest! {
        #[test]
        fn what_reads_is_written_the_same(text in "(c2sp.org/tlog-proof@v1\n)?(extra [A-Za-z=]{0,4}\n)?(index [0-9]{1,3}\n)?([A-P]{42}[AQgw]=\n){0,2}\n?(\\PC{0,9}\n){0,3}") {
            if let Ok(proof) = TlogProof::parse(&text) {
                prop_assert_eq!(proof.text(), text);
            }
        }
    }
}
