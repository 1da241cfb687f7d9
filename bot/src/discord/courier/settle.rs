//! Writing fates down: the outbox, what the kind has to note, and what was learned about direct messages, in one
//! transaction.

use anyhow::Context;

use super::attempt::{Attempt, Dm};
use super::kind::Settled;
use super::send::route;
use super::{Courier, kinds};
use crate::chance::Chance;
use crate::ledger::Tx;
use crate::outbox::{self, Fate, Outbound, Reason};
use crate::people::reach;
use crate::prompts::Route;

impl Courier {
    /// Settles a batch in one transaction; if that fails, each message in its own.
    pub(super) async fn settle(&self, leased: Vec<Outbound>, attempts: Vec<Attempt>) -> anyhow::Result<()> {
        let batch: Vec<Settled> = leased
            .into_iter()
            .zip(attempts)
            .map(|(outbound, attempt)| Settled {
                route: self
                    .core
                    .organisation(outbound.organisation)
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
        let chance = self.core.chance.clone();
        let written = self.core.ledger.write(move |tx| {
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
    let Settled { outbound, attempt, .. } = settled;
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
    kinds::of(&outbound.message).settled(tx, chance, settled).await
}

/// Tells the operator what needs attention.
fn alert(settled: &Settled) {
    let Fate::GivenUp { reason } = settled.attempt.fate else {
        return;
    };
    let (id, organisation) = (&settled.outbound.id, settled.outbound.organisation);
    let of_kind = kinds::of(&settled.outbound.message).remedy(reason);
    let remedy = of_kind.unwrap_or_else(|| remedy(reason));
    tracing::error!(outbound.id = %id, %organisation, "a message is undelivered ({reason}): {remedy}");
}

fn remedy(reason: Reason) -> &'static str {
    match reason {
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
    }
}
