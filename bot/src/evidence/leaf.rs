//! A leaf: what goes into the log for ever. It holds no personal data, only digests of salted fields.
//!
//! Its bytes are RFC 8785 (JCS) form: keys sorted, ASCII only, no blanks. They are hashed as they are stored.

use serde::{Deserialize, Serialize};

use super::checkpoint::Checkpoint;
use super::disclosure::{self, Disclosure};
use super::kind::{Kind, Statement};
use super::padding;
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
    pub rec: RecordId,
    /// The record of an earlier leaf that this one continues.
    pub of: Option<RecordId>,
    pub(crate) statement: Statement,
}

/// Why a leaf cannot enter the log. Says nothing of its values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    #[error("a record id is 32 lower-case hexadecimal digits")]
    Record,
    #[error("a leaf {0} is written by the log itself")]
    Reserved(&'static str),
}

impl NewLeaf {
    /// A leaf with this record, that states one of the [kinds of fields](super::fields).
    pub fn new(rec: RecordId, statement: impl Into<Statement>) -> Self {
        Self {
            rec,
            of: None,
            statement: statement.into(),
        }
    }

    /// The same with a record of its own.
    pub fn fresh(chance: &Chance, statement: impl Into<Statement>) -> Self {
        Self::new(RecordId::new(chance.id()), statement)
    }

    /// The same, continuing the leaf with that record.
    #[must_use]
    pub fn continuing(self, of: RecordId) -> Self {
        Self { of: Some(of), ..self }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.statement.kind
    }

    /// # Errors
    /// When the record id is wrong, or the kind is not for use cases.
    pub fn check(&self) -> Result<(), LeafError> {
        if matches!(self.kind(), Kind::LogGenesis | Kind::KeyRotated) {
            return Err(LeafError::Reserved(self.kind().name()));
        }
        if is_record(self.rec.as_str()) {
            Ok(())
        } else {
            Err(LeafError::Record)
        }
    }

    /// The leaf, and the disclosures of its digests. `of` is the index of the leaf that this one continues.
    pub(super) fn seal(&self, at: Millis, of: Option<u64>, chance: &Chance) -> (Leaf, Vec<Disclosure>) {
        let Statement { kind, values } = &self.statement;
        let (values, records) = values.split_at(kind.fields().len());
        let fields = kind.fields().iter().zip(values);
        let mut disclosures: Vec<_> = fields
            .map(|(name, value)| Disclosure::new(chance, name, value))
            .collect();
        let mut chaff = Vec::new();
        if *kind == Kind::RecordsErased {
            chaff = padding::add(chance, &mut disclosures, records);
        }
        let sd = padding::digests(&disclosures, chaff);
        let leaf = Leaf {
            of,
            rec: self.rec.as_str().to_owned(),
            sd,
            ..Leaf::bare(*kind, at)
        };
        (leaf, disclosures)
    }
}

/// Whether a text is a record id: 32 lower-case hexadecimal digits.
pub(super) fn is_record(rec: &str) -> bool {
    rec.len() == 32 && rec.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Most characters of a kind or a reason.
const LONGEST_WORD: usize = 64;

/// Whether a text is a word of the log, such as a reason: letters from a to z, with single hyphens between.
fn is_word(text: &str) -> bool {
    let letters = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    text.len() <= LONGEST_WORD && text.split('-').all(letters)
}

/// Whether a text can be a kind, of this version or a later one: two words with a point between. So no id of Discord is
/// one.
fn is_kind(text: &str) -> bool {
    let words = text.split_once('.');
    text.len() <= LONGEST_WORD && words.is_some_and(|(one, other)| is_word(one) && is_word(other))
}

/// The fields stand in the order of their keys, which is the order of RFC 8785.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Leaf {
    /// When it was recorded: RFC 3339, UTC, milliseconds.
    pub at: String,
    pub kind: String,
    /// Index of the earlier leaf that this one continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// The log's name; in entry 0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The closed log that this one takes the place of; in entry 0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior: Option<Prior>,
    /// Why that log was closed, in a word; in entry 0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub rec: String,
    /// The verifier key that signs no more; in rotations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retires: Option<String>,
    /// Digests of the fields' disclosures, sorted.
    pub sd: Vec<String>,
    pub v: u8,
    /// The verifier key that signs from here on; in entry 0 and in rotations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vkey: Option<String>,
}

/// The last checkpoint of a closed log, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prior {
    pub origin: String,
    /// Base64, as in a checkpoint.
    pub root: String,
    pub size: u64,
}

impl Prior {
    /// None when it is no checkpoint.
    fn checkpoint(&self) -> Option<Checkpoint> {
        let Self { origin, root, size } = self;
        format!("{origin}\n{size}\n{root}\n").parse().ok()
    }
}

impl Leaf {
    /// Entry 0 of a log.
    pub(super) fn genesis(at: Millis, rec: String, origin: &str, vkey: &str) -> Self {
        Self {
            origin: Some(origin.to_owned()),
            rec,
            vkey: Some(vkey.to_owned()),
            ..Self::bare(Kind::LogGenesis, at)
        }
    }

    /// The leaf that hands over from one key to another.
    pub(super) fn rotation(at: Millis, rec: String, vkey: &str, retires: &str) -> Self {
        Self {
            rec,
            retires: Some(retires.to_owned()),
            vkey: Some(vkey.to_owned()),
            ..Self::bare(Kind::KeyRotated, at)
        }
    }

    fn bare(kind: Kind, at: Millis) -> Self {
        Self {
            at: at.rfc3339(),
            kind: kind.name().to_owned(),
            of: None,
            origin: None,
            prior: None,
            reason: None,
            rec: String::new(),
            retires: None,
            sd: Vec::new(),
            v: VERSION,
            vkey: None,
        }
    }

    /// Whether it has what only entry 0 and rotations have.
    pub(super) fn speaks_of_log(&self) -> bool {
        let words = [&self.origin, &self.vkey, &self.retires, &self.reason];
        self.prior.is_some() || words.into_iter().any(Option::is_some)
    }

    pub(super) fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = serde_json::to_vec(self)?;
        anyhow::ensure!(bytes.len() <= LONGEST, "a leaf has at most {LONGEST} bytes");
        Ok(bytes)
    }

    /// Reads a stored leaf; none when the bytes are not exactly what this program, or a later version of it, would have
    /// written. So there is no place for a text, whatever the kind.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let leaf: Self = serde_json::from_slice(bytes).ok()?;
        let sorted = leaf.sd.is_sorted_by(|left, right| left < right);
        let digests = sorted && leaf.sd.iter().all(|digest| disclosure::is_digest(digest));
        let words = is_kind(&leaf.kind) && leaf.reason.as_deref().is_none_or(is_word);
        let sound = leaf.v == VERSION && is_record(&leaf.rec) && leaf.recorded_at().is_some();
        (sound && digests && words && leaf.bytes().ok()? == bytes).then_some(leaf)
    }

    /// Whether it has as many digests as leaves of its kind have. A kind of a later version may have any number.
    pub(super) fn has_its_fields(&self) -> bool {
        Kind::named(&self.kind).is_none_or(|kind| kind.can_have(self.sd.len()))
    }

    /// Whether what it continues is a record, and not entry 0, which only a log that was brought back as a whole names.
    pub(super) fn continues_a_record(&self) -> bool {
        let kind = Kind::named(&self.kind);
        self.of != Some(0) || kind.is_none_or(|kind| kind == Kind::LogRecovered)
    }

    /// Whether it commits to that disclosure.
    pub(crate) fn commits_to(&self, disclosure: &str) -> bool {
        self.sd.binary_search(&disclosure::digest(disclosure)).is_ok()
    }

    /// Whether it names the log before with its last checkpoint and why that was closed, or nothing of it.
    pub(super) fn names_prior_whole(&self) -> bool {
        match (&self.prior, &self.reason) {
            (Some(prior), Some(_)) => prior.checkpoint().is_some(),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// The instant of `at`; none when it is not in exactly the written form.
    pub(crate) fn recorded_at(&self) -> Option<Millis> {
        let at = Millis::from(self.at.parse::<jiff::Timestamp>().ok()?);
        (at.rfc3339() == self.at).then_some(at)
    }
}

#[cfg(test)]
mod tests;
