//! The SQL of answers, which are only ever added.

use entity::answer::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use super::AnswerRow;
use crate::db::Connection;
use crate::ids::{CycleId, InteractionId};

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
    Entity::insert(ActiveModel {
        id: Set(row.id),
        cycle: Set(row.cycle),
        revision: Set(row.revision),
        member: Set(row.member),
        choice: Set(row.choice),
        detail: Set(row.detail),
        answered_at: Set(row.answered_at),
        late: Set(row.late),
        interaction: Set(row.interaction),
        rec: Set(row.rec),
    })
    .exec_without_returning(connection)
    .await?;
    Ok(())
}
