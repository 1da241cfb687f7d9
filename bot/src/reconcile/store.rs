//! The SQL of comparing tables with the log: rows by their records, leaves by their places, and what is left over.

mod published;
mod records;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use anyhow::Context;
use entity::{answer, cycle, log_leaf};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Statement, TryGetableMany};

use super::difference::Difference;
use crate::db::Connection;
use crate::evidence::{self, Kind};
use crate::prompts::store::{AnswerRow, CycleRow};
use crate::prompts::{Act, ERASED};

pub(super) use published::{
    AnchorRow, anchors, arrived, cosigned, count_anchors, count_publications, done, notes, unlike_their_checkpoints,
};
pub(super) use records::{
    AbsenceRow, DayRow, KeyRow, PackRow, absences_of, absences_without_record, catalogues, days_from, days_of,
    events_after, handler_keys, last_days, packs_of, unlike_their_spans,
};

/// Values in one query.
const CHUNK: usize = 1_000;
/// Maximum number of left-over rows that are named.
const MOST: usize = 1_000;

/// The rows of a table that have one of these values in that column.
async fn rows_with<E: EntityTrait>(
    connection: &impl Connection,
    column: E::Column,
    values: impl Iterator<Item = &str> + Send,
) -> anyhow::Result<Vec<E::Model>> {
    let values: Vec<&str> = values.collect();
    let mut found = Vec::with_capacity(values.len());
    for chunk in values.chunks(CHUNK) {
        let rows = E::find().filter(column.is_in(chunk.iter().copied()));
        found.extend(rows.all(connection).await.context("reading rows to compare")?);
    }
    Ok(found)
}

/// What a query selects, row by row.
async fn selected<T: TryGetableMany>(connection: &impl Connection, query: String) -> anyhow::Result<Vec<T>> {
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let rows = connection.query_all_raw(statement).await.context("comparing tables")?;
    rows.iter().map(|row| Ok(row.try_get_many_by_index()?)).collect()
}

/// The cycles with these records.
pub(super) async fn cycles_of(
    connection: &impl Connection,
    recs: impl Iterator<Item = &str> + Send,
) -> anyhow::Result<Vec<CycleRow>> {
    rows_with::<cycle::Entity>(connection, cycle::Column::Rec, recs).await
}

/// The answers with these records.
pub(super) async fn answers_of(
    connection: &impl Connection,
    recs: impl Iterator<Item = &str> + Send,
) -> anyhow::Result<Vec<AnswerRow>> {
    rows_with::<answer::Entity>(connection, answer::Column::Rec, recs).await
}

/// The next cycles, by their ids, whose answers can be in a wrong order: not those with one answer alone, which has the
/// number 1, or one note, which has 0. Only an index is read.
pub(super) async fn cycles_with_order(connection: &impl Connection, after: &str) -> anyhow::Result<Vec<String>> {
    let query = format!(
        "SELECT cycle FROM answer WHERE cycle > $1 GROUP BY cycle \
         HAVING COUNT(*) > 1 OR MIN(revision) NOT IN (0, 1) ORDER BY cycle LIMIT {CHUNK}"
    );
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, query, [after.into()]);
    let rows = connection.query_all_raw(statement).await.context("reading answers")?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// The answers to these cycles.
pub(super) async fn answers_to(connection: &impl Connection, cycles: &[String]) -> anyhow::Result<Vec<AnswerRow>> {
    let cycles = cycles.iter().map(String::as_str);
    rows_with::<answer::Entity>(connection, answer::Column::Cycle, cycles).await
}

/// Those of the cycles that had an answer whose choice was erased.
pub(super) async fn choice_gone(connection: &impl Connection, cycles: &[&str]) -> anyhow::Result<HashSet<String>> {
    let mut found = HashSet::new();
    for chunk in cycles.chunks(CHUNK) {
        let rows: Vec<String> = answer::Entity::find()
            .select_only()
            .column(answer::Column::Cycle)
            .filter(answer::Column::Cycle.is_in(chunk.iter().copied()))
            .filter(answer::Column::Act.eq(Act::Answered.word()))
            .filter(answer::Column::Revision.gt(0))
            .filter(answer::Column::Choice.eq(ERASED))
            .into_tuple()
            .all(connection)
            .await
            .context("reading answers")?;
        found.extend(rows);
    }
    Ok(found)
}

/// Name of a table of the living log, or of a closed one.
fn table(name: &str, log: Option<u32>) -> String {
    log.map_or_else(|| name.to_owned(), |number| format!("closed_{number}_{name}"))
}

async fn leaves(
    connection: &impl Connection,
    log: Option<u32>,
    condition: &str,
    values: Vec<sea_orm::Value>,
) -> anyhow::Result<Vec<log_leaf::Model>> {
    let query = format!(
        "SELECT idx, rec, kind, leaf FROM {} WHERE {condition}",
        table("log_leaf", log)
    );
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), query, values);
    let leaves = log_leaf::Entity::find().from_raw_sql(statement).all(connection);
    leaves.await.context("reading leaves")
}

fn places_for(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("${place}")).collect();
    places.join(", ")
}

/// Index, record and bytes of the leaves with these indexes.
pub(super) async fn leaves_at(
    connection: &impl Connection,
    log: Option<u32>,
    indexes: BTreeSet<u64>,
) -> anyhow::Result<Vec<(u64, String, Vec<u8>)>> {
    let indexes: Vec<i64> = indexes.into_iter().map(|index| index as i64).collect();
    let mut found = Vec::with_capacity(indexes.len());
    for chunk in indexes.chunks(CHUNK) {
        let values = chunk.iter().map(|index| (*index).into()).collect();
        let condition = format!("idx IN ({})", places_for(chunk.len()));
        let rows = leaves(connection, log, &condition, values).await?;
        found.extend(rows.into_iter().map(|row| (row.idx as u64, row.rec, row.leaf)));
    }
    Ok(found)
}

/// Where the leaves of these records are, so that they can be put in order: closed logs before the living one.
pub(super) async fn places(
    connection: &impl Connection,
    recs: &[String],
    closed: &[u32],
) -> anyhow::Result<HashMap<String, (u32, i64)>> {
    let mut found = HashMap::new();
    if recs.is_empty() {
        return Ok(found);
    }
    let logs = closed.iter().map(|number| Some(*number)).chain([None]);
    for log in logs {
        for chunk in recs.chunks(CHUNK) {
            let values = chunk.iter().map(|rec| rec.as_str().into()).collect();
            let condition = format!("rec IN ({})", places_for(chunk.len()));
            for row in leaves(connection, log, &condition, values).await? {
                found.insert(row.rec, (log.unwrap_or(u32::MAX), row.idx));
            }
        }
    }
    Ok(found)
}

/// The leaves that came back after a backup was restored. Their rows did not.
pub(super) async fn recovered(connection: &impl Connection, log: Option<u32>) -> anyhow::Result<Vec<Range<u64>>> {
    let values = vec![Kind::LogRecovered.name().into()];
    let rows = leaves(connection, log, "kind = $1", values).await?;
    let range = |row: log_leaf::Model| Some(evidence::continues(&row.leaf)?..row.idx as u64);
    Ok(rows.into_iter().filter_map(range).collect())
}

/// How many rows a table has.
pub(super) async fn count(connection: &impl Connection, table: &str) -> anyhow::Result<u64> {
    let query = format!("SELECT COUNT(*) FROM {table}");
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let row = connection.query_one_raw(statement).await.context("counting rows")?;
    let count: i64 = row.context("a count has a row")?.try_get_by_index(0)?;
    Ok(count.unsigned_abs())
}

/// Id and record of rows whose record is in no leaf of these kinds.
pub(super) async fn strays(
    connection: &impl Connection,
    (name, id): (&str, &str),
    kinds: &[Kind],
    closed: &[u32],
) -> anyhow::Result<Vec<(String, String)>> {
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{}'", kind.name())).collect();
    let logs = closed.iter().map(|number| Some(*number)).chain([None]);
    let of_log = |log| {
        let leaves = table("log_leaf", log);
        format!(
            "NOT EXISTS (SELECT 1 FROM {leaves} l WHERE l.rec = t.rec AND l.kind IN ({}))",
            kinds.join(", ")
        )
    };
    let conditions: Vec<String> = logs.map(of_log).collect();
    let conditions = conditions.join(" AND ");
    let query =
        format!("SELECT {id}, t.rec FROM {name} t WHERE t.rec IS NOT NULL AND {conditions} ORDER BY 1 LIMIT {MOST}");
    selected(connection, query).await
}

/// Answers that somebody else gave. Only the person who was asked can answer.
pub(super) async fn unlike_their_cycles(connection: &impl Connection) -> anyhow::Result<Vec<Difference>> {
    let query = "SELECT a.id, CAST(a.member AS TEXT), CAST(c.member AS TEXT) FROM answer a \
                 JOIN cycle c ON c.id = a.cycle WHERE a.member <> c.member";
    unlike(connection, query, ("answer", "member")).await
}

/// Cycles whose assignment is not that of their organisation, member and prompt.
pub(super) async fn unlike_their_assignments(connection: &impl Connection) -> anyhow::Result<Vec<Difference>> {
    let query = "SELECT c.id, c.assignment, s.id FROM cycle c \
                 LEFT JOIN assignment own ON own.id = c.assignment \
                 LEFT JOIN assignment s ON s.organisation = c.organisation AND s.member = c.member AND s.prompt = c.prompt \
                 WHERE own.id IS NULL OR own.organisation <> c.organisation OR own.member <> c.member \
                 OR own.prompt <> c.prompt";
    unlike(connection, query, ("cycle", "assignment")).await
}

/// Row, value and right value of each row that a query selects.
async fn unlike(
    connection: &impl Connection,
    query: &str,
    (table, column): (&'static str, &'static str),
) -> anyhow::Result<Vec<Difference>> {
    let rows = selected(connection, format!("{query} ORDER BY 1 LIMIT {MOST}")).await?;
    let difference = |(row, found, said)| Difference {
        table,
        row,
        column,
        found,
        said,
    };
    Ok(rows.into_iter().map(difference).collect())
}
