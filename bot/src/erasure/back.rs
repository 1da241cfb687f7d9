//! What had been erased and can be read again, because a copy has brought it back; and erasing it once more.

use std::collections::{BTreeMap, BTreeSet};

use super::erase::unname;
use super::store;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::Connection;
use crate::erasable::{Line, Whose};
use crate::evidence::{Erased, Kind};
use crate::ids::{MemberId, OrganisationId};
use crate::people;

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

    /// What leaves of a log say was erased, as rows of this database.
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
            if names.contains("member") {
                unnamed.push(one.record.as_str().to_owned());
            }
            gone.fields.insert(one.record.as_str().to_owned(), names);
        }
        gone.rows = store::begun_by(connection, &unnamed).await?;
        Ok(gone)
    }
}

/// Those of the fields that can be read and should be gone.
fn still(gone: &Gone, readable: Fields) -> Fields {
    let erased = readable.into_iter().map(|(rec, names)| {
        let names = names.intersection(&gone.fields[&rec]).cloned().collect();
        (rec, names)
    });
    erased
        .filter(|(_, names): &(_, BTreeSet<_>)| !names.is_empty())
        .collect()
}

/// What of it can be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Back {
    pub fields: Fields,
    columns: Fields,
    pub people: BTreeSet<(i64, i64)>,
    leaves: Vec<String>,
}

impl Back {
    /// Looks for it. A few queries for each thousand records.
    pub(super) async fn find(connection: &impl Connection, gone: &Gone) -> anyhow::Result<Self> {
        let recs: Vec<String> = gone.fields.keys().cloned().collect();
        let mut back = Self {
            people: store::named_by(connection, &gone.rows).await?,
            leaves: store::there(connection, &people::ABSENCE, &gone.leaves).await?,
            ..Self::default()
        };
        back.fields = still(gone, store::kept(connection, &recs).await?);
        back.columns = still(gone, store::readable(connection, &recs).await?);
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
        for (rec, names) in &self.columns {
            store::empty(connection, chance, std::slice::from_ref(rec), names).await?;
        }
        for (organisation, member) in &self.people {
            let whose = Whose {
                member: MemberId::from_i64(*member),
                organisation: Some(OrganisationId::from_i64(*organisation)),
            };
            unname(connection, chance, whose, now).await?;
        }
        store::delete_rows(connection, &people::ABSENCE, &self.leaves).await?;
        Ok(fields)
    }
}
