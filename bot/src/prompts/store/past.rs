//! The SQL of cycles as reports need them.

use anyhow::Context;
use entity::cycle::{Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::catalogue::Choice;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{MemberId, OrganisationId};
use crate::prompts::cycle::State;
use crate::prompts::unreached::Outcome;

/// All cycles of these members that were made by `made_until`, by member, assignment and ordinal.
pub(crate) async fn history<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    members: &[MemberId],
    made_until: Millis,
) -> anyhow::Result<Vec<Past>> {
    let rows: Vec<PastTuple> = Entity::find()
        .select_only()
        .column(Column::Assignment)
        .column(Column::Ordinal)
        .column(Column::Member)
        .column(Column::Zone)
        .column(Column::DueAt)
        .column(Column::State)
        .column(Column::AnsweredAt)
        .column(Column::ClosedAt)
        .column(Column::Choice)
        .column(Column::DeliveredAt)
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(Column::Member.is_in(members.iter().map(|member| member.get())))
        .filter(Column::CreatedAt.lte(made_until.0))
        .order_by_asc(Column::Member)
        .order_by_asc(Column::Assignment)
        .order_by_asc(Column::Ordinal)
        .into_tuple()
        .all(connection)
        .await?;
    rows.into_iter().map(past_of).collect()
}

/// A member's newest questions that were closed or delivered, newest first. What was cancelled or excused unsent says
/// nothing.
pub(crate) async fn newest_outcomes<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: MemberId,
) -> anyhow::Result<Vec<Outcome>> {
    const MOST: u64 = 40;
    let told = [State::Answered, State::Missed, State::Undelivered].map(State::word);
    let says = Condition::any()
        .add(Column::State.is_in(told))
        .add(Column::DeliveredAt.is_not_null());
    let rows: Vec<(String, i64, Option<i64>, Option<i64>)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column(Column::OpensAt)
        .column(Column::DeliveredAt)
        .column(Column::ClosedAt)
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(Column::Member.eq(member.get()))
        .filter(says)
        .order_by_desc(Column::DueAt)
        .order_by_desc(Column::Id)
        .limit(MOST)
        .into_tuple()
        .all(connection)
        .await?;
    let outcome = |(state, opens_at, delivered_at, closed_at): (String, i64, Option<i64>, Option<i64>)| {
        Ok(Outcome {
            state: State::from_word(&state).with_context(|| format!("state {state:?} of a cycle"))?,
            opens_at: Millis(opens_at),
            delivered_at: delivered_at.map(Millis),
            closed_at: closed_at.map(Millis),
        })
    };
    rows.into_iter().map(outcome).collect()
}

/// Who was ever asked by then, in the order of ids: the first `most` of them, and how many there are in all. Whoever
/// was erased, and so has a negative id, is left out.
pub(crate) async fn ever_asked<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    made_until: Millis,
    most: u64,
) -> anyhow::Result<(Vec<MemberId>, u64)> {
    let made = || {
        Entity::find()
            .select_only()
            .filter(Column::Organisation.eq(organisation.get()))
            .filter(Column::Member.gt(0))
            .filter(Column::CreatedAt.lte(made_until.0))
    };
    let first: Vec<i64> = made()
        .column(Column::Member)
        .distinct()
        .order_by_asc(Column::Member)
        .limit(most)
        .into_tuple()
        .all(connection)
        .await?;
    let count: Option<i64> = made()
        .column_as(Expr::col(Column::Member).count_distinct(), "count")
        .into_tuple()
        .one(connection)
        .await?;
    let first = first.into_iter().map(MemberId::from_i64).collect();
    Ok((first, count.unwrap_or_default().unsigned_abs()))
}

/// The first due instant of a cycle that counts at `as_of`: it was due, answered or closed by then.
pub(crate) async fn first_due<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    as_of: Millis,
) -> anyhow::Result<Option<Millis>> {
    let counts = Condition::any()
        .add(Column::DueAt.lte(as_of.0))
        .add(Column::AnsweredAt.lte(as_of.0))
        .add(Column::ClosedAt.lte(as_of.0));
    let first: Option<Option<i64>> = Entity::find()
        .select_only()
        .column_as(Column::DueAt.min(), "first")
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(Column::CreatedAt.lte(as_of.0))
        .filter(counts)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(first.flatten().map(Millis))
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
    Option<i64>,
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
    pub delivered_at: Option<Millis>,
}

fn past_of(row: PastTuple) -> anyhow::Result<Past> {
    let (assignment, ordinal, member, zone, due_at, state, answered_at, closed_at, choice, delivered_at) = row;
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
        delivered_at: delivered_at.map(Millis),
    })
}
