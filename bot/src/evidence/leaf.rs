//! A leaf: what goes into the log for ever. It holds no personal data, only digests of salted fields.
//!
//! Its bytes are RFC 8785 (JCS) form: keys sorted, ASCII only, no blanks. They are hashed as they are stored.

use serde::{Deserialize, Serialize};

use super::disclosure::{self, Disclosure};
use super::kind::Kind;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::ids::RecordId;

/// Version of the leaf's form.
const VERSION: u8 = 1;
/// Most bytes of a leaf: C2SP tlog-tiles gives an entry's length 16 bits.
const LONGEST: usize = 65_535;

/// A leaf that a use case leaves behind.
#[derive(Clone, Debug)]
pub struct NewLeaf {
    pub kind: Kind,
    pub rec: RecordId,
    /// The record of an earlier leaf that this one continues.
    pub of: Option<RecordId>,
    /// One value for each of the kind's [fields](Kind::fields), in their order.
    pub values: Vec<String>,
}

/// Why a leaf cannot enter the log. Says nothing of its values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    #[error("a leaf {kind} has {expected} fields, not {found}")]
    Fields {
        kind: &'static str,
        expected: usize,
        found: usize,
    },
    #[error("a record id is 32 lower-case hexadecimal digits")]
    Record,
    #[error("a leaf {0} is written by the log itself")]
    Reserved(&'static str),
}

impl NewLeaf {
    /// # Errors
    /// When the number of values or the record id is wrong, or the kind is not for use cases.
    pub fn check(&self) -> Result<(), LeafError> {
        let (expected, found) = (self.kind.fields().len(), self.values.len());
        let kind = self.kind.name();
        if self.kind == Kind::LogGenesis {
            return Err(LeafError::Reserved(kind));
        }
        if expected != found {
            return Err(LeafError::Fields { kind, expected, found });
        }
        if is_record(self.rec.as_str()) {
            Ok(())
        } else {
            Err(LeafError::Record)
        }
    }

    /// The leaf, and the disclosures of its digests. `of` is the index of the leaf that this one continues.
    pub(super) fn seal(&self, at: Millis, of: Option<u64>, chance: &Chance) -> (Leaf, Vec<Disclosure>) {
        let fields = self.kind.fields().iter().zip(&self.values);
        let disclosures: Vec<_> = fields
            .map(|(name, value)| Disclosure::new(chance, name, value))
            .collect();
        let mut sd: Vec<String> = disclosures
            .iter()
            .map(|field| disclosure::digest(&field.text))
            .collect();
        sd.sort_unstable();
        let leaf = Leaf {
            at: at.rfc3339(),
            kind: self.kind.name().to_owned(),
            of,
            origin: None,
            rec: self.rec.as_str().to_owned(),
            sd,
            v: VERSION,
            vkey: None,
        };
        (leaf, disclosures)
    }
}

/// Whether a text is a record id: 32 lower-case hexadecimal digits.
pub(super) fn is_record(rec: &str) -> bool {
    rec.len() == 32 && rec.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The fields stand in the order of their keys, which is the order of RFC 8785.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leaf {
    /// When it was recorded: RFC 3339, UTC, milliseconds.
    pub at: String,
    pub kind: String,
    /// Index of the earlier leaf that this one continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// The log's name; in entry 0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    pub rec: String,
    /// Digests of the fields' disclosures, sorted.
    pub sd: Vec<String>,
    pub v: u8,
    /// The log's verifier key; in entry 0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vkey: Option<String>,
}

impl Leaf {
    /// Entry 0 of a log.
    pub(super) fn genesis(at: Millis, rec: String, origin: &str, vkey: &str) -> Self {
        Self {
            at: at.rfc3339(),
            kind: Kind::LogGenesis.name().to_owned(),
            of: None,
            origin: Some(origin.to_owned()),
            rec,
            sd: Vec::new(),
            v: VERSION,
            vkey: Some(vkey.to_owned()),
        }
    }

    pub(super) fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = serde_json::to_vec(self)?;
        anyhow::ensure!(bytes.len() <= LONGEST, "a leaf has at most {LONGEST} bytes");
        Ok(bytes)
    }

    /// Reads a stored leaf; none when the bytes are not exactly what this program would have written.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let leaf: Self = serde_json::from_slice(bytes).ok()?;
        let sorted = leaf.sd.is_sorted_by(|left, right| left < right);
        let sound = leaf.v == VERSION && sorted && is_record(&leaf.rec) && leaf.recorded_at().is_some();
        (sound && leaf.bytes().ok()? == bytes).then_some(leaf)
    }

    /// The instant of `at`; none when it is not in exactly the written form.
    pub(super) fn recorded_at(&self) -> Option<Millis> {
        let at = Millis::from(self.at.parse::<jiff::Timestamp>().ok()?);
        (at.rfc3339() == self.at).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn leaf(kind: Kind, values: Vec<String>) -> NewLeaf {
        NewLeaf {
            kind,
            rec: RecordId::new("0123456789abcdef0123456789abcdef"),
            of: None,
            values,
        }
    }

    #[test]
    fn the_bytes_are_these() {
        let new = leaf(Kind::CycleMissed, vec!["no answer".to_owned()]);
        let (sealed, fields) = new.seal(Millis(1_795_335_330_123), Some(7), &Chance::seeded(1));
        let bytes = String::from_utf8(sealed.bytes().expect("a short leaf")).expect("ASCII");
        let digest = disclosure::digest(&fields[0].text);
        assert_eq!(
            bytes,
            format!(
                r#"{{"at":"2026-11-22T08:15:30.123Z","kind":"cycle.missed","of":7,"rec":"0123456789abcdef0123456789abcdef","sd":["{digest}"],"v":1}}"#
            )
        );
        let genesis = Leaf::genesis(Millis(0), "0".repeat(32), "example.org/log", "example.org/log+00+A");
        assert_eq!(
            String::from_utf8(genesis.bytes().expect("a short leaf")).expect("ASCII"),
            r#"{"at":"1970-01-01T00:00:00.000Z","kind":"log.genesis","origin":"example.org/log","rec":"00000000000000000000000000000000","sd":[],"v":1,"vkey":"example.org/log+00+A"}"#
        );
    }

    #[test]
    fn only_the_written_form_reads_back() {
        let new = leaf(Kind::OutageEnded, vec!["1".to_owned(), "2".to_owned()]);
        let (sealed, _) = new.seal(Millis(5), None, &Chance::seeded(1));
        let bytes = sealed.bytes().expect("a short leaf");
        assert_eq!(Leaf::parse(&bytes), Some(sealed.clone()));
        let text = String::from_utf8(bytes).expect("ASCII");
        for wrong in [
            text.replace(",\"v\":1", ",\"v\":2"),
            text.replace(",\"v\"", ", \"v\""),
            text.replace("{\"at\"", "{\"a\":1,\"at\""),
            text.replace(".005Z", "Z"),
            text.replace(".005Z", ".005+00:00"),
            text.replace("0123456789abcdef0", "0123456789ABCDEF0"),
            text.replace(&sealed.sd[0], &sealed.sd[1]),
        ] {
            assert_eq!(Leaf::parse(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn a_wrong_number_of_values_is_refused() {
        let error = leaf(Kind::OutageEnded, vec!["1".to_owned()]).check();
        assert_eq!(
            error.expect_err("two fields").to_string(),
            "a leaf outage.ended has 2 fields, not 1"
        );
        let mut wrong = leaf(Kind::LogHeartbeat, Vec::new());
        wrong.rec = RecordId::new("0123456789ABCDEF0123456789ABCDEF");
        assert_eq!(wrong.check(), Err(LeafError::Record));
        assert_eq!(
            leaf(Kind::LogGenesis, Vec::new()).check(),
            Err(LeafError::Reserved("log.genesis"))
        );
    }

    proptest! {
        #[test]
        fn no_leaf_carries_a_value(
            kind in proptest::sample::select(&Kind::ALL[1..]),
            values in proptest::collection::vec("[0-9]{12,19}|[A-Za-zäß ]{9,30}", 11),
            at in 0_i64..4_102_444_800_000,
            seed: u64,
        ) {
            let values = values[..kind.fields().len()].to_vec();
            let new = leaf(kind, values.clone());
            prop_assert_eq!(new.check(), Ok(()));
            let (sealed, disclosures) = new.seal(Millis(at), Some(3), &Chance::seeded(seed));
            let bytes = sealed.bytes().expect("a short leaf");
            let text = String::from_utf8(bytes.clone()).expect("ASCII");
            for (value, disclosure) in values.iter().zip(&disclosures) {
                prop_assert!(!text.contains(value.as_str()));
                prop_assert!(!text.contains(&disclosure.text));
                prop_assert!(sealed.sd.contains(&disclosure::digest(&disclosure.text)));
            }
            prop_assert_eq!(sealed.sd.len(), kind.fields().len());

            // RFC 8785 for ASCII keys, strings and small integers: sorted keys, no blanks.
            let sorted: BTreeMap<String, serde_json::Value> = serde_json::from_slice(&bytes).expect("JSON");
            prop_assert_eq!(serde_json::to_vec(&sorted).expect("JSON"), bytes);
            prop_assert!(text.is_ascii());
        }
    }
}
