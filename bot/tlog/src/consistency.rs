//! The proof that a later checkpoint continues an earlier one, in the form in which a witness takes it: the body of
//! `add-checkpoint` of C2SP tlog-witness. A file of it can be sent to a witness as it is.

use crate::checkpoint::{Checkpoint, number};
use crate::hash_lines;
use crate::proof::proves_consistency;
use crate::tree::Hash;

/// Maximum size in bytes of a proof that is looked at.
const LONGEST: usize = 1 << 20;

/// A consistency proof (RFC 9162, 2.1.4) as C2SP tlog-witness takes it, "add-checkpoint": the line `old N`, at most 63
/// hashes in base64, one a line, an empty line, and the later checkpoint, a signed note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consistency {
    /// Leaves of the earlier tree.
    pub old: u64,
    /// The consistency proof (RFC 6962 2.1.2).
    pub hashes: Vec<Hash>,
    /// The later checkpoint, a signed note, as it was signed.
    pub checkpoint: String,
}

/// Why a text is not a consistency proof (C2SP tlog-witness, "add-checkpoint").
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsistencyError {
    #[error("is longer than {LONGEST} bytes")]
    TooLong,
    #[error("does not begin with a line `old N`")]
    Old,
    #[error("has lines that are no proof: at most 63 hashes in base64, then a blank line, then a checkpoint")]
    Hashes,
}

impl Consistency {
    /// The proof as a file holds it and a witness takes it.
    pub fn text(&self) -> String {
        let (old, hashes, checkpoint) = (self.old, hash_lines::text(&self.hashes), &self.checkpoint);
        format!("old {old}\n{hashes}\n{checkpoint}")
    }

    /// Reads a proof. What reads is written the same by [text](Self::text); whether it proves anything is not said.
    ///
    /// # Errors
    /// When the text is not of this form.
    pub fn parse(text: &str) -> Result<Self, ConsistencyError> {
        if text.len() > LONGEST {
            return Err(ConsistencyError::TooLong);
        }
        let line = text.strip_prefix("old ").and_then(|rest| rest.split_once('\n'));
        let (old, rest) = line.ok_or(ConsistencyError::Old)?;
        let old = number(old).ok_or(ConsistencyError::Old)?;
        let (hashes, checkpoint) = hash_lines::read(rest).ok_or(ConsistencyError::Hashes)?;
        Ok(Self {
            old,
            hashes,
            checkpoint: checkpoint.to_owned(),
        })
    }

    /// Whether the hashes show that `new` continues `old`. Only size and root of both are looked at.
    pub fn proves(&self, old: &Checkpoint, new: &Checkpoint) -> bool {
        self.old == old.size && proves_consistency((old.size, &old.root), (new.size, &new.root), &self.hashes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::proof::{Tiles, consistency};
    use crate::tree::tests::leaves;
    use crate::tree::{Edge, root_of};

    fn checkpoint(size: usize) -> Checkpoint {
        Checkpoint {
            origin: "example.org/log".to_owned(),
            size: size as u64,
            root: root_of(&leaves(size as u64)),
        }
    }

    fn grown(old: u64, new: u64) -> Consistency {
        let mut edge = Edge::default();
        for leaf in leaves(new) {
            edge.push(leaf);
        }
        let full = std::collections::BTreeMap::new();
        let tiles = Tiles { edge: &edge, full };
        Consistency {
            old,
            hashes: tiles
                .proof(&consistency(old, new).expect("in order"))
                .expect("a small tree"),
            checkpoint: "the note\n".to_owned(),
        }
    }

    #[test]
    fn a_proof_holds_for_its_two_trees_alone() {
        let proof = Consistency::parse(&grown(3, 7).text()).expect("the written form");
        assert!(proof.proves(&checkpoint(3), &checkpoint(7)));
        for (old, new) in [(2, 7), (3, 6), (3, 8), (7, 7), (7, 3)] {
            assert!(!proof.proves(&checkpoint(old), &checkpoint(new)), "{old} to {new}");
        }
        assert!(grown(0, 7).proves(&checkpoint(0), &checkpoint(7)));
    }

    #[test]
    fn the_form_is_this() {
        let proof = Consistency {
            old: 8,
            hashes: vec![[0; 32]],
            checkpoint: "a\n9\n".to_owned(),
        };
        assert_eq!(
            proof.text(),
            "old 8\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\na\n9\n"
        );
        for (wrong, reason) in [
            ("", ConsistencyError::Old),
            ("old 08\n\na\n", ConsistencyError::Old),
            ("old 8", ConsistencyError::Old),
            ("old 8\nAAAA\n\na\n", ConsistencyError::Hashes),
            ("old 8\n", ConsistencyError::Hashes),
        ] {
            assert_eq!(Consistency::parse(wrong), Err(reason), "{wrong:?}");
        }
        assert_eq!(
            Consistency::parse(&" ".repeat(LONGEST + 1)),
            Err(ConsistencyError::TooLong)
        );
    }

    proptest! {
        #[test]
        fn what_reads_is_written_the_same(text in "(old [0-9]{1,3}\n)?([A-P]{42}[AQgw]=\n){0,2}\n?(\\PC{0,9}\n){0,3}") {
            if let Ok(proof) = Consistency::parse(&text) {
                prop_assert_eq!(proof.text(), text);
            }
        }
    }
}
