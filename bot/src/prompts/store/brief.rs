//! The SQL of what planning needs to know of cycles.

use std::collections::BTreeMap;

use anyhow::Context;
use entity::cycle::{Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::CycleRow;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{MemberId, OrganisationId};
use crate::prompts::cycle::State;

/// The newest cycles of each assignment, at most four, oldest first.
pub(crate) async fn newest_of<C: Connection>(connection: &C, assignments: &[String]) -> anyhow::Result<Vec<CycleRow>> {
    let newest = "cycle.ordinal > (SELECT MAX(c.ordinal) - 4 FROM cycle c WHERE c.assignment = cycle.assignment)";
    Ok(Entity::find()
        .filter(Column::Assignment.is_in(assignments))
        .filter(Expr::cust(newest))
        .order_by_asc(Column::Assignment)
        .order_by_asc(Column::Ordinal)
        .all(connection)
        .await?)
}

/// Which of these periods have a cycle already, as (assignment, period).
pub(crate) async fn taken<C: Connection>(
    connection: &C,
    assignments: &[String],
    periods: &[String],
) -> anyhow::Result<Vec<(String, String)>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Assignment)
        .column(Column::Period)
        .filter(Column::Assignment.is_in(assignments))
        .filter(Column::Period.is_in(periods))
        .into_tuple()
        .all(connection)
        .await?)
}

/// A cycle as planning needs it.
#[derive(Clone, Debug)]
pub(crate) struct Brief {
    pub assignment: String,
    pub member: MemberId,
    pub period: String,
    pub opens_at: Millis,
    pub closes_at: Millis,
    pub state: State,
    pub delivered: bool,
    pub created_at: Millis,
}

type BriefTuple = (String, i64, String, i64, i64, String, Option<i64>, i64);

fn brief_of(row: BriefTuple) -> anyhow::Result<Brief> {
    let (assignment, member, period, opens_at, closes_at, state, delivered_at, created_at) = row;
    Ok(Brief {
        assignment,
        member: MemberId::from_i64(member),
        period,
        opens_at: Millis(opens_at),
        closes_at: Millis(closes_at),
        state: State::from_word(&state).with_context(|| format!("state {state:?} of a cycle"))?,
        delivered: delivered_at.is_some(),
        created_at: Millis(created_at),
    })
}

/// The last cycle of each assignment, and every cycle that is open or was due after `due_after`.
pub(crate) async fn briefs<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    due_after: Millis,
) -> anyhow::Result<Vec<Brief>> {
    let last = Query::select()
        .column(Column::Assignment)
        .expr(Expr::col(Column::Ordinal).max())
        .from(Entity)
        .and_where(Column::Organisation.eq(organisation.get()))
        .group_by_col(Column::Assignment)
        .to_owned();
    let key = Expr::tuple([Expr::col(Column::Assignment), Expr::col(Column::Ordinal)]);
    let wanted = Condition::any()
        .add(Column::DueAt.gt(due_after.0))
        .add(Column::State.eq(State::Open.word()))
        .add(key.in_subquery(last));
    let rows: Vec<BriefTuple> = Entity::find()
        .select_only()
        .columns([Column::Assignment])
        .column(Column::Member)
        .column(Column::Period)
        .column(Column::OpensAt)
        .column(Column::ClosesAt)
        .column(Column::State)
        .column(Column::DeliveredAt)
        .column(Column::CreatedAt)
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(wanted)
        .order_by_asc(Column::Assignment)
        .order_by_asc(Column::Ordinal)
        .into_tuple()
        .all(connection)
        .await?;
    rows.into_iter().map(brief_of).collect()
}

/// When each assignment of an organisation was asked last. What was cancelled or excused unsent was not asked.
pub(crate) async fn last_asked<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
) -> anyhow::Result<BTreeMap<String, Millis>> {
    let asked = Condition::any()
        .add(Column::State.is_not_in([State::Cancelled.word(), State::Excused.word()]))
        .add(Column::DeliveredAt.is_not_null());
    let rows: Vec<(String, Option<i64>)> = Entity::find()
        .select_only()
        .column(Column::Assignment)
        .column_as(Column::OpensAt.max(), "last")
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(asked)
        .group_by(Column::Assignment)
        .into_tuple()
        .all(connection)
        .await?;
    let asked = rows.into_iter();
    Ok(asked.filter_map(|(id, last)| Some((id, Millis(last?)))).collect())
}
