//! The SQL of cycles as reports need them.

use anyhow::Context;
use entity::cycle::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::catalogue::Choice;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{MemberId, OrganisationId};
use crate::prompts::cycle::State;

/// All cycles of a member, or of everybody, for reports; due until `due_until`, by assignment and ordinal.
pub(crate) async fn history<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: Option<MemberId>,
    due_until: Millis,
) -> anyhow::Result<Vec<Past>> {
    let mut query = Entity::find()
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
        .filter(Column::Organisation.eq(organisation.get()))
        .filter(Column::CreatedAt.lte(due_until.0));
    if let Some(member) = member {
        query = query.filter(Column::Member.eq(member.get()));
    }
    let rows: Vec<PastTuple> = query
        .order_by_asc(Column::Member)
        .order_by_asc(Column::Assignment)
        .order_by_asc(Column::Ordinal)
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
