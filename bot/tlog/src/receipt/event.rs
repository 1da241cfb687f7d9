//! The proof that an event is one of those whose root a leaf commits to: one text file beside a receipt's.
//!
//! The root is that of an RFC 6962 tree over the events' bytes; the leaf discloses it in its field `root`.

use super::Checked;
use crate::hash_lines;
use crate::proof::proves_inclusion;
use crate::tree::{Hash, leaf_hash};

/// Name of the file behind the index.
pub const EVENT: &str = "event";
/// The first line.
const HEADER: &str = "bellwether.event-proof@v1\n";
/// Maximum size in bytes of a proof that is looked at.
const LONGEST: usize = 1 << 16;
/// The leaf's field that holds the root, in hexadecimal.
const ROOT: &str = "root";

/// An event, and the hashes that lead from it to the root (RFC 9162, 2.1.3). A file of this program's own form, at most
/// 64 KiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventProof {
    /// The bytes that are hashed: one line of JSON.
    pub event: String,
    /// Where it is among the leaves, from 0.
    pub index: u64,
    /// Number of leaves.
    pub size: u64,
    /// From the leaf's sibling up.
    pub hashes: Vec<Hash>,
}

/// Why a proof of an event proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    #[error("the file of the event is not of the form that this program writes")]
    Form,
    #[error("the leaf does not disclose the root of any events")]
    NoRoot,
    #[error("the event is not one of those that the leaf commits to")]
    Wrong,
}

impl EventProof {
    /// The proof as a file holds it.
    pub fn text(&self) -> String {
        let hashes = hash_lines::text(&self.hashes);
        let Self { event, index, size, .. } = self;
        format!("{HEADER}event {event}\nindex {index} of {size}\n{hashes}\n")
    }

    /// Reads a proof. What reads is written the same by [text](Self::text).
    ///
    /// # Errors
    /// When the text is not of this form.
    pub fn parse(text: &str) -> Result<Self, EventError> {
        Self::read(text)
            .filter(|read| text.len() <= LONGEST && read.text() == text)
            .ok_or(EventError::Form)
    }

    fn read(text: &str) -> Option<Self> {
        let (event, rest) = text.strip_prefix(HEADER)?.strip_prefix("event ")?.split_once('\n')?;
        let (place, rest) = rest.strip_prefix("index ")?.split_once('\n')?;
        let (index, size) = place.split_once(" of ")?;
        let (hashes, end) = hash_lines::read(rest)?;
        end.is_empty().then_some(Self {
            event: event.to_owned(),
            index: index.parse().ok()?,
            size: size.parse().ok()?,
            hashes,
        })
    }

    /// Whether the hashes lead from the event to that root.
    pub fn proves(&self, root: &Hash) -> bool {
        proves_inclusion(
            self.index,
            self.size,
            &leaf_hash(self.event.as_bytes()),
            &self.hashes,
            root,
        )
    }
}

/// Checks that the event is one of those that a receipt's leaf commits to.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_event(checked: &Checked, text: &str) -> Result<EventProof, EventError> {
    let proof = EventProof::parse(text)?;
    let disclosed = checked.fields.iter().find(|(name, _)| name == ROOT);
    let root = disclosed.and_then(|(_, value)| hex::decode(value).ok()?.try_into().ok());
    let root: Hash = root.ok_or(EventError::NoRoot)?;
    if proof.proves(&root) {
        Ok(proof)
    } else {
        Err(EventError::Wrong)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::checkpoint::Checkpoint;
    use crate::tree::{Edge, node_hash};

    fn proof() -> (EventProof, Hash) {
        let event = r#"{"kind":"report"}"#.to_owned();
        let root = node_hash(&[5; 32], &leaf_hash(event.as_bytes()));
        let proof = EventProof {
            event,
            index: 1,
            size: 2,
            hashes: vec![[5; 32]],
        };
        (proof, root)
    }

    fn disclosing(fields: &[(&str, String)]) -> Checked {
        let own = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
        Checked {
            index: 0,
            checkpoint: Checkpoint::of("example.org/log", &Edge::default()),
            witnessed: true,
            kind: "concerns.digest".to_owned(),
            at: String::new(),
            record: String::new(),
            of: None,
            fields: fields.iter().map(own).collect(),
            hidden: 0,
        }
    }

    #[test]
    fn the_form_is_this() {
        let (proof, _) = proof();
        let text = proof.text();
        assert_eq!(
            text,
            "bellwether.event-proof@v1\nevent {\"kind\":\"report\"}\nindex 1 of 2\n\
             BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU=\n\n"
        );
        assert_eq!(EventProof::parse(&text), Ok(proof));
        for wrong in [
            text.replace("@v1", "@v2"),
            text.replace("index 1", "index 01"),
            text.replace(" of ", " "),
            text.replace("=\n\n", "=\n"),
            format!("{text}more"),
        ] {
            assert_eq!(EventProof::parse(&wrong), Err(EventError::Form), "{wrong}");
        }
    }

    #[test]
    fn an_event_holds_under_the_disclosed_root_alone() {
        let (proof, root) = proof();
        let good = disclosing(&[("day", "2026-11-22".to_owned()), ("root", hex::encode(root))]);
        assert_eq!(check_event(&good, &proof.text()), Ok(proof.clone()));
        let other = disclosing(&[("root", hex::encode([9; 32]))]);
        assert_eq!(check_event(&other, &proof.text()), Err(EventError::Wrong));
        let changed = proof.text().replace("report", "nothing");
        assert_eq!(check_event(&good, &changed), Err(EventError::Wrong));
        for none in [disclosing(&[]), disclosing(&[("root", "ab".to_owned())])] {
            assert_eq!(check_event(&none, &proof.text()), Err(EventError::NoRoot));
        }
    }

    proptest! {
        #[test]
        fn what_reads_is_written_the_same(text in "(bellwether.event-proof@v1\n)?(event \\PC{0,9}\n)?(index [0-9]{1,2} of [0-9]{1,2}\n)?([A-P]{42}[AQgw]=\n){0,2}\n?") {
            if let Ok(proof) = EventProof::parse(&text) {
                prop_assert_eq!(proof.text(), text);
            }
        }
    }
}
