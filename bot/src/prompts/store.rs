//! The SQL of assignments, cycles and answers.

use anyhow::Context;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::cycle::{Cycle, State, Wording};
use super::period::Period;
use crate::catalogue::Choice;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{AssignmentId, CycleId, InteractionId, MemberId, OrganisationId, RecordId};
use entity::{answer, cycle};

pub(crate) use entity::answer::Model as AnswerRow;

pub(crate) fn cycle_of(row: cycle::Model) -> anyhow::Result<Cycle> {
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

fn cycles_of(rows: Vec<cycle::Model>) -> anyhow::Result<Vec<Cycle>> {
    rows.into_iter().map(cycle_of).collect()
}

/// The cycle with that id, if there is one.
pub async fn cycle<C: Connection>(connection: &C, id: &CycleId) -> anyhow::Result<Option<Cycle>> {
    let row = cycle::Entity::find_by_id(id.as_str()).one(connection).await?;
    row.map(cycle_of).transpose()
}

/// What a member could answer at `now`, the next due first.
pub async fn pending<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: MemberId,
    now: Millis,
) -> anyhow::Result<Vec<Cycle>> {
    let rows = cycle::Entity::find()
        .filter(cycle::Column::Organisation.eq(organisation.get()))
        .filter(cycle::Column::Member.eq(member.get()))
        .filter(cycle::Column::State.eq(State::Open.word()))
        .filter(cycle::Column::OpensAt.lte(now.0))
        .filter(cycle::Column::ClosesAt.gt(now.0))
        .order_by_asc(cycle::Column::DueAt)
        .order_by_asc(cycle::Column::Id)
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
    let rows = cycle::Entity::find()
        .filter(cycle::Column::Organisation.eq(organisation.get()))
        .filter(cycle::Column::Member.eq(member.get()))
        .order_by_desc(cycle::Column::DueAt)
        .order_by_desc(cycle::Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    cycles_of(rows)
}

pub(crate) async fn set_delivered<C: Connection>(connection: &C, id: &CycleId, at: Millis) -> anyhow::Result<()> {
    cycle::Entity::update_many()
        .col_expr(cycle::Column::DeliveredAt, Expr::value(at.0))
        .filter(cycle::Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

pub(crate) async fn set_reason<C: Connection>(connection: &C, id: &CycleId, reason: &str) -> anyhow::Result<()> {
    cycle::Entity::update_many()
        .col_expr(cycle::Column::Reason, Expr::value(reason))
        .filter(cycle::Column::Id.eq(id.as_str()))
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
    cycle::Entity::update_many()
        .col_expr(cycle::Column::DraftChoice, Expr::value(choice.id()))
        .col_expr(cycle::Column::DraftAt, Expr::value(at.0))
        .filter(cycle::Column::Id.eq(id.as_str()))
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
    cycle::Entity::update_many()
        .col_expr(cycle::Column::State, Expr::value(State::Answered.word()))
        .col_expr(cycle::Column::Reason, Expr::value(None::<String>))
        .col_expr(cycle::Column::Choice, Expr::value(choice.id()))
        .col_expr(cycle::Column::AnsweredAt, Expr::value(at.0))
        .col_expr(cycle::Column::ClosedAt, Expr::value(now.0))
        .filter(cycle::Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

/// The answer written by that interaction, and the rows of that cycle, oldest revision first.
pub(crate) async fn answers<C: Connection>(
    connection: &C,
    id: &CycleId,
    interaction: InteractionId,
) -> anyhow::Result<Vec<AnswerRow>> {
    let either = Condition::any()
        .add(answer::Column::Cycle.eq(id.as_str()))
        .add(answer::Column::Interaction.eq(interaction.get()));
    Ok(answer::Entity::find()
        .filter(either)
        .order_by_asc(answer::Column::Revision)
        .all(connection)
        .await?)
}

pub(crate) async fn insert_answer<C: Connection>(connection: &C, row: AnswerRow) -> anyhow::Result<()> {
    answer::Entity::insert(answer::ActiveModel {
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
