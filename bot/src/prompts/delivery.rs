//! The outcome of a prompt's message. Noted in the transaction that settles the message; repeating is harmless.

use super::cycle::State;
use super::store;
use crate::chance::Chance;
use crate::evidence::{NewLeaf, fields};
use crate::ids::{ChannelId, CycleId, MessageId};
use crate::ledger::Tx;

/// How a prompt reached its member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    DirectMessage,
    /// The organisation's channel for prompts, by choice.
    Channel,
    /// The fallback channel, after direct messages failed.
    Fallback,
}

impl Route {
    /// The word in evidence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::DirectMessage => "direct-message",
            Self::Channel => "channel",
            Self::Fallback => "fallback",
        }
    }
}

/// A message that Discord has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivered {
    pub route: Route,
    pub channel: ChannelId,
    pub message: MessageId,
}

/// What noting did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    Noted,
    /// It was known, or the cycle has closed in the meantime.
    NothingToNote,
    UnknownCycle,
}

/// Notes the first delivery of a cycle's prompt, with its leaf.
pub async fn note_delivered(tx: &Tx, chance: &Chance, id: &CycleId, delivered: Delivered) -> anyhow::Result<Noted> {
    let Some(cycle) = store::cycle(tx.connection(), id).await? else {
        return Ok(Noted::UnknownCycle);
    };
    if cycle.delivered_at.is_some() {
        return Ok(Noted::NothingToNote);
    }
    store::set_delivered(tx.connection(), id, tx.now()).await?;
    let said = fields::CycleDelivered {
        route: delivered.route.word().to_owned(),
        channel_id: delivered.channel.to_string(),
        message_id: delivered.message.to_string(),
    };
    tx.evidence(NewLeaf::fresh(chance, said).continuing(cycle.rec));
    Ok(Noted::Noted)
}

/// Notes that a cycle's prompt will not be delivered, with its leaf. `reason` is a short word without content, such
/// as `dm-refused`. The member may still answer; otherwise the cycle closes as undelivered.
pub async fn note_undelivered(tx: &Tx, chance: &Chance, id: &CycleId, reason: &str) -> anyhow::Result<Noted> {
    let Some(cycle) = store::cycle(tx.connection(), id).await? else {
        return Ok(Noted::UnknownCycle);
    };
    if cycle.state != State::Open || cycle.delivered_at.is_some() || cycle.reason.is_some() {
        return Ok(Noted::NothingToNote);
    }
    store::set_reason(tx.connection(), id, reason).await?;
    let said = fields::CycleUndelivered(fields::Reason {
        reason: reason.to_owned(),
    });
    tx.evidence(NewLeaf::fresh(chance, said).continuing(cycle.rec));
    Ok(Noted::Noted)
}
