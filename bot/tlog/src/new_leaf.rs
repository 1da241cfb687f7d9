//! A leaf as a use case leaves it behind, and how it becomes an entry of the log.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::disclosure::Disclosure;
use crate::kind::{Kind, Statement};
use crate::leaf::{Leaf, is_record};
use crate::padding;
use crate::random::Random;
use crate::time::Millis;

/// A record of the log: 32 lower-case hexadecimal digits, 128 random bits, of no meaning outside the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(String);

impl RecordId {
    /// Any text; [`NewLeaf::check`] says whether it can be a record's.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A leaf that a use case leaves behind: before it has a time, an index and salted digests.
#[derive(Clone, Debug)]
pub struct NewLeaf {
    pub rec: RecordId,
    /// The record of an earlier leaf that this one continues.
    pub of: Option<RecordId>,
    pub statement: Statement,
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
    /// A leaf with this record, that states one of the [kinds of fields](crate::kind::fields).
    pub fn new(rec: RecordId, statement: impl Into<Statement>) -> Self {
        Self {
            rec,
            of: None,
            statement: statement.into(),
        }
    }

    /// The same with a record of its own.
    pub fn fresh(chance: &impl Random, statement: impl Into<Statement>) -> Self {
        Self::new(RecordId::new(hex::encode(chance.bytes::<16>())), statement)
    }

    /// The same, continuing the leaf with that record.
    #[must_use]
    pub fn continuing(self, of: RecordId) -> Self {
        Self { of: Some(of), ..self }
    }

    pub fn kind(&self) -> Kind {
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
    pub fn seal(&self, at: Millis, of: Option<u64>, chance: &impl Random) -> (Leaf, Vec<Disclosure>) {
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
