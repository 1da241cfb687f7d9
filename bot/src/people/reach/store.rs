//! The SQL of reach.

use entity::member::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::Reach;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{ChannelId, MemberId, OrganisationId};
use crate::ledger::Tx;

/// What is known; nothing of a member who is not kept.
pub async fn reach<C: Connection>(
    connection: &C,
    organisation: OrganisationId,
    member: MemberId,
) -> anyhow::Result<Reach> {
    let row = Entity::find_by_id((organisation.get(), member.get()))
        .one(connection)
        .await?;
    Ok(row.map_or_else(Reach::default, |row| Reach {
        dm_channel: row.dm_channel.map(ChannelId::from_i64),
        dm_refused_at: row.dm_refused_at.map(Millis),
    }))
}

/// Keeps the channel of a member's direct messages; it is the same in all organisations.
pub async fn note_dm(tx: &Tx, member: MemberId, channel: ChannelId) -> anyhow::Result<()> {
    write(tx, member, Column::DmChannel, Some(channel.get())).await
}

/// The channel is gone: the next message opens it again.
pub async fn forget_dm(tx: &Tx, member: MemberId) -> anyhow::Result<()> {
    write(tx, member, Column::DmChannel, None).await
}

/// Discord refuses direct messages to the member.
pub async fn note_dm_refused(tx: &Tx, member: MemberId) -> anyhow::Result<()> {
    write(tx, member, Column::DmRefusedAt, Some(tx.now().0)).await
}

/// The member has used the bot: direct messages are worth a try again.
pub(super) async fn note_interaction(tx: &Tx, member: MemberId) -> anyhow::Result<()> {
    write(tx, member, Column::DmRefusedAt, None).await
}

async fn write(tx: &Tx, member: MemberId, column: Column, value: Option<i64>) -> anyhow::Result<()> {
    Entity::update_many()
        .col_expr(column, Expr::value(value))
        .filter(Column::Member.eq(member.get()))
        .exec(tx.connection())
        .await?;
    Ok(())
}
