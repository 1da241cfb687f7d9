//! The SQL of assignments, cycles and answers.

use std::collections::BTreeMap;

use anyhow::Context;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::cycle::{Cycle, State, Wording};
use super::period::Period;
use crate::catalogue::Choice;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{AssignmentId, CycleId, InteractionId, MemberId, OrganisationId, RecordId};
use entity::{answer, assignment, cycle};

pub(crate) use entity::answer::Model as AnswerRow;
pub(crate) use entity::assignment::Model as AssignmentRow;
pub(crate) use entity::cycle::Model as CycleRow;

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

/// All assignments of an organisation, running and ended.
pub(crate) async fn assignments<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
) -> anyhow::Result<Vec<AssignmentRow>> {
    Ok(assignment::Entity::find()
        .filter(assignment::Column::Organisation.eq(organisation.get()))
        .order_by_asc(assignment::Column::Member)
        .order_by_asc(assignment::Column::Id)
        .all(connection)
        .await?)
}

/// Whether an assignment began at `since` or later.
pub(crate) async fn any_started_since<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    since: Millis,
) -> anyhow::Result<bool> {
    let one = assignment::Entity::find()
        .filter(assignment::Column::Organisation.eq(organisation.get()))
        .filter(assignment::Column::StartedAt.gte(since.0))
        .one(connection)
        .await?;
    Ok(one.is_some())
}

pub(crate) async fn insert_assignments<C: Connection>(connection: &C, rows: Vec<AssignmentRow>) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let active = rows.into_iter().map(|row| assignment::ActiveModel {
        id: Set(row.id),
        organisation: Set(row.organisation),
        member: Set(row.member),
        prompt: Set(row.prompt),
        tags: Set(row.tags),
        started_at: Set(row.started_at),
        ended_at: Set(row.ended_at),
    });
    let key = [
        assignment::Column::Organisation,
        assignment::Column::Member,
        assignment::Column::Prompt,
    ];
    assignment::Entity::insert_many(active)
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
    assignment::Entity::update_many()
        .col_expr(assignment::Column::EndedAt, Expr::value(ended_at.map(|at| at.0)))
        .filter(assignment::Column::Id.is_in(ids))
        .exec(connection)
        .await?;
    Ok(())
}

/// The newest cycles of each assignment, at most four, oldest first.
pub(crate) async fn newest_of<C: Connection>(connection: &C, assignments: &[String]) -> anyhow::Result<Vec<CycleRow>> {
    let newest = "cycle.ordinal > (SELECT MAX(c.ordinal) - 4 FROM cycle c WHERE c.assignment = cycle.assignment)";
    Ok(cycle::Entity::find()
        .filter(cycle::Column::Assignment.is_in(assignments))
        .filter(Expr::cust(newest))
        .order_by_asc(cycle::Column::Assignment)
        .order_by_asc(cycle::Column::Ordinal)
        .all(connection)
        .await?)
}

/// Which of these periods have a cycle already, as (assignment, period).
pub(crate) async fn taken<C: Connection>(
    connection: &C,
    assignments: &[String],
    periods: &[String],
) -> anyhow::Result<Vec<(String, String)>> {
    Ok(cycle::Entity::find()
        .select_only()
        .column(cycle::Column::Assignment)
        .column(cycle::Column::Period)
        .filter(cycle::Column::Assignment.is_in(assignments))
        .filter(cycle::Column::Period.is_in(periods))
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
        .column(cycle::Column::Assignment)
        .expr(Expr::col(cycle::Column::Ordinal).max())
        .from(cycle::Entity)
        .and_where(cycle::Column::Organisation.eq(organisation.get()))
        .group_by_col(cycle::Column::Assignment)
        .to_owned();
    let key = Expr::tuple([Expr::col(cycle::Column::Assignment), Expr::col(cycle::Column::Ordinal)]);
    let wanted = Condition::any()
        .add(cycle::Column::DueAt.gt(due_after.0))
        .add(cycle::Column::State.eq(State::Open.word()))
        .add(key.in_subquery(last));
    let rows: Vec<BriefTuple> = cycle::Entity::find()
        .select_only()
        .columns([cycle::Column::Assignment])
        .column(cycle::Column::Member)
        .column(cycle::Column::Period)
        .column(cycle::Column::OpensAt)
        .column(cycle::Column::ClosesAt)
        .column(cycle::Column::State)
        .column(cycle::Column::DeliveredAt)
        .column(cycle::Column::CreatedAt)
        .filter(cycle::Column::Organisation.eq(organisation.get()))
        .filter(wanted)
        .order_by_asc(cycle::Column::Assignment)
        .order_by_asc(cycle::Column::Ordinal)
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
        .add(cycle::Column::State.is_not_in([State::Cancelled.word(), State::Excused.word()]))
        .add(cycle::Column::DeliveredAt.is_not_null());
    let rows: Vec<(String, Option<i64>)> = cycle::Entity::find()
        .select_only()
        .column(cycle::Column::Assignment)
        .column_as(cycle::Column::OpensAt.max(), "last")
        .filter(cycle::Column::Organisation.eq(organisation.get()))
        .filter(asked)
        .group_by(cycle::Column::Assignment)
        .into_tuple()
        .all(connection)
        .await?;
    let asked = rows.into_iter();
    Ok(asked.filter_map(|(id, last)| Some((id, Millis(last?)))).collect())
}

pub(crate) async fn insert_cycles<C: Connection>(connection: &C, rows: Vec<CycleRow>) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let active = rows.into_iter().map(|row| cycle::ActiveModel {
        id: Set(row.id),
        assignment: Set(row.assignment),
        organisation: Set(row.organisation),
        member: Set(row.member),
        prompt: Set(row.prompt),
        period: Set(row.period),
        ordinal: Set(row.ordinal),
        zone: Set(row.zone),
        opens_at: Set(row.opens_at),
        due_at: Set(row.due_at),
        closes_at: Set(row.closes_at),
        wording: Set(row.wording),
        catalogue: Set(row.catalogue),
        follow_up: Set(row.follow_up),
        state: Set(row.state),
        reason: Set(row.reason),
        rec: Set(row.rec),
        delivered_at: Set(row.delivered_at),
        draft_choice: Set(row.draft_choice),
        draft_at: Set(row.draft_at),
        answered_at: Set(row.answered_at),
        choice: Set(row.choice),
        closed_at: Set(row.closed_at),
        created_at: Set(row.created_at),
    });
    cycle::Entity::insert_many(active)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Open cycles whose late window has ended at `now`, at most `limit`.
pub(crate) async fn closing<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    now: Millis,
    limit: u64,
) -> anyhow::Result<Vec<Cycle>> {
    let rows = cycle::Entity::find()
        .filter(cycle::Column::State.eq(State::Open.word()))
        .filter(cycle::Column::ClosesAt.lte(now.0))
        .filter(cycle::Column::Organisation.eq(organisation.get()))
        .order_by_asc(cycle::Column::ClosesAt)
        .order_by_asc(cycle::Column::Id)
        .limit(limit)
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
    let rows = cycle::Entity::find()
        .filter(cycle::Column::Assignment.is_in(assignments))
        .filter(cycle::Column::State.is_in([State::Open.word(), State::Answered.word()]))
        .filter(cycle::Column::ClosesAt.gt(after.0))
        .order_by_asc(cycle::Column::Id)
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
    let rows = cycle::Entity::find()
        .filter(cycle::Column::State.eq(State::Open.word()))
        .filter(cycle::Column::CreatedAt.lt(before.0))
        .filter(cycle::Column::Id.gt(after))
        .order_by_asc(cycle::Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    cycles_of(rows)
}

/// When the next open cycle closes.
pub(crate) async fn next_closing<C: Connection>(connection: &C) -> anyhow::Result<Option<Millis>> {
    let first = cycle::Entity::find()
        .select_only()
        .column(cycle::Column::ClosesAt)
        .filter(cycle::Column::State.eq(State::Open.word()))
        .order_by_asc(cycle::Column::ClosesAt)
        .limit(1)
        .into_tuple::<i64>()
        .one(connection)
        .await?;
    Ok(first.map(Millis))
}

/// Writes the last state of cycles.
pub(crate) async fn close<C: Connection>(
    connection: &C,
    ids: &[String],
    state: State,
    reason: Option<&str>,
    now: Millis,
) -> anyhow::Result<()> {
    cycle::Entity::update_many()
        .col_expr(cycle::Column::State, Expr::value(state.word()))
        .col_expr(cycle::Column::Reason, Expr::value(reason))
        .col_expr(cycle::Column::ClosedAt, Expr::value(now.0))
        .filter(cycle::Column::Id.is_in(ids))
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
    cycle::Entity::update_many()
        .col_expr(cycle::Column::DueAt, Expr::value(due_at.0))
        .col_expr(cycle::Column::ClosesAt, Expr::value(closes_at.0))
        .filter(cycle::Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

/// All cycles of a member, or of everybody, for reports; due until `due_until`, by assignment and ordinal.
pub(crate) async fn history<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: Option<MemberId>,
    due_until: Millis,
) -> anyhow::Result<Vec<Past>> {
    let mut query = cycle::Entity::find()
        .select_only()
        .column(cycle::Column::Assignment)
        .column(cycle::Column::Ordinal)
        .column(cycle::Column::Member)
        .column(cycle::Column::Zone)
        .column(cycle::Column::DueAt)
        .column(cycle::Column::State)
        .column(cycle::Column::AnsweredAt)
        .column(cycle::Column::ClosedAt)
        .column(cycle::Column::Choice)
        .filter(cycle::Column::Organisation.eq(organisation.get()))
        .filter(cycle::Column::CreatedAt.lte(due_until.0));
    if let Some(member) = member {
        query = query.filter(cycle::Column::Member.eq(member.get()));
    }
    let rows: Vec<PastTuple> = query
        .order_by_asc(cycle::Column::Member)
        .order_by_asc(cycle::Column::Assignment)
        .order_by_asc(cycle::Column::Ordinal)
        .into_tuple()
        .all(connection)
        .await?;
    rows.into_iter().map(past_of).collect()
}

type PastTuple = (
    String,
    i32,
    i64,
    String,
    i64,
    String,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

/// A cycle as reports need it.
#[derive(Clone, Debug)]
pub(crate) struct Past {
    pub assignment: String,
    pub ordinal: i32,
    pub member: MemberId,
    pub zone: String,
    pub due_at: Millis,
    pub state: State,
    pub answered_at: Option<Millis>,
    pub closed_at: Option<Millis>,
    pub choice: Option<Choice>,
}

fn past_of(row: PastTuple) -> anyhow::Result<Past> {
    let (assignment, ordinal, member, zone, due_at, state, answered_at, closed_at, choice) = row;
    Ok(Past {
        assignment,
        ordinal,
        member: MemberId::from_i64(member),
        zone,
        due_at: Millis(due_at),
        state: State::from_word(&state).with_context(|| format!("state {state:?} of a cycle"))?,
        answered_at: answered_at.map(Millis),
        closed_at: closed_at.map(Millis),
        choice: choice.and_then(|word| word.parse().ok()),
    })
}
