//! The SQL of the outbox.

use sea_orm::{ActiveValue::Set, EntityTrait};

use super::message::NewOutbound;
use crate::chance::Chance;
use crate::ids::OutboundId;
use crate::ledger::Tx;

/// Promises a message. It is sent some time after the transaction has committed.
pub async fn promise(tx: &Tx, chance: &Chance, new: NewOutbound) -> anyhow::Result<OutboundId> {
    let id = chance.id();
    let row = entity::outbound_message::ActiveModel {
        id: Set(id.clone()),
        organisation: Set(new.organisation.get()),
        member: Set(new.member.map(crate::ids::MemberId::get)),
        channel: Set(new.channel.map(crate::ids::ChannelId::get)),
        message: Set(serde_json::to_string(&new.message)?),
        // 24 characters: 20 of the random id, so that no two recipients can share one.
        nonce: Set(format!("bw1-{}", &id[..20])),
        state: Set("pending".to_owned()),
        attempts: Set(0),
        next_at: Set(new.at.0),
        expires_at: Set(new.expires.map(|at| at.0)),
        leased_until: Set(None),
        last_error: Set(None),
        sent_channel: Set(None),
        sent_message: Set(None),
        created_at: Set(tx.now().0),
        settled_at: Set(None),
    };
    entity::outbound_message::Entity::insert(row)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(OutboundId::new(id))
}
