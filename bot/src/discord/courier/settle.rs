//! Writing fates down: outbox, cycle, evidence and what was learned about direct messages in one transaction.

use anyhow::Context;

use super::Courier;
use super::attempt::{Attempt, Dm};
use super::send::route;
use crate::anchors;
use crate::chance::Chance;
use crate::ids::CycleId;
use crate::ledger::Tx;
use crate::outbox::{self, Fate, Message, Outbound, Reason};
use crate::people::reach;
use crate::prompts::{self, Delivered, Route};

/// One message and its fate, ready to be written.
#[derive(Clone, Debug)]
struct Settled {
    outbound: Outbound,
    attempt: Attempt,
    route: Route,
}

impl Courier {
    /// Settles a batch in one transaction; if that fails, each message in its own.
    pub(super) async fn settle(&self, leased: Vec<Outbound>, attempts: Vec<Attempt>) -> anyhow::Result<()> {
        let batch: Vec<Settled> = leased
            .into_iter()
            .zip(attempts)
            .map(|(outbound, attempt)| Settled {
                route: self
                    .organisation(&outbound)
                    .map_or(Route::DirectMessage, |organisation| route(organisation, &outbound)),
                outbound,
                attempt,
            })
            .collect();
        for settled in &batch {
            alert(settled);
        }
        if self.write(batch.clone()).await.is_ok() {
            return Ok(());
        }
        let mut worst = Ok(());
        for settled in batch {
            let id = settled.outbound.id.clone();
            if let Err(error) = self.write(vec![settled]).await {
                worst = Err(error.context(format!("settling message {id}; it is found again when its lease ends")));
            }
        }
        worst
    }

    async fn write(&self, batch: Vec<Settled>) -> anyhow::Result<()> {
        let chance = self.chance.clone();
        let written = self.ledger.write(move |tx| {
            Box::pin(async move {
                for settled in &batch {
                    write_one(tx, &chance, settled).await?;
                }
                Ok(())
            })
        });
        written.await.context("settling messages")
    }
}

async fn write_one(tx: &Tx, chance: &Chance, settled: &Settled) -> anyhow::Result<()> {
    let Settled {
        outbound,
        attempt,
        route,
    } = settled;
    if let Some(member) = outbound.member {
        match attempt.dm {
            Dm::Opened(channel) => reach::note_dm(tx, member, channel).await?,
            Dm::Gone => reach::forget_dm(tx, member).await?,
            Dm::Refused => reach::note_dm_refused(tx, member).await?,
            Dm::AsBefore | Dm::TooFast | Dm::Quarantined => {}
        }
    }
    if !outbox::settle(tx, outbound, &attempt.fate).await? {
        return Ok(());
    }
    match &outbound.message {
        Message::Prompt { cycle } => note_question(tx, chance, cycle, (attempt.fate, *route)).await,
        Message::Checkpoint { size } => {
            let copy = anchors::Copy::on_discord(*size, outbound.organisation);
            note_checkpoint(tx, chance, &copy, attempt.fate).await
        }
        Message::LogBroken
        | Message::TablesFalsified
        | Message::HandlerKeysChanged { .. }
        | Message::Unreached { .. }
        | Message::Removed
        | Message::Case(_) => Ok(()),
    }
}

async fn note_question(tx: &Tx, chance: &Chance, cycle: &CycleId, (fate, route): (Fate, Route)) -> anyhow::Result<()> {
    match fate {
        Fate::Delivered { channel, message } => {
            let delivered = Delivered {
                route,
                channel,
                message,
            };
            prompts::note_delivered(tx, chance, cycle, delivered).await?;
        }
        Fate::GivenUp { reason } => {
            prompts::note_undelivered(tx, chance, cycle, &reason.to_string()).await?;
        }
        Fate::Held { .. } | Fate::Postponed { .. } | Fate::Rerouted { .. } | Fate::Cancelled => {}
    }
    Ok(())
}

async fn note_checkpoint(tx: &Tx, chance: &Chance, copy: &anchors::Copy, fate: Fate) -> anyhow::Result<()> {
    match fate {
        Fate::Delivered { channel, message } => anchors::note_posted(tx, chance, copy, (channel, message)).await,
        Fate::GivenUp { reason } => anchors::note_not_posted(tx, copy, &reason.to_string()).await,
        Fate::Postponed { until, reason, .. } => anchors::note_postponed(tx, copy, until, &reason.to_string()).await,
        Fate::Held { .. } | Fate::Rerouted { .. } | Fate::Cancelled => Ok(()),
    }
}

/// Tells the operator what needs a hand.
fn alert(settled: &Settled) {
    let Fate::GivenUp { reason } = settled.attempt.fate else {
        return;
    };
    let (id, organisation) = (&settled.outbound.id, settled.outbound.organisation);
    let remedy = match reason {
        Reason::DmRefused | Reason::Quarantined | Reason::Filtered { .. }
            if matches!(settled.outbound.message, Message::Case(_)) =>
        {
            "it is about concerns and goes to one person alone: ask them to allow direct messages of this server's members"
        }
        Reason::DmRefused | Reason::Quarantined | Reason::Filtered { .. }
            if matches!(settled.outbound.message, Message::Unreached { .. } | Message::Removed) =>
        {
            "it goes to an owner alone: ask them to allow direct messages of this server's members"
        }
        Reason::DmRefused | Reason::Quarantined => {
            "set channels.fallback of the organisation, so that it can be posted there"
        }
        Reason::ChannelClosed => {
            "the channel is gone or the bot may not post there: give it View Channel, Send Messages and Attach Files, or \
             configure another"
        }
        Reason::Expired => "it was promised too long ago",
        Reason::Filtered { .. } => {
            "a content filter of Discord's keeps the question back: set channels.fallback, or reword the question"
        }
        Reason::Refused { status: 403, code: 0 } => {
            "it was blocked on the way, without a reason: look at the network between here and Discord, and set \
             channels.fallback"
        }
        Reason::Refused { .. } | Reason::OwnFault => "this is a bug: please report the reason",
        Reason::Unreachable
        | Reason::ConnectionCut
        | Reason::ServerFailed(_)
        | Reason::Garbled
        | Reason::SlowDown
        | Reason::DmsPaused
        | Reason::TokenRefused => "see the log lines before this one",
    };
    tracing::error!(outbound.id = %id, %organisation, "a message is undelivered ({reason}): {remedy}");
}
