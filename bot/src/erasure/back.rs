//! What had been erased and can be read again, because a copy has brought it back; and erasing it once more.

use std::collections::{BTreeMap, BTreeSet};

use super::erase::{nobody, unname};
use super::journal::Line;
use super::plan::Rows;
use super::store::{self, Whose};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::{Erased, Kind};
use crate::ids::{MemberId, OrganisationId};

/// Names of fields, by record.
type Fields = BTreeMap<String, BTreeSet<String>>;

/// What must not be readable.
#[derive(Clone, Debug, Default)]
pub(super) struct Gone {
    pub fields: Fields,
    /// Ids of rows that named somebody who is gone.
    pub rows: Vec<String>,
    /// Ids of rows of single leaves.
    pub leaves: Vec<String>,
}

impl Gone {
    pub(super) fn of_line(line: &Line) -> Self {
        let records = line.records.iter();
        Self {
            fields: records
                .map(|(rec, names)| (rec.clone(), names.iter().cloned().collect()))
                .collect(),
            rows: line.rows.clone(),
            leaves: line.leaves.clone(),
        }
    }

    /// What leaves of a log say was erased, in terms of the rows of this database.
    pub(super) async fn of_log(connection: &impl Connection, erased: &[Erased]) -> anyhow::Result<Self> {
        let recs: Vec<String> = erased.iter().map(|one| one.record.as_str().to_owned()).collect();
        let leaves = store::leaves_of(connection, &recs).await?;
        let kinds: BTreeMap<String, String> = leaves.into_iter().map(|row| (row.rec, row.kind)).collect();
        let mut gone = Self::default();
        let mut unnamed = Vec::new();
        for one in erased {
            let Some(kind) = kinds.get(one.record.as_str()).and_then(|kind| Kind::named(kind)) else {
                continue;
            };
            let names = kind.fields().iter().map(|name| (*name).to_owned());
            let names: BTreeSet<String> = names.filter(|name| !one.kept.contains(name)).collect();
            if kind == Kind::CycleOpened && names.contains("member") {
                unnamed.push(one.record.as_str().to_owned());
            }
            gone.fields.insert(one.record.as_str().to_owned(), names);
        }
        gone.rows = store::opened_with(connection, &unnamed).await?;
        Ok(gone)
    }
}

/// What of it can be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Back {
    pub fields: Fields,
    answers: Fields,
    pub people: BTreeSet<(i64, i64)>,
    leaves: Vec<String>,
}

impl Back {
    /// Looks for it. A few queries for each thousand records.
    pub(super) async fn find(connection: &impl Connection, gone: &Gone) -> anyhow::Result<Self> {
        let recs: Vec<String> = gone.fields.keys().cloned().collect();
        let mut back = Self {
            people: store::named_by(connection, &gone.rows).await?,
            leaves: store::absences_among(connection, &gone.leaves).await?,
            ..Self::default()
        };
        for (rec, kept) in store::kept(connection, &recs).await? {
            let names: BTreeSet<String> = kept.intersection(&gone.fields[&rec]).cloned().collect();
            if !names.is_empty() {
                back.fields.insert(rec, names);
            }
        }
        for (rec, readable) in store::readable(connection, &recs).await? {
            let erased = &gone.fields[&rec];
            let names = readable.into_iter().filter(|name| erased.contains(*name));
            let names: BTreeSet<String> = names.map(str::to_owned).collect();
            if !names.is_empty() {
                back.answers.insert(rec, names);
            }
        }
        Ok(back)
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Erases it, and leaves no leaf about it. Returns how many fields of the log that were.
    pub(super) async fn erase(
        &self,
        connection: &impl Connection,
        chance: &Chance,
        now: Millis,
    ) -> anyhow::Result<u64> {
        let mut fields = 0;
        for (rec, names) in &self.fields {
            fields += store::delete_disclosures(connection, std::slice::from_ref(rec), names).await?;
        }
        for (rec, names) in &self.answers {
            store::empty_answer(connection, rec, names, nobody(chance)).await?;
        }
        for (organisation, member) in &self.people {
            let whose = Whose {
                member: MemberId::from_i64(*member),
                organisation: Some(OrganisationId::from_i64(*organisation)),
            };
            let cycles = store::cycles(connection, whose).await?;
            let rows = Rows {
                cycles: cycles.into_iter().map(|(id, _)| id).collect(),
                standings: store::standings(connection, whose).await?.0,
                ..Rows::default()
            };
            unname(connection, chance, (whose, &rows), now).await?;
        }
        store::delete_absences(connection, &self.leaves).await?;
        Ok(fields)
    }
}
