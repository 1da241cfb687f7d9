//! A leaf: what stays in the log forever. It holds no personal data, only digests of salted fields.
//!
//! Its bytes are RFC 8785 (JCS) form: keys sorted, ASCII only, no blanks. They are hashed as they are stored.

use serde::{Deserialize, Serialize};

use crate::checkpoint::Checkpoint;
use crate::disclosure;
use crate::kind::Kind;
use crate::time::Millis;

/// Version of the leaf's form.
const VERSION: u8 = 1;
/// Maximum size in bytes of a leaf: C2SP tlog-tiles gives an entry's length 16 bits.
const LONGEST: usize = 65_535;

/// Whether a text is a record id: 32 lower-case hexadecimal digits.
pub(crate) fn is_record(rec: &str) -> bool {
    rec.len() == 32 && rec.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Maximum length in characters of a kind or a reason.
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

/// An entry of the log, at most 65,535 bytes (C2SP tlog-tiles, "Log entries") of JSON in the form of RFC 8785: its
/// fields stand in the order of their keys. `sd` holds digests as SD-JWT has them (RFC 9901, 4.2.4.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// When it was recorded: RFC 3339, UTC, milliseconds.
    pub at: String,
    pub kind: String,
    /// Index of the earlier leaf that this one continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// The log's name; in entry 0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The closed log that this one replaces; in entry 0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior: Option<Prior>,
    /// Why that log was closed, in a word; in entry 0 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub rec: String,
    /// The verifier key that no longer signs; in rotations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retires: Option<String>,
    /// Digests of the fields' disclosures, sorted.
    pub sd: Vec<String>,
    pub v: u8,
    /// The verifier key that signs from here on; in entry 0 and in rotations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vkey: Option<String>,
}

/// The last checkpoint of a closed log (C2SP tlog-checkpoint), if it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    pub origin: String,
    /// Base64, as in a checkpoint.
    pub root: String,
    pub size: u64,
}

impl Prior {
    /// None if it is not a checkpoint.
    fn checkpoint(&self) -> Option<Checkpoint> {
        let Self { origin, root, size } = self;
        format!("{origin}\n{size}\n{root}\n").parse().ok()
    }
}

impl Leaf {
    /// Entry 0 of a log.
    pub fn genesis(at: Millis, rec: String, origin: &str, vkey: &str) -> Self {
        Self {
            origin: Some(origin.to_owned()),
            rec,
            vkey: Some(vkey.to_owned()),
            ..Self::bare(Kind::LogGenesis, at)
        }
    }

    /// The leaf that hands over from one key to another.
    pub fn rotation(at: Millis, rec: String, vkey: &str, retires: &str) -> Self {
        Self {
            rec,
            retires: Some(retires.to_owned()),
            vkey: Some(vkey.to_owned()),
            ..Self::bare(Kind::KeyRotated, at)
        }
    }

    pub(crate) fn bare(kind: Kind, at: Millis) -> Self {
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

    /// Whether it speaks of the log and its keys, as entry 0 and rotations do.
    pub fn is_of_log(&self) -> bool {
        let words = [&self.origin, &self.vkey, &self.retires, &self.reason];
        let kinds = [Kind::LogGenesis, Kind::KeyRotated];
        let said = self.prior.is_some() || words.into_iter().any(Option::is_some);
        said || kinds.iter().any(|kind| kind.name() == self.kind)
    }

    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = serde_json::to_vec(self)?;
        anyhow::ensure!(bytes.len() <= LONGEST, "a leaf has at most {LONGEST} bytes");
        Ok(bytes)
    }

    /// Reads a stored leaf; none if the bytes are not exactly what this program, or a later version of it, would have
    /// written. So there is no place for other text, whatever the kind.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let leaf: Self = serde_json::from_slice(bytes).ok()?;
        let sorted = leaf.sd.is_sorted_by(|left, right| left < right);
        let digests = sorted && leaf.sd.iter().all(|digest| disclosure::is_digest(digest));
        let words = is_kind(&leaf.kind) && leaf.reason.as_deref().is_none_or(is_word);
        let sound = leaf.v == VERSION && is_record(&leaf.rec) && leaf.recorded_at().is_some();
        (sound && digests && words && leaf.bytes().ok()? == bytes).then_some(leaf)
    }

    /// Whether it has as many digests as leaves of its kind have. A kind of a later version may have any number.
    pub fn has_its_fields(&self) -> bool {
        Kind::named(&self.kind).is_none_or(|kind| kind.can_have(self.sd.len()))
    }

    /// Whether what it continues is a record, and not entry 0, which only a log that was brought back as a whole names.
    pub fn continues_a_record(&self) -> bool {
        let kind = Kind::named(&self.kind);
        self.of != Some(0) || kind.is_none_or(|kind| kind == Kind::LogRecovered)
    }

    /// Whether it commits to that disclosure.
    pub fn commits_to(&self, disclosure: &str) -> bool {
        self.sd.binary_search(&disclosure::digest(disclosure)).is_ok()
    }

    /// Whether it names the log before with its last checkpoint and the reason why it was closed, or none of these.
    pub fn names_prior_whole(&self) -> bool {
        match (&self.prior, &self.reason) {
            (Some(prior), Some(_)) => prior.checkpoint().is_some(),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// The instant of `at`; none if it is not in exactly the written form.
    pub fn recorded_at(&self) -> Option<Millis> {
        let at = Millis::from(self.at.parse::<jiff::Timestamp>().ok()?);
        (at.rfc3339() == self.at).then_some(at)
    }
}

/// The index of the leaf that a stored leaf continues. Only looks for the member `of`, because this is done for whole
/// logs.
pub fn continues(leaf: &[u8]) -> Option<u64> {
    const OF: &[u8] = b"\"of\":";
    let at = leaf.windows(OF.len()).position(|bytes| bytes == OF)?;
    let digits = leaf[at + OF.len()..].iter().take_while(|byte| byte.is_ascii_digit());
    String::from_utf8(digits.copied().collect()).ok()?.parse().ok()
}

/// When a leaf was recorded; none if the bytes are not a leaf.
pub fn recorded_at(leaf: &[u8]) -> Option<Millis> {
    Leaf::parse(leaf)?.recorded_at()
}

#[cfg(test)]
mod tests;
