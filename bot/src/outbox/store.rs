//! The SQL of the outbox.

mod cancel;
mod settle;

pub(crate) use cancel::{cancel, sent_to};
pub(super) use settle::{hold_behind, settle};

use anyhow::Context;
use entity::outbound_message::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entry::{Entry, State};
use super::fate::IN_FRONT;
use super::message::{Message, NewOutbound};
use super::outbound::{LEASE, Outbound};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{ChannelId, MemberId, OrganisationId, OutboundId};
use crate::ledger::Tx;

/// Promises a message. It is sent some time after the transaction has committed.
pub async fn promise(tx: &Tx, chance: &Chance, new: NewOutbound) -> anyhow::Result<OutboundId> {
    let id = chance.id();
    let front = match new.channel {
        Some(channel) => front(tx.connection(), channel).await?,
        None => None,
    };
    let row = Model {
        id: id.clone(),
        organisation: new.organisation.get(),
        member: new.member.map(MemberId::get),
        channel: new.channel.map(ChannelId::get),
        message: serde_json::to_string(&new.message)?,
        // 24 characters: 20 of the random id, so that no two recipients can share one.
        nonce: format!("bw1-{}", &id[..20]),
        state: State::Pending.word().to_owned(),
        attempts: 0,
        next_at: front.map_or(new.at, |front| front.max(new.at)).0,
        expires_at: new.expires.map(|at| at.0),
        leased_until: None,
        lease: None,
        uncertain_since: None,
        last_error: None,
        sent_channel: None,
        sent_message: None,
        created_at: tx.now().0,
        settled_at: None,
    };
    Entity::insert(ActiveModel::from(row))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(OutboundId::new(id))
}

/// When the last message to the channel goes again that was tried in vain and is to come before others.
async fn front<C: Connection>(connection: &C, channel: ChannelId) -> anyhow::Result<Option<Millis>> {
    let last = Entity::find()
        .select_only()
        .column_as(Column::NextAt.max(), "last")
        .filter(is(State::Pending))
        .filter(Column::Channel.eq(channel.get()))
        .filter(Column::Attempts.gt(0))
        .filter(Column::Attempts.lte(IN_FRONT))
        .into_tuple::<Option<i64>>()
        .one(connection)
        .await?;
    Ok(last.flatten().map(Millis))
}

/// Lets a promised message to this member that names something go out from `at` on, if it waits for later. Whether there
/// is one that has not been sent.
pub async fn bring_forward(tx: &Tx, member: MemberId, naming: &str, at: Millis) -> anyhow::Result<bool> {
    let unsent = Entity::find()
        .filter(Column::State.is_in([State::Pending.word(), State::Sending.word()]))
        .filter(Column::Member.eq(member.get()))
        .filter(Column::Message.contains(naming))
        .all(tx.connection())
        .await?;
    let waits = |row: &&Model| row.state == State::Pending.word() && row.attempts == 0 && row.next_at > at.0;
    for row in unsent.iter().filter(waits) {
        Entity::update_many()
            .col_expr(Column::NextAt, Expr::value(at.0))
            .filter(Column::Id.eq(&row.id))
            .exec(tx.connection())
            .await?;
    }
    Ok(!unsent.is_empty())
}

/// Deletes the messages that name something by its random id, sent or not.
pub async fn forget_naming(tx: &Tx, id: &str) -> anyhow::Result<()> {
    Entity::delete_many()
        .filter(Column::Message.contains(id))
        .exec(tx.connection())
        .await
        .context("forgetting messages")?;
    Ok(())
}

fn is(state: State) -> Condition {
    Condition::all().add(Column::State.eq(state.word()))
}

/// When the next message is due or the next lease ends; possibly in the past.
pub async fn next_due<C: Connection>(connection: &C) -> anyhow::Result<Option<Millis>> {
    let first = |condition: Condition, column: Column| {
        Entity::find()
            .select_only()
            .column_as(column.min(), "first")
            .filter(condition)
            .into_tuple::<Option<i64>>()
            .one(connection)
    };
    let pending = first(is(State::Pending), Column::NextAt).await?.flatten();
    let leased = first(is(State::Sending), Column::LeasedUntil).await?.flatten();
    Ok(pending.into_iter().chain(leased).min().map(Millis))
}

pub(super) async fn lease<C: Connection>(
    connection: &C,
    (now, lease): (Millis, &str),
    most: u64,
) -> anyhow::Result<Vec<Outbound>> {
    let lost = is(State::Sending).add(Column::LeasedUntil.lte(now.0));
    let due = is(State::Pending).add(Column::NextAt.lte(now.0));
    let mut rows = Entity::find()
        .filter(lost.clone())
        .order_by_asc(Column::LeasedUntil)
        .limit(most)
        .all(connection)
        .await?;
    for row in &mut rows {
        // The courier that had it may have sent it just after it took it.
        row.uncertain_since = row.uncertain_since.or(row.leased_until.map(|until| until - LEASE));
        Entity::update_many()
            .col_expr(Column::UncertainSince, Expr::value(row.uncertain_since))
            .filter(Column::Id.eq(&row.id))
            .exec(connection)
            .await?;
    }
    let more = Entity::find()
        .filter(due)
        .order_by_asc(Column::NextAt)
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(most - rows.len() as u64)
        .all(connection)
        .await?;
    rows.extend(more);
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Sending.word()))
        .col_expr(Column::LeasedUntil, Expr::value(Some((now + LEASE).0)))
        .col_expr(Column::Lease, Expr::value(Some(lease.to_owned())))
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id.as_str())))
        .exec(connection)
        .await?;
    let own = rows.into_iter().map(|row| Model {
        leased_until: Some((now + LEASE).0),
        lease: Some(lease.to_owned()),
        ..row
    });
    Ok(own.filter_map(readable).collect())
}

/// One row that cannot be read, as from a newer version of the program, must not hold back all others. It stays
/// leased, and is found again when its lease ends.
fn readable(row: Model) -> Option<Outbound> {
    outbound(row)
        .inspect_err(|error| tracing::error!("a message is left alone: {error:#}"))
        .ok()
}

fn outbound(row: Model) -> anyhow::Result<Outbound> {
    Ok(Outbound {
        message: message(&row)?,
        id: OutboundId::new(row.id),
        organisation: OrganisationId::from_i64(row.organisation),
        member: row.member.map(MemberId::from_i64),
        channel: row.channel.map(ChannelId::from_i64),
        nonce: row.nonce,
        attempts: row.attempts.unsigned_abs(),
        expires: row.expires_at.map(Millis),
        uncertain_since: row.uncertain_since.map(Millis),
        promised_at: Millis(row.created_at),
        lease: row.lease.unwrap_or_default(),
        leased_until: Millis(row.leased_until.unwrap_or_default()),
    })
}

fn message(row: &Model) -> anyhow::Result<Message> {
    serde_json::from_str(&row.message).with_context(|| format!("reading the message of outbox row {}", row.id))
}

pub(super) async fn list<C: Connection>(connection: &C, state: State, most: u64) -> anyhow::Result<Vec<Entry>> {
    let rows = Entity::find()
        .filter(is(state))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(connection)
        .await?;
    rows.into_iter().map(entry_of).collect()
}

pub(super) async fn entry<C: Connection>(connection: &C, id: &OutboundId) -> anyhow::Result<Option<Entry>> {
    let row = Entity::find_by_id(id.as_str()).one(connection).await?;
    row.map(entry_of).transpose()
}

fn entry_of(row: Model) -> anyhow::Result<Entry> {
    let state = State::ALL.into_iter().find(|state| state.word() == row.state);
    Ok(Entry {
        kind: message(&row)?.kind(),
        state: state.with_context(|| format!("outbox row {} has an unknown state", row.id))?,
        id: OutboundId::new(row.id),
        organisation: OrganisationId::from_i64(row.organisation),
        member: row.member.map(MemberId::from_i64),
        channel: row.channel.map(ChannelId::from_i64),
        attempts: row.attempts.unsigned_abs(),
        next_at: Millis(row.next_at),
        expires: row.expires_at.map(Millis),
        last_error: row.last_error,
        promised_at: Millis(row.created_at),
    })
}

pub(super) async fn make_due<C: Connection>(connection: &C, id: &OutboundId, now: Millis) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Pending.word()))
        .col_expr(Column::NextAt, Expr::value(now.0))
        .col_expr(Column::SettledAt, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}
