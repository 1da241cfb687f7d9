//! What an erasure would erase. It names kinds, dates and counts, never content.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::clock::Millis;
use crate::erasable::{Basis, Erasable, Line, Whose};
use crate::ids::RecordId;
use crate::{concerns, outbox, people, prompts};

/// All tables that name a person, as their features declare them, in the order in which they are shown and emptied.
pub fn erasable() -> impl Iterator<Item = &'static Erasable> {
    [
        people::ERASABLE,
        prompts::ERASABLE,
        outbox::ERASABLE,
        concerns::ERASABLE,
    ]
    .into_iter()
    .flatten()
}

/// What should be erased, and on what ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub scope: Scope,
    /// Only these fields of the records; all if none is named.
    pub fields: BTreeSet<String>,
    pub basis: Basis,
}

impl Request {
    /// The person that the tables must not name any more; nobody if only fields or a single record are erased.
    pub(super) fn unnames(&self) -> Option<Whose> {
        match self.scope {
            Scope::Member(whose) if self.fields.is_empty() => Some(whose),
            Scope::Member(_) | Scope::Record(_) => None,
        }
    }

    /// The rows of leaves that are erased although nobody is removed from the tables.
    pub(super) fn leaves<'a>(&self, plan: &'a Plan) -> &'a [String] {
        match self.scope {
            Scope::Record(_) => plan.rows.of(people::ABSENCE.table),
            Scope::Member(_) => &[],
        }
    }
}

/// What an erasure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// An answer with all that continues it, or an absence.
    Record(RecordId),
    /// Everything about a person.
    Member(Whose),
}

/// The log that a record is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// A log that was closed, by its number.
    Closed(u32),
    Living,
}

/// Why there is nothing to erase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The log has no such record.
    UnknownRecord,
    /// It is about the log or the program itself.
    AboutNobody { kind: String },
    /// It tells that somebody was asked; that is erased with the person.
    WithTheMember { kind: String },
    /// It changes an absence; that is erased with the absence.
    WithTheLeave { kind: String },
    /// A field that no record of these kinds has.
    UnknownField { field: String, known: BTreeSet<String> },
    /// Nothing of it is left, or there never was anything.
    NothingLeft,
}

/// What would be, or was, erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub records: Vec<Planned>,
    pub rows: Rows,
}

/// One record of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub record: String,
    pub log: Which,
    pub index: u64,
    pub kind: String,
    /// When it was recorded.
    pub at: Option<Millis>,
    /// The fields that are erased.
    pub fields: BTreeSet<String>,
    /// Whether no field stays.
    pub whole: bool,
}

/// Random ids of the rows that name the person, by table; for a single record only an absence, as the others follow
/// from the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(BTreeMap<&'static str, Vec<String>>);

impl Rows {
    pub(super) fn add(&mut self, table: &Erasable, ids: Vec<String>) {
        self.0.insert(table.table, ids);
    }

    /// The rows of a table.
    pub fn of(&self, table: &str) -> &[String] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &String> {
        erasable().flat_map(|table| self.of(table.table))
    }
}

impl Plan {
    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.rows.ids().next().is_none()
    }

    /// What the journal keeps of it.
    pub(super) fn line(&self, request: &Request) -> Line {
        let mut line = Line::new(request.basis);
        let records = self.records.iter();
        line.records = records
            .map(|planned| (planned.record.clone(), planned.fields.iter().cloned().collect()))
            .collect();
        if request.unnames().is_some() {
            line.rows = self.rows.ids().cloned().collect();
        }
        line.leaves = request.leaves(self).to_vec();
        line
    }

    /// Stands for exactly this plan: 12 hexadecimal digits of a SHA-256.
    pub fn token(&self) -> String {
        let mut digest = Sha256::new();
        for planned in &self.records {
            digest.update(format!("{} {:?};", planned.record, planned.fields));
        }
        for id in self.rows.ids() {
            digest.update(id);
        }
        hex::encode(&digest.finalize()[..6])
    }
}
