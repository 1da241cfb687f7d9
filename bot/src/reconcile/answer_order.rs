//! The answers to one cycle compared with each other: in the order of their leaves.

use std::collections::BTreeMap;

use super::answer::TABLE;
use super::difference::{Row, Tables};
use super::store;
use crate::db::Connection;
use crate::prompts::Act;
use crate::prompts::store::AnswerRow;

/// Compares answers to the same cycle with the order of their leaves, some cycles at a time.
pub(super) async fn compare_all(
    connection: &impl Connection,
    closed: &[u32],
    tables: &mut Tables,
) -> anyhow::Result<()> {
    let mut cycles = store::cycles_with_order(connection, "").await?;
    while let Some(last) = cycles.last() {
        let mut rows: BTreeMap<String, Vec<AnswerRow>> = BTreeMap::new();
        for row in store::answers_to(connection, &cycles).await? {
            rows.entry(row.cycle.clone()).or_default().push(row);
        }
        let several = rows.values().filter(|rows| rows.len() > 1).flatten();
        let recs: Vec<String> = several.map(|row| row.rec.clone()).collect();
        let places = store::places(connection, &recs, closed).await?;
        for rows in rows.values() {
            let mut ordered: Vec<&AnswerRow> = rows.iter().collect();
            if rows.len() > 1 {
                ordered.retain(|row| places.contains_key(&row.rec));
                ordered.sort_by_key(|row| places[&row.rec]);
            }
            compare(&ordered, tables);
        }
        cycles = store::cycles_with_order(connection, last).await?;
    }
    Ok(())
}

/// Compares the rows of one cycle with the order of their leaves: answers and what continues them count up from 1,
/// notes down from 0, and what continues an answer is as late as that. `rows` are in the order of their leaves.
fn compare(rows: &[&AnswerRow], tables: &mut Tables) {
    let (mut counts, mut notes, mut late) = (0, 1, false);
    for row in rows {
        let mut own = Row {
            table: TABLE,
            id: &row.id,
            tables,
        };
        let place = if row.revision < 1 {
            notes -= 1;
            notes
        } else {
            counts += 1;
            counts
        };
        own.is("revision", Some(row.revision.to_string()), Some(place.to_string()));
        if row.act == Act::Answered.word() {
            late = row.late;
        } else {
            own.is("late", Some(row.late.to_string()), Some(late.to_string()));
        }
    }
}
