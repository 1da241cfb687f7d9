//! Which records and rows an erasure is about.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Refusal, Rows};
use super::store::{self, LeafRow, Whose};
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::{self, Kind};
use crate::ids::RecordId;

/// A record that is meant, and which of its fields at most.
pub(super) struct Wanted {
    pub row: LeafRow,
    /// The fields that its kind has.
    pub known: BTreeSet<String>,
    /// None means all.
    pub only: Option<BTreeSet<String>>,
}

impl Wanted {
    fn all(row: LeafRow) -> Self {
        let known = Kind::named(&row.kind).map(Kind::fields).unwrap_or_default();
        Self {
            known: known.iter().map(|name| (*name).to_owned()).collect(),
            row,
            only: None,
        }
    }
}

/// Records by their indexes, and rows.
pub(super) type Found = (BTreeMap<i64, Wanted>, Rows);

pub(super) async fn one(connection: &impl Connection, record: &RecordId) -> anyhow::Result<Result<Found, Refusal>> {
    let rec = record.as_str().to_owned();
    let Some(row) = store::leaves_of(connection, std::slice::from_ref(&rec)).await?.pop() else {
        return Ok(Err(Refusal::UnknownRecord));
    };
    let kind = row.kind.clone();
    match Kind::named(&kind) {
        Some(kind) if !kind.is_about_a_person() => {
            let kind = kind.name().to_owned();
            return Ok(Err(Refusal::AboutNobody { kind }));
        }
        Some(
            Kind::CycleAnswered
            | Kind::CycleAnsweredLate
            | Kind::AnswerNoted
            | Kind::AnswerAmended
            | Kind::AnswerRetracted
            | Kind::AbsenceEntered,
        )
        | None => {}
        Some(_) => return Ok(Err(Refusal::WithTheMember { kind })),
    }
    let is_absence = kind == Kind::AbsenceEntered.name();
    let mut rows = Rows::default();
    if is_absence {
        rows.absences = leave_of(connection, &rec).await?;
    }
    let records = threads(connection, BTreeSet::from([row.idx])).await?;
    let recs: Vec<String> = records.values().map(|wanted| wanted.row.rec.clone()).collect();
    rows.answers = store::answers(connection, &recs, &[]).await?;
    Ok(Ok((records, rows)))
}

pub(super) async fn exactly(connection: &impl Connection, record: &RecordId) -> anyhow::Result<Found> {
    let rec = record.as_str().to_owned();
    let mut rows = Rows {
        absences: leave_of(connection, &rec).await?,
        ..Rows::default()
    };
    rows.answers = store::answers(connection, std::slice::from_ref(&rec), &[]).await?;
    let leaves = store::leaves_of(connection, &[rec]).await?;
    let records = leaves.into_iter().map(|row| (row.idx, Wanted::all(row)));
    Ok((records.collect(), rows))
}

/// The row of a leave, by what its record says.
async fn leave_of(connection: &impl Connection, rec: &str) -> anyhow::Result<Vec<String>> {
    let said = said(connection, rec).await?;
    let Some(member) = said.get("member").and_then(|member| member.parse().ok()) else {
        return Ok(Vec::new());
    };
    let whose = Whose {
        member,
        organisation: None,
    };
    let leaves = store::absences(connection, whose).await?;
    let same = leaves.into_iter().filter(|(_, from, to)| is_leave(&said, *from, *to));
    Ok(same.map(|(id, ..)| id).collect())
}

async fn said(connection: &impl Connection, rec: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let disclosures = store::disclosures(connection, rec).await?;
    Ok(disclosures
        .iter()
        .filter_map(|text| evidence::disclosed(text))
        .collect())
}

fn is_leave(said: &BTreeMap<String, String>, from: i64, to: i64) -> bool {
    said.get("from") == Some(&Millis(from).rfc3339()) && said.get("to") == Some(&Millis(to).rfc3339())
}

pub(super) async fn of_member(connection: &impl Connection, whose: Whose) -> anyhow::Result<Found> {
    let cycles = store::cycles(connection, whose).await?;
    let absences = store::absences(connection, whose).await?;
    let opened: Vec<String> = cycles.iter().map(|(_, rec)| rec.clone()).collect();
    let roots = store::leaves_of(connection, &opened).await?;
    let mut records = threads(connection, roots.iter().map(|row| row.idx).collect()).await?;
    for wanted in elsewhere(connection, whose, &absences).await? {
        records.entry(wanted.row.idx).or_insert(wanted);
    }
    let cycles: Vec<String> = cycles.into_iter().map(|(id, _)| id).collect();
    let rows = Rows {
        standings: store::standings(connection, whose).await?,
        assignments: store::assignments(connection, whose).await?,
        answers: store::answers(connection, &[], &cycles).await?,
        absences: absences.into_iter().map(|(id, ..)| id).collect(),
        messages: store::messages(connection, whose).await?,
        cycles,
    };
    Ok((records, rows))
}

/// Records outside the askings that name the member: own leaves whole, of others' only the field that names them.
async fn elsewhere(
    connection: &impl Connection,
    whose: Whose,
    absences: &[store::Leave],
) -> anyhow::Result<Vec<Wanted>> {
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (rec, name) in store::disclosing(connection, &whose.member.to_string()).await? {
        named.entry(rec).or_default().insert(name);
    }
    let recs: Vec<String> = named.keys().cloned().collect();
    let mut found = Vec::new();
    for row in store::leaves_of(connection, &recs).await? {
        let names = named.remove(&row.rec).unwrap_or_default();
        let leave = row.kind == Kind::AbsenceEntered.name();
        let own = names.contains("member") || names.contains("author");
        if whose.organisation.is_some() {
            // Only what is known to be of this organisation: its own leaves.
            let said = said(connection, &row.rec).await?;
            let here = leave && own && absences.iter().any(|(_, from, to)| is_leave(&said, *from, *to));
            if !here {
                continue;
            }
        }
        let only = (!own).then_some(names);
        found.push(Wanted {
            only,
            ..Wanted::all(row)
        });
    }
    Ok(found)
}

/// These leaves and all that continue them, by index.
async fn threads(connection: &impl Connection, mut roots: BTreeSet<i64>) -> anyhow::Result<BTreeMap<i64, Wanted>> {
    let mut found = BTreeMap::new();
    let Some(first) = roots.first() else {
        return Ok(found);
    };
    let mut after = first - 1;
    loop {
        let page = store::leaves_after(connection, after).await?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        after = last.idx;
        for row in page {
            let of = evidence::continues(&row.leaf);
            let about = Kind::named(&row.kind).is_none_or(Kind::is_about_a_person);
            // What continues comes behind, so that one walk finds all.
            let belongs = of.is_some_and(|of| roots.contains(&(of as i64)));
            if about && (belongs || roots.contains(&row.idx)) {
                roots.insert(row.idx);
                found.insert(row.idx, Wanted::all(row));
            }
        }
    }
}
