//! What an erasure would take away. It names kinds, dates and counts, never content.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::basis::Basis;
use super::store::Whose;
use crate::clock::Millis;
use crate::ids::{MemberId, OrganisationId, RecordId};

/// What is to be erased, and on what ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub scope: Scope,
    /// Only these fields of the records; all where none is named.
    pub fields: BTreeSet<String>,
    pub basis: Basis,
}

impl Request {
    /// Whom the tables shall not name any more; nobody where only fields go, or a single record.
    pub(super) fn unnames(&self) -> Option<Whose> {
        match self.scope {
            Scope::Member { member, organisation } if self.fields.is_empty() => Some(Whose { member, organisation }),
            Scope::Member { .. } | Scope::Record(_) => None,
        }
    }

    /// The rows of leaves that go although nobody is taken out of the tables.
    pub(super) fn leaves<'a>(&self, plan: &'a Plan) -> &'a [String] {
        match self.scope {
            Scope::Record(_) => &plan.rows.absences,
            Scope::Member { .. } => &[],
        }
    }
}

/// What an erasure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// An answer with all that continues it, or a leave.
    Record(RecordId),
    /// Everything about a person, in one organisation or in all.
    Member {
        member: MemberId,
        organisation: Option<OrganisationId>,
    },
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
    /// It tells that somebody was asked; that goes with the person.
    WithTheMember { kind: String },
    /// It changes a leave; that goes with the leave.
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
    /// The fields that go.
    pub fields: BTreeSet<String>,
    /// Whether no field stays.
    pub whole: bool,
}

/// Rows of the tables, by their random ids. Empty for a single record, whose rows follow from the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Organisations whose row of the member goes.
    pub standings: Vec<i64>,
    /// Ids of these rows.
    pub members: Vec<String>,
    pub assignments: Vec<String>,
    pub cycles: Vec<String>,
    /// Answers that are emptied: id and record.
    pub answers: Vec<(String, String)>,
    pub absences: Vec<String>,
    pub messages: Vec<String>,
    /// Concerns that were raised under the member's name.
    pub concerns: Vec<String>,
}

impl Rows {
    /// The random ids of all rows that name the person.
    pub(super) fn ids(&self) -> impl Iterator<Item = &String> {
        let plain = [
            &self.members,
            &self.assignments,
            &self.cycles,
            &self.absences,
            &self.messages,
            &self.concerns,
        ];
        plain.into_iter().flatten()
    }
}

impl Plan {
    pub(super) fn is_empty(&self) -> bool {
        let rows = &self.rows;
        self.records.is_empty() && rows.standings.is_empty() && rows.ids().next().is_none()
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
        digest.update(format!("{:?}{:?}", self.rows.answers, self.rows.standings));
        hex::encode(&digest.finalize()[..6])
    }
}
