//! The SQL of a message's fate.

use entity::outbound_message::{ActiveModel, Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::is;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::ChannelId;
use crate::outbox::entry::State;
use crate::outbox::fate::{Fate, Reason};
use crate::outbox::outbound::Outbound;

/// Writes a fate down. False when it was not for this leasing to decide.
pub(in crate::outbox) async fn settle<C: Connection>(
    connection: &C,
    outbound: &Outbound,
    fate: &Fate,
    now: Millis,
) -> anyhow::Result<bool> {
    let id = outbound.id.as_str();
    let mut row = change(fate, now);
    row.leased_until = Set(None);
    row.lease = Set(None);
    if counts(fate) {
        let attempts = Entity::find_by_id(id).one(connection).await?;
        row.attempts = Set(attempts.map_or(0, |row| row.attempts).saturating_add(1));
    }
    let written = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id))
        .filter(may_settle(outbound, fate))
        .exec(connection)
        .await?;
    Ok(written.rows_affected > 0)
}

/// Lets messages to a channel that were promised after one that goes again only later wait for it.
pub(in crate::outbox) async fn hold_behind<C: Connection>(
    connection: &C,
    channel: ChannelId,
    promised_at: Millis,
    until: Millis,
) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(until.0))
        .filter(is(State::Pending))
        .filter(Column::Channel.eq(channel.get()))
        .filter(Column::CreatedAt.gt(promised_at.0))
        .filter(Column::NextAt.lt(until.0))
        .exec(connection)
        .await?;
    Ok(())
}

fn may_settle(outbound: &Outbound, fate: &Fate) -> Condition {
    let own = is(State::Sending).add(Column::Lease.eq(outbound.lease.as_str()));
    match fate {
        Fate::Delivered { .. } => Condition::any().add(is(State::Pending)).add(is(State::Sending)),
        Fate::Held { .. } | Fate::Postponed { .. } | Fate::Rerouted { .. } | Fate::GivenUp { .. } | Fate::Cancelled => {
            own
        }
    }
}

/// Whether an attempt was made that did not bring the message to Discord.
fn counts(fate: &Fate) -> bool {
    match fate {
        Fate::Postponed { .. } | Fate::Rerouted { .. } | Fate::GivenUp { .. } => true,
        Fate::Delivered { .. } | Fate::Held { .. } | Fate::Cancelled => false,
    }
}

fn change(fate: &Fate, now: Millis) -> ActiveModel {
    let waiting = |until: Millis| ActiveModel {
        state: Set(State::Pending.word().to_owned()),
        next_at: Set(until.0),
        ..ActiveModel::default()
    };
    let settled = |state: State, reason: Option<Reason>| ActiveModel {
        state: Set(state.word().to_owned()),
        last_error: Set(reason.map(|reason| reason.to_string())),
        settled_at: Set(Some(now.0)),
        uncertain_since: Set(None),
        ..ActiveModel::default()
    };
    match *fate {
        Fate::Delivered { channel, message } => ActiveModel {
            sent_channel: Set(Some(channel.get())),
            sent_message: Set(Some(message.get())),
            ..settled(State::Delivered, None)
        },
        Fate::Held { until } => waiting(until),
        Fate::Postponed {
            until,
            reason,
            uncertain,
        } => ActiveModel {
            last_error: Set(Some(reason.to_string())),
            uncertain_since: Set(uncertain.map(|since| since.0)),
            ..waiting(until)
        },
        Fate::Rerouted { channel, reason } => ActiveModel {
            channel: Set(Some(channel.get())),
            last_error: Set(Some(reason.to_string())),
            uncertain_since: Set(None),
            ..waiting(now)
        },
        Fate::GivenUp { reason } => settled(State::Undelivered, Some(reason)),
        Fate::Cancelled => settled(State::Cancelled, None),
    }
}
