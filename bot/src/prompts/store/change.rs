//! The SQL of writing cycles.

use entity::cycle::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::CycleRow;
use crate::catalogue::Choice;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::CycleId;
use crate::prompts::cycle::{Cycle, State};

pub(crate) async fn set_delivered<C: Connection>(connection: &C, id: &CycleId, at: Millis) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::DeliveredAt, Expr::value(at.0))
        .filter(Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

pub(crate) async fn set_reason<C: Connection>(connection: &C, id: &CycleId, reason: &str) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::Reason, Expr::value(reason))
        .filter(Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

pub(crate) async fn set_draft<C: Connection>(
    connection: &C,
    id: &CycleId,
    choice: Choice,
    at: Millis,
) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::DraftChoice, Expr::value(choice.id()))
        .col_expr(Column::DraftAt, Expr::value(at.0))
        .filter(Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

pub(crate) async fn set_answered<C: Connection>(
    connection: &C,
    id: &CycleId,
    choice: Choice,
    at: Millis,
    now: Millis,
) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Answered.word()))
        .col_expr(Column::Reason, Expr::value(None::<String>))
        .col_expr(Column::Choice, Expr::value(choice.id()))
        .col_expr(Column::AnsweredAt, Expr::value(at.0))
        .col_expr(Column::ClosedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

pub(crate) async fn insert_cycles<C: Connection>(connection: &C, rows: Vec<CycleRow>) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let active = rows.into_iter().map(ActiveModel::from);
    Entity::insert_many(active).exec_without_returning(connection).await?;
    Ok(())
}

/// Writes the last state of cycles.
pub(crate) async fn close<C: Connection>(
    connection: &C,
    ids: &[String],
    state: State,
    reason: Option<&str>,
    now: Millis,
) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state.word()))
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::ClosedAt, Expr::value(now.0))
        .filter(Column::Id.is_in(ids))
        .exec(connection)
        .await?;
    Ok(())
}

pub(crate) async fn extend<C: Connection>(
    connection: &C,
    id: &CycleId,
    due_at: Millis,
    closes_at: Millis,
) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(due_at.0))
        .col_expr(Column::ClosesAt, Expr::value(closes_at.0))
        .filter(Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Reopens a cycle whose answer was withdrawn before closing.
pub(crate) async fn reopen<C: Connection>(connection: &C, id: &CycleId) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Open.word()))
        .col_expr(Column::Reason, Expr::value(None::<String>))
        .col_expr(Column::Choice, Expr::value(None::<String>))
        .col_expr(Column::AnsweredAt, Expr::value(None::<i64>))
        .col_expr(Column::ClosedAt, Expr::value(None::<i64>))
        .col_expr(Column::DraftChoice, Expr::value(None::<String>))
        .col_expr(Column::DraftAt, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes that the answer of a closed cycle was withdrawn.
pub(crate) async fn set_withdrawn<C: Connection>(connection: &C, id: &CycleId) -> anyhow::Result<()> {
    set_reason(connection, id, Cycle::WITHDRAWN).await
}
