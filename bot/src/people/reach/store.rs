//! The SQL of reach.

use entity::member::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

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
    let change = ActiveModel {
        dm_channel: Set(Some(channel.get())),
        ..ActiveModel::default()
    };
    write(tx, member, change).await
}

/// The channel is gone: the next message opens it again.
pub async fn forget_dm(tx: &Tx, member: MemberId) -> anyhow::Result<()> {
    let change = ActiveModel {
        dm_channel: Set(None),
        ..ActiveModel::default()
    };
    write(tx, member, change).await
}

/// Discord refuses direct messages to the member.
pub async fn note_dm_refused(tx: &Tx, member: MemberId) -> anyhow::Result<()> {
    let change = ActiveModel {
        dm_refused_at: Set(Some(tx.now().0)),
        ..ActiveModel::default()
    };
    write(tx, member, change).await
}

/// The member has used the bot: direct messages are worth a try again.
pub(super) async fn note_interaction(tx: &Tx, member: MemberId) -> anyhow::Result<()> {
    let change = ActiveModel {
        dm_refused_at: Set(None),
        ..ActiveModel::default()
    };
    write(tx, member, change).await
}

async fn write(tx: &Tx, member: MemberId, change: ActiveModel) -> anyhow::Result<()> {
    Entity::update_many()
        .set(change)
        .filter(Column::Member.eq(member.get()))
        .exec(tx.connection())
        .await?;
    Ok(())
}
