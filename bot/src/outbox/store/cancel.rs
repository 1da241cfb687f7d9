//! Messages to somebody who is erased.

use anyhow::Context;
use entity::outbound_message::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use crate::clock::Millis;
use crate::db::Connection;
use crate::erasable::Whose;
use crate::outbox::entry::State;

fn to(whose: Whose) -> Condition {
    let member = Condition::all().add(Column::Member.eq(whose.member.get()));
    member.add_option(whose.organisation.map(|id| Column::Organisation.eq(id.get())))
}

/// The Discord ids of messages that were sent to somebody.
pub(crate) async fn sent_to(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<i64>> {
    Entity::find()
        .select_only()
        .column(Column::SentMessage)
        .filter(to(whose))
        .filter(Column::SentMessage.is_not_null())
        .into_tuple()
        .all(connection)
        .await
        .context("looking for messages that were sent")
}

/// What has not been sent to somebody is not sent any more.
pub(crate) async fn cancel(connection: &impl Connection, whose: Whose, now: Millis) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Cancelled.word()))
        .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
        .col_expr(Column::Lease, Expr::value(None::<String>))
        .col_expr(Column::SettledAt, Expr::value(now.0))
        .filter(to(whose))
        .filter(Column::State.is_in([State::Pending.word(), State::Sending.word()]))
        .exec(connection)
        .await
        .context("cancelling messages")?;
    Ok(())
}
