//! The SQL of reading cycles.

use anyhow::Context;
use entity::cycle::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::CycleRow;
use crate::catalogue::Choice;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{AssignmentId, CycleId, MemberId, OrganisationId, RecordId};
use crate::prompts::cycle::{Cycle, State, Wording};
use crate::prompts::period::Period;

fn cycle_of(row: CycleRow) -> anyhow::Result<Cycle> {
    let wording: Wording =
        serde_json::from_str(&row.wording).with_context(|| format!("wording of cycle {}", row.id))?;
    let period = Period::from_key(&row.period, wording.first_month)
        .with_context(|| format!("period {:?} of cycle {}", row.period, row.id))?;
    let choice = |word: Option<String>| word.and_then(|word| word.parse::<Choice>().ok());
    Ok(Cycle {
        state: State::from_word(&row.state).with_context(|| format!("state {:?} of cycle {}", row.state, row.id))?,
        id: CycleId::new(row.id),
        assignment: AssignmentId::new(row.assignment),
        organisation: OrganisationId::from_i64(row.organisation),
        member: MemberId::from_i64(row.member),
        prompt: row.prompt,
        period: row.period,
        period_start: period.first,
        period_end: period.last,
        ordinal: row.ordinal,
        zone: row.zone,
        opens_at: Millis(row.opens_at),
        due_at: Millis(row.due_at),
        closes_at: Millis(row.closes_at),
        wording,
        follow_up_drawn: row.follow_up,
        reason: row.reason,
        rec: RecordId::new(row.rec),
        delivered_at: row.delivered_at.map(Millis),
        draft: choice(row.draft_choice),
        answered_at: row.answered_at.map(Millis),
        choice: choice(row.choice),
        closed_at: row.closed_at.map(Millis),
        created_at: Millis(row.created_at),
    })
}

fn cycles_of(rows: Vec<CycleRow>) -> anyhow::Result<Vec<Cycle>> {
    rows.into_iter().map(cycle_of).collect()
}

/// The cycle with that id, if there is one.
pub async fn cycle<C: Connection>(connection: &C, id: &CycleId) -> anyhow::Result<Option<Cycle>> {
    let row = Entity::find_by_id(id.as_str()).one(connection).await?;
    row.map(cycle_of).transpose()
}

/// A member's open cycles that close after `now`.
fn open_of(organisation: OrganisationId, member: MemberId, now: Millis) -> Select<Entity> {
    Entity::find()
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(Column::Member.eq(member.get()))
        .filter(Column::State.eq(State::Open.word()))
        .filter(Column::ClosesAt.gt(now.0))
}

/// What a member could answer at `now`, the next due first.
pub async fn pending<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: MemberId,
    now: Millis,
) -> anyhow::Result<Vec<Cycle>> {
    let rows = open_of(organisation, member, now)
        .filter(Column::OpensAt.lte(now.0))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    cycles_of(rows)
}

/// A member's own cycles, the newest first, at most `limit`.
pub async fn own_record<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: MemberId,
    limit: u64,
) -> anyhow::Result<Vec<Cycle>> {
    let rows = Entity::find()
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(Column::Member.eq(member.get()))
        .order_by_desc(Column::DueAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    cycles_of(rows)
}

/// Open cycles whose late window has ended at `now`, at most `limit`.
pub(crate) async fn closing<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    now: Millis,
    limit: u64,
) -> anyhow::Result<Vec<Cycle>> {
    let rows = Entity::find()
        .filter(Column::State.eq(State::Open.word()))
        .filter(Column::ClosesAt.lte(now.0))
        .filter(Column::Organisation.eq(organisation.get()))
        .order_by_asc(Column::ClosesAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    cycles_of(rows)
}

/// A member's open cycles whose question has not been delivered, nor given up, and that close after `now`.
pub(crate) async fn unsent<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: MemberId,
    now: Millis,
) -> anyhow::Result<Vec<Cycle>> {
    let rows = open_of(organisation, member, now)
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::Reason.is_null())
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    cycles_of(rows)
}

/// Cycles of these assignments that close after `after` and are open or answered.
pub(crate) async fn running_of<C: Connection>(
    connection: &C,
    assignments: &[String],
    after: Millis,
) -> anyhow::Result<Vec<Cycle>> {
    let rows = Entity::find()
        .filter(Column::Assignment.is_in(assignments))
        .filter(Column::State.is_in([State::Open.word(), State::Answered.word()]))
        .filter(Column::ClosesAt.gt(after.0))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    cycles_of(rows)
}

/// Open cycles whose row is older than `before`, by id from `after` on, at most `limit`. By its row, for a cycle that
/// was written before an outage may open within it.
pub(crate) async fn open_from_before<C: Connection>(
    connection: &C,
    before: Millis,
    after: &str,
    limit: u64,
) -> anyhow::Result<Vec<Cycle>> {
    let rows = Entity::find()
        .filter(Column::State.eq(State::Open.word()))
        .filter(Column::CreatedAt.lt(before.0))
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    cycles_of(rows)
}

/// An open cycle of an organisation that nobody serves.
#[derive(Clone, Debug)]
pub(crate) struct Elsewhere {
    pub id: String,
    pub rec: String,
    pub organisation: OrganisationId,
}

/// Open cycles of other organisations than these, at most `limit`.
pub(crate) async fn open_elsewhere<C: Connection>(
    connection: &C,
    configured: &[OrganisationId],
    limit: u64,
) -> anyhow::Result<Vec<Elsewhere>> {
    // Of the row only what must be known: whatever else it says, it ends.
    let rows: Vec<(String, String, i64)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Rec)
        .column(Column::Organisation)
        .filter(Column::State.eq(State::Open.word()))
        .filter(Column::Organisation.is_not_in(configured.iter().map(|id| id.get())))
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    let elsewhere = |(id, rec, organisation)| Elsewhere {
        id,
        rec,
        organisation: OrganisationId::from_i64(organisation),
    };
    Ok(rows.into_iter().map(elsewhere).collect())
}

/// When the next open cycle of these organisations closes.
pub(crate) async fn next_closing<C: Connection>(
    connection: &C,
    configured: &[OrganisationId],
) -> anyhow::Result<Option<Millis>> {
    let first = Entity::find()
        .select_only()
        .column(Column::ClosesAt)
        .filter(Column::State.eq(State::Open.word()))
        .filter(Column::Organisation.is_in(configured.iter().map(|id| id.get())))
        .order_by_asc(Column::ClosesAt)
        .limit(1)
        .into_tuple::<i64>()
        .one(connection)
        .await?;
    Ok(first.map(Millis))
}
