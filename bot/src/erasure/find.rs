//! Which records and rows an erasure is about.
//!
//! The log is read outside the ledger, in a snapshot and page by page. The second look, inside the transaction, reads
//! only what came since.

mod named;

use std::collections::{BTreeMap, BTreeSet};

use named::{delivered_elsewhere, elsewhere, leave_of};

use super::plan::{Refusal, Rows, Scope, Which};
use super::store::{self, LeafRow};
use crate::db::Connection;
use crate::erasable::Whose;
use crate::evidence::{self, Kind};
use crate::ids::RecordId;
use crate::people;

/// Maximum number of leaves that are read while others wait.
pub(super) const MOST: i64 = 1_000;

/// A record that is meant, and which of its fields can be meant.
#[derive(Clone)]
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

/// Records by their places.
pub(super) type Records = BTreeMap<(Which, i64), Wanted>;

/// What was found.
#[derive(Clone)]
pub(super) struct Found {
    pub records: Records,
    pub rows: Rows,
    /// The last leaf of the living log that was looked at.
    upto: i64,
}

/// Finds what is meant. Reads whole logs, and so belongs in a snapshot.
pub(super) async fn find(connection: &impl Connection, scope: &Scope) -> anyhow::Result<Result<Found, Refusal>> {
    let upto = store::last_index(connection).await?;
    let (records, rows) = match scope {
        Scope::Record(record) => match one(connection, record).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        },
        Scope::Member(whose) => of_member(connection, *whose).await?,
    };
    Ok(Ok(Found { records, rows, upto }))
}

/// Adds what was written since it was found; none if that is more than this number of leaves.
pub(super) async fn find_since(
    connection: &impl Connection,
    scope: &Scope,
    found: Found,
    most: i64,
) -> anyhow::Result<Option<Found>> {
    let Found {
        mut records,
        mut rows,
        upto,
    } = found;
    let last = store::last_index(connection).await?;
    if last - upto > most {
        return Ok(None);
    }
    if let Scope::Member(whose) = *scope {
        rows = store::rows(connection, whose).await?;
        let news = records_after(connection, upto).await?;
        let new: BTreeSet<&String> = news.iter().collect();
        let mut begun = store::beginnings(connection, whose).await?;
        begun.retain(|rec| new.contains(rec));
        for row in store::leaves_of(connection, &begun).await? {
            records.insert((row.log, row.idx), Wanted::all(row));
        }
        thread(connection, Which::Living, Some(upto), &mut records).await?;
        for wanted in elsewhere(connection, whose, Some(&news)).await? {
            records.entry((wanted.row.log, wanted.row.idx)).or_insert(wanted);
        }
    } else {
        thread(connection, Which::Living, Some(upto), &mut records).await?;
    }
    let upto = last;
    Ok(Some(Found { records, rows, upto }))
}

/// Why a record cannot be erased alone; none if it can.
fn refused(kind: &str) -> Option<Refusal> {
    match Kind::named(kind) {
        Some(named) if !named.is_about_a_person() => Some(Refusal::AboutNobody { kind: kind.to_owned() }),
        Some(
            Kind::CycleAnswered
            | Kind::CycleAnsweredLate
            | Kind::AnswerNoted
            | Kind::AnswerAmended
            | Kind::AnswerRetracted
            | Kind::AbsenceEntered
            | Kind::AbsenceRecorded,
        )
        | None => None,
        Some(Kind::AbsenceShortened | Kind::AbsenceWithdrawn) => Some(Refusal::WithTheLeave { kind: kind.to_owned() }),
        Some(_) => Some(Refusal::WithTheMember { kind: kind.to_owned() }),
    }
}

async fn one(connection: &impl Connection, record: &RecordId) -> anyhow::Result<Result<(Records, Rows), Refusal>> {
    let rec = record.as_str().to_owned();
    let Some(row) = store::leaves_of(connection, std::slice::from_ref(&rec)).await?.pop() else {
        return Ok(Err(Refusal::UnknownRecord));
    };
    if let Some(refusal) = refused(&row.kind) {
        return Ok(Err(refusal));
    }
    let mut rows = Rows::default();
    if [Kind::AbsenceEntered, Kind::AbsenceRecorded]
        .map(Kind::name)
        .contains(&row.kind.as_str())
    {
        rows.add(&people::ABSENCE, leave_of(connection, &rec).await?);
    }
    let log = row.log;
    let mut records = Records::from([((log, row.idx), Wanted::all(row))]);
    thread(connection, log, None, &mut records).await?;
    Ok(Ok((records, rows)))
}

async fn of_member(connection: &impl Connection, whose: Whose) -> anyhow::Result<(Records, Rows)> {
    let beginnings = store::beginnings(connection, whose).await?;
    let beginnings = store::leaves_of(connection, &beginnings).await?;
    let mut records: Records = beginnings
        .into_iter()
        .map(|row| ((row.log, row.idx), Wanted::all(row)))
        .collect();
    let logs: BTreeSet<Which> = records.keys().map(|(log, _)| *log).collect();
    let mut others = elsewhere(connection, whose, None).await?;
    if logs.iter().any(|log| *log != Which::Living) {
        others.extend(delivered_elsewhere(connection, whose).await?);
    }
    for log in logs {
        thread(connection, log, None, &mut records).await?;
    }
    for wanted in others {
        records.entry((wanted.row.log, wanted.row.idx)).or_insert(wanted);
    }
    Ok((records, store::rows(connection, whose).await?))
}

/// The records of the living log after an index.
async fn records_after(connection: &impl Connection, mut after: i64) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    loop {
        let page = store::leaves_after(connection, Which::Living, after).await?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        after = last.idx;
        found.extend(page.into_iter().map(|row| row.rec));
    }
}

/// Adds everything that continues the found leaves of a log, looking after `after`, or otherwise after the first of
/// them.
async fn thread(
    connection: &impl Connection,
    log: Which,
    after: Option<i64>,
    records: &mut Records,
) -> anyhow::Result<()> {
    let own = records.range((log, i64::MIN)..=(log, i64::MAX));
    let mut roots: BTreeSet<i64> = own.map(|((_, idx), _)| *idx).collect();
    let Some(first) = roots.first() else {
        return Ok(());
    };
    let mut after = after.unwrap_or(*first);
    loop {
        let page = store::leaves_after(connection, log, after).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.idx;
        for row in page {
            let of = evidence::continues(&row.leaf);
            let about = Kind::named(&row.kind).is_none_or(Kind::is_about_a_person);
            // What continues a leaf comes after it, so that one walk finds everything.
            if about && of.is_some_and(|of| roots.contains(&(of as i64))) {
                roots.insert(row.idx);
                records.entry((log, row.idx)).or_insert_with(|| Wanted::all(row));
            }
        }
    }
}
