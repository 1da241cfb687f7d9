//! What an erasure would take away. Pure reading; it names kinds, dates and counts, never content.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::basis::Basis;
use super::find::{self, Wanted};
use super::store::{self, Whose};
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence;
use crate::ids::{MemberId, OrganisationId, RecordId};

/// What is to be erased, and on what ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub scope: Scope,
    /// Only these fields of the records; all where none is named.
    pub fields: BTreeSet<String>,
    pub basis: Basis,
}

/// What an erasure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// An answer with all that continues it, or a leave.
    Record(RecordId),
    /// This record alone, of whatever kind: what the journal names is erased again.
    Exactly(RecordId),
    /// Everything about a person, in one organisation or in all.
    Member {
        member: MemberId,
        organisation: Option<OrganisationId>,
    },
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
    pub assignments: Vec<String>,
    pub cycles: Vec<String>,
    /// Answers that are emptied: id and record.
    pub answers: Vec<(String, String)>,
    pub absences: Vec<String>,
    pub messages: Vec<String>,
}

impl Rows {
    /// All random ids by which the rows can be found again in a backup.
    pub(super) fn ids(&self) -> impl Iterator<Item = &String> {
        let plain = [&self.assignments, &self.cycles, &self.absences, &self.messages];
        plain.into_iter().flatten()
    }
}

impl Plan {
    fn is_empty(&self) -> bool {
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

/// What this request would erase as the database stands now.
///
/// # Errors
/// When the database cannot be read.
pub async fn plan(connection: &impl Connection, request: &Request) -> anyhow::Result<Result<Plan, Refusal>> {
    let (records, rows) = match &request.scope {
        Scope::Record(record) => match find::one(connection, record).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        },
        Scope::Exactly(record) => find::exactly(connection, record).await?,
        Scope::Member { member, organisation } => {
            let whose = Whose {
                member: *member,
                organisation: *organisation,
            };
            find::of_member(connection, whose).await?
        }
    };
    let known: BTreeSet<String> = records.values().flat_map(|wanted| wanted.known.clone()).collect();
    if let Some(field) = request.fields.iter().find(|field| !known.contains(*field))
        && !known.is_empty()
        && !matches!(request.scope, Scope::Exactly(_))
    {
        let field = field.clone();
        return Ok(Err(Refusal::UnknownField { field, known }));
    }
    let records = still_kept(connection, records, &request.fields).await?;
    let plan = Plan { records, rows };
    Ok(if plan.is_empty() {
        Err(Refusal::NothingLeft)
    } else {
        Ok(plan)
    })
}

/// Those of the wanted fields that can still be read.
async fn still_kept(
    connection: &impl Connection,
    records: BTreeMap<i64, Wanted>,
    fields: &BTreeSet<String>,
) -> anyhow::Result<Vec<Planned>> {
    let recs: Vec<String> = records.values().map(|wanted| wanted.row.rec.clone()).collect();
    let kept = store::kept(connection, &recs).await?;
    let planned = records.into_values().filter_map(|wanted| {
        let there = kept.get(&wanted.row.rec)?;
        let meant = |name: &&String| {
            (fields.is_empty() || fields.contains(*name))
                && wanted.only.as_ref().is_none_or(|only| only.contains(*name))
        };
        let fields: BTreeSet<String> = there.iter().filter(meant).cloned().collect();
        (!fields.is_empty()).then(|| Planned {
            whole: fields.len() == there.len(),
            record: wanted.row.rec,
            index: wanted.row.idx as u64,
            at: evidence::recorded_at(&wanted.row.leaf),
            kind: wanted.row.kind,
            fields,
        })
    });
    Ok(planned.collect())
}
