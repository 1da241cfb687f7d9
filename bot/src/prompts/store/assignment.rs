//! The SQL of assignments.

use entity::assignment::{ActiveModel, Column, Entity};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::AssignmentRow;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::OrganisationId;

/// All assignments of an organisation, running and ended.
pub(crate) async fn assignments<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
) -> anyhow::Result<Vec<AssignmentRow>> {
    Ok(Entity::find()
        .filter(Column::Organisation.eq(organisation.get()))
        .order_by_asc(Column::Member)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?)
}

/// Whether an assignment began at `since` or later.
pub(crate) async fn any_started_since<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    since: Millis,
) -> anyhow::Result<bool> {
    let one = Entity::find()
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(Column::StartedAt.gte(since.0))
        .one(connection)
        .await?;
    Ok(one.is_some())
}

pub(crate) async fn insert_assignments<C: Connection>(connection: &C, rows: Vec<AssignmentRow>) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let active = rows.into_iter().map(ActiveModel::from);
    let key = [Column::Organisation, Column::Member, Column::Prompt];
    Entity::insert_many(active)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Ends assignments at an instant, or lets them run again.
pub(crate) async fn set_ended<C: Connection>(
    connection: &C,
    ids: &[String],
    ended_at: Option<Millis>,
) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(ended_at.map(|at| at.0)))
        .filter(Column::Id.is_in(ids))
        .exec(connection)
        .await?;
    Ok(())
}
