//! One message on its way: where to, how to open the channel, looking for it if it may have arrived, posting it.

use serde_json::{Value, json};

use super::attempt::{Attempt, Dm};
use super::judge::{Situation, Step};
use super::kind::{Parcel, Unsent};
use super::openings::Opening;
use super::{Courier, kinds};
use crate::clock::Millis;
use crate::config::{Delivery, Organisation};
use crate::discord::wire::rest::RestError;
use crate::ids::{ChannelId, MemberId};
use crate::outbox::{self, Fate, Outbound, Reason};
use crate::people::reach::Reach;
use crate::prompts::Route;

/// Maximum age of an attempt whose nonce Discord surely still knows, in milliseconds; its documentation only says "the
/// past few minutes".
const NONCE_KNOWN: i64 = 2 * Millis::MINUTE;
/// The longest attempt, in milliseconds: to open direct messages, to look for the message and to post it, each within
/// the client's 10 s.
pub(super) const ATTEMPT: i64 = 30 * Millis::SECOND;
/// How long a refusal of direct messages is believed before asking again.
const BELIEVED: i64 = Millis::DAY;

/// How a message is sent.
pub(super) fn route(organisation: &Organisation, outbound: &Outbound) -> Route {
    match (outbound.channel, organisation.delivery) {
        (None, _) => Route::DirectMessage,
        (Some(_), Delivery::Channel) => Route::Channel,
        (Some(_), Delivery::DirectMessage) => Route::Fallback,
    }
}

impl Courier {
    /// Makes one attempt. Never fails: every outcome is a fate. `before` is what the attempt before has taught.
    pub(super) async fn send(&self, outbound: &Outbound, before: Dm) -> Attempt {
        let now = self.core.clock.now();
        if now + ATTEMPT > outbound.leased_until {
            // It might end after the lease, when somebody else has leased the message: the next leasing begins it.
            return Fate::Held { until: now }.into();
        }
        match kinds::of(&outbound.message).prepare(self, outbound).await {
            Ok(parcel) => self.attempt(outbound, parcel, before).await,
            Err(Unsent::Fate(fate)) => fate.into(),
            Err(Unsent::Fault(error)) => {
                tracing::error!(outbound.id = %outbound.id, "a message could not be prepared: {error:#}");
                Fate::Postponed {
                    until: now + outbox::back_off(outbound.attempts + 1, &self.core.chance),
                    reason: Reason::OwnFault,
                    uncertain: outbound.uncertain_since,
                }
                .into()
            }
        }
    }

    async fn attempt(&self, outbound: &Outbound, parcel: Parcel, before: Dm) -> Attempt {
        if let Some(channel) = outbound.channel {
            return self.post(outbound, parcel, channel, Step::Channel).await;
        }
        // A message for a channel alone goes to nobody.
        let Some(member) = parcel.member else {
            let reason = Reason::OwnFault;
            return Fate::GivenUp { reason }.into();
        };
        let (channel, dm) = match (before, parcel.reach.dm_channel) {
            (Dm::Opened(channel), _) => (channel, before),
            (_, Some(channel)) if !refused_lately(parcel.reach, self.core.clock.now()) => (channel, Dm::AsBefore),
            _ => match self.open(outbound, &parcel, member).await {
                Ok(channel) => (channel, Dm::Opened(channel)),
                Err(attempt) => return attempt,
            },
        };
        let attempt = self.post(outbound, parcel, channel, Step::Direct).await;
        match attempt.dm {
            Dm::AsBefore => Attempt { dm, ..attempt },
            Dm::Opened(_) | Dm::Gone | Dm::Refused | Dm::TooFast | Dm::Quarantined => attempt,
        }
    }

    /// Opens direct messages with the member, at our own pace.
    async fn open(&self, outbound: &Outbound, parcel: &Parcel, member: MemberId) -> Result<ChannelId, Attempt> {
        let now = self.core.clock.now();
        let situation = self.situation(outbound, parcel.fallback, Step::Opening);
        if refused_lately(parcel.reach, now) {
            return Err(situation.elsewhere(Reason::DmRefused));
        }
        match self.openings.lock().take(now) {
            Opening::Go => {}
            Opening::Later(until) => return Err(Fate::Held { until }.into()),
            Opening::Stopped => return Err(situation.elsewhere(Reason::Quarantined)),
        }
        match self.rest.create_dm(member).await {
            Ok(channel) => {
                self.openings.lock().opened();
                Ok(channel.id)
            }
            Err(error) => {
                if matches!(error, RestError::Limited { .. }) {
                    self.openings.lock().give_back();
                }
                Err(self.heed(situation.judge(error)))
            }
        }
    }

    async fn post(&self, outbound: &Outbound, parcel: Parcel, channel: ChannelId, step: Step) -> Attempt {
        let situation = self.situation(outbound, parcel.fallback, step);
        if let Some(since) = outbound.uncertain_since
            && self.core.clock.now().since(since) > NONCE_KNOWN
        {
            match self.find(outbound, channel).await {
                Ok(Some(fate)) => return fate.into(),
                // If we may not look, we send: twice is better than never.
                Ok(None) | Err(RestError::Refused { .. }) => {}
                Err(error) => return self.heed(situation.judge(error)),
            }
        }
        let body = with_nonce(parcel.body, &outbound.nonce);
        match self.rest.create_message(channel, &body, parcel.files).await {
            Ok(posted) => Fate::Delivered {
                channel: posted.channel_id,
                message: posted.id,
            }
            .into(),
            Err(error) => self.heed(situation.judge(error)),
        }
    }

    /// Looks for a message that an earlier attempt may have posted.
    async fn find(&self, outbound: &Outbound, channel: ChannelId) -> Result<Option<Fate>, RestError> {
        let recent = self.rest.recent_messages(channel).await?;
        let kind = kinds::of(&outbound.message);
        let ours = recent.into_iter().find(|message| {
            let same_nonce = message.nonce.as_ref().and_then(Value::as_str) == Some(outbound.nonce.as_str());
            same_nonce || (message.author.bot && kind.is_ours(message))
        });
        Ok(ours.map(|message| Fate::Delivered {
            channel,
            message: message.id,
        }))
    }

    /// Applies at once what an attempt teaches all others.
    fn heed(&self, mut attempt: Attempt) -> Attempt {
        match attempt.dm {
            Dm::TooFast => {
                let paused_until = self.openings.lock().pause(self.core.clock.now());
                if let Fate::Postponed { until, .. } = &mut attempt.fate {
                    *until = paused_until;
                }
            }
            Dm::Quarantined => self.openings.lock().stop(),
            Dm::AsBefore | Dm::Opened(_) | Dm::Gone | Dm::Refused => {}
        }
        attempt
    }

    fn situation(&self, outbound: &Outbound, fallback: Option<ChannelId>, step: Step) -> Situation {
        Situation {
            step,
            now: self.core.clock.now(),
            back_off: outbox::back_off(outbound.attempts + 1, &self.core.chance),
            uncertain: outbound.uncertain_since,
            fallback,
        }
    }
}

fn refused_lately(reach: Reach, now: Millis) -> bool {
    reach
        .dm_refused_at
        .is_some_and(|at| (0..BELIEVED).contains(&now.since(at)))
}

/// Makes Discord answer a repetition with the message that is there.
fn with_nonce(mut body: Value, nonce: &str) -> Value {
    body["nonce"] = json!(nonce);
    body["enforce_nonce"] = json!(true);
    body
}
