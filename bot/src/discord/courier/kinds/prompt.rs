//! The question of a cycle.

use serenity::async_trait;

use crate::chance::Chance;
use crate::discord::answers::Question;
use crate::discord::courier::Courier;
use crate::discord::courier::kind::{Kind, Parcel, Settled, Unsent};
use crate::discord::wire::rest::Recent;
use crate::ids::CycleId;
use crate::ledger::Tx;
use crate::outbox::{Fate, Outbound, Reason};
use crate::prompts::{self, Delivered, State};

pub(super) struct Prompt<'m> {
    pub cycle: &'m CycleId,
}

#[async_trait]
impl Kind for Prompt<'_> {
    async fn prepare(&self, courier: &Courier, outbound: &Outbound) -> Result<Parcel, Unsent> {
        let now = courier.core.clock.now();
        let cycle = prompts::cycle(courier.core.db.reader(), self.cycle).await?;
        let open = cycle.filter(|cycle| cycle.state == State::Open && cycle.delivered_at.is_none());
        let cycle = open.ok_or(Fate::Cancelled)?;
        courier.in_time(Some(cycle.closes_at))?;
        courier.in_time(outbound.expires)?;
        let organisation = courier.served(outbound)?;
        let addressee = courier.addressee(organisation, cycle.member).await?;
        let member = outbound.member.unwrap_or(cycle.member);
        // In a channel it notifies that member alone.
        let mention = outbound.channel.map(|_| member);
        let message = Question::of(&cycle, now).message(courier.words.voice(addressee.language), mention);
        let reason = Reason::OwnFault;
        let body = serde_json::to_value(message).map_err(|_| Fate::GivenUp { reason })?;
        Ok(Parcel {
            member: Some(member),
            fallback: organisation.channels.fallback,
            ..addressee.parcel(body)
        })
    }

    /// The cycle's id is random: only the buttons of its question have it.
    fn is_ours(&self, message: &Recent) -> bool {
        message.components.to_string().contains(self.cycle.as_str())
    }

    async fn settled(&self, tx: &Tx, chance: &Chance, settled: &Settled) -> anyhow::Result<()> {
        match settled.attempt.fate {
            Fate::Delivered { channel, message } => {
                let delivered = Delivered {
                    route: settled.route,
                    channel,
                    message,
                };
                prompts::note_delivered(tx, chance, self.cycle, delivered).await?;
            }
            Fate::GivenUp { reason } => {
                prompts::note_undelivered(tx, chance, self.cycle, &reason.to_string()).await?;
            }
            Fate::Held { .. } | Fate::Postponed { .. } | Fate::Rerouted { .. } | Fate::Cancelled => {}
        }
        Ok(())
    }
}
