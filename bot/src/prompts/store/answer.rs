//! The SQL of answers, which are only ever added.

use std::collections::BTreeMap;

use entity::answer::{ActiveModel, Column, Entity};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use super::AnswerRow;
use crate::db::Connection;
use crate::ids::{CycleId, InteractionId, RecordId};
use crate::prompts::said::Said;

/// The answer written by that interaction, and the rows of that cycle, oldest revision first.
pub(crate) async fn answers<C: Connection>(
    connection: &C,
    id: &CycleId,
    interaction: InteractionId,
) -> anyhow::Result<Vec<AnswerRow>> {
    let either = Condition::any()
        .add(Column::Cycle.eq(id.as_str()))
        .add(Column::Interaction.eq(interaction.get()));
    Ok(Entity::find()
        .filter(either)
        .order_by_asc(Column::Revision)
        .all(connection)
        .await?)
}

pub(crate) async fn insert_answer<C: Connection>(connection: &C, row: AnswerRow) -> anyhow::Result<()> {
    Entity::insert(ActiveModel::from(row))
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// The row that this interaction wrote.
pub(crate) fn written_by(rows: &[AnswerRow], interaction: InteractionId) -> Option<&AnswerRow> {
    rows.iter().find(|row| row.interaction == interaction.get())
}

/// The revision of the next row that counts.
pub(crate) fn next_revision(rows: &[AnswerRow]) -> i32 {
    let highest = rows
        .iter()
        .map(|row| row.revision)
        .fold(0, |one, other| if other > one { other } else { one });
    highest + 1
}

/// What was said about each of these cycles, by the cycles' ids. Cycles without an answer are left out.
pub async fn said<C: Connection>(connection: &C, cycles: &[&str]) -> anyhow::Result<BTreeMap<String, Said>> {
    let mut rows: BTreeMap<String, Vec<AnswerRow>> = BTreeMap::new();
    for chunk in cycles.chunks(500) {
        let found = Entity::find()
            .filter(Column::Cycle.is_in(chunk.iter().copied()))
            .order_by_asc(Column::Revision)
            .all(connection)
            .await?;
        for row in found {
            rows.entry(row.cycle.clone()).or_default().push(row);
        }
    }
    let said = rows.into_iter();
    Ok(said
        .filter_map(|(cycle, rows)| Some((cycle, Said::of(&rows)?)))
        .collect())
}

/// The evidence records of everything that was said about a cycle, notes included, oldest first.
pub async fn records<C: Connection>(connection: &C, id: &CycleId) -> anyhow::Result<Vec<RecordId>> {
    let mut rows = Entity::find()
        .filter(Column::Cycle.eq(id.as_str()))
        .all(connection)
        .await?;
    // Notes, whose revisions run downwards, come after closing.
    rows.sort_by_key(|row| (row.revision < 1, row.revision.abs()));
    Ok(rows.into_iter().map(|row| RecordId::new(row.rec)).collect())
}
