//! One message on its way: where to, opened how, looked for when it may have arrived, posted.

use serde_json::Value;

use super::attempt::{Attempt, Dm};
use super::judge::{Situation, Step};
use super::openings::Opening;
use super::parcel::{Parcel, Subject};
use super::{Courier, checkpoint, wording};
use crate::clock::Millis;
use crate::config::{Delivery, Organisation};
use crate::discord::wire::rest::{Recent, RestError};
use crate::ids::{ChannelId, CycleId, MemberId};
use crate::outbox::{self, Fate, Outbound, Reason};
use crate::people::reach::Reach;
use crate::prompts::Route;

/// Longest age of an attempt whose nonce Discord surely still knows, milliseconds; "the past few minutes" is all that
/// its documentation says.
const NONCE_KNOWN: i64 = 2 * Millis::MINUTE;
/// How long a refusal of direct messages is believed without asking again.
const BELIEVED: i64 = Millis::DAY;

/// By which way a message goes.
pub(super) fn route(organisation: &Organisation, outbound: &Outbound) -> Route {
    match (outbound.channel, organisation.delivery) {
        (None, _) => Route::DirectMessage,
        (Some(_), Delivery::Channel) => Route::Channel,
        (Some(_), Delivery::DirectMessage) => Route::Fallback,
    }
}

impl Courier {
    /// Makes one attempt. Never fails: whatever happens is a fate. `before` is what the attempt before has taught.
    pub(super) async fn attempt(&self, parcel: &Parcel<'_>, before: Dm) -> Attempt {
        if let Some(channel) = parcel.outbound.channel {
            return self.post(parcel, channel, Step::Channel).await;
        }
        // What is for a channel alone goes to nobody.
        let Some(member) = parcel.member() else {
            let reason = Reason::OwnFault;
            return Fate::GivenUp { reason }.into();
        };
        let (channel, dm) = match (before, parcel.reach.dm_channel) {
            (Dm::Opened(channel), _) => (channel, before),
            (_, Some(channel)) if !refused_lately(parcel.reach, self.core.clock.now()) => (channel, Dm::AsBefore),
            _ => match self.open(parcel, member).await {
                Ok(channel) => (channel, Dm::Opened(channel)),
                Err(attempt) => return attempt,
            },
        };
        let attempt = self.post(parcel, channel, Step::Direct).await;
        match attempt.dm {
            Dm::AsBefore => Attempt { dm, ..attempt },
            Dm::Opened(_) | Dm::Gone | Dm::Refused | Dm::TooFast | Dm::Quarantined => attempt,
        }
    }

    /// Opens direct messages with the member, at our own pace.
    async fn open(&self, parcel: &Parcel<'_>, member: MemberId) -> Result<ChannelId, Attempt> {
        let now = self.core.clock.now();
        let situation = self.situation(parcel, Step::Opening);
        if refused_lately(parcel.reach, now) {
            return Err(situation.elsewhere(Reason::DmRefused));
        }
        match self.openings().take(now) {
            Opening::Go => {}
            Opening::Later(until) => return Err(Fate::Held { until }.into()),
            Opening::Stopped => return Err(situation.elsewhere(Reason::Quarantined)),
        }
        match self.rest.create_dm(member).await {
            Ok(channel) => {
                self.openings().opened();
                Ok(channel.id)
            }
            Err(error) => {
                if matches!(error, RestError::Limited { .. }) {
                    self.openings().give_back();
                }
                Err(self.heed(situation.judge(error)))
            }
        }
    }

    async fn post(&self, parcel: &Parcel<'_>, channel: ChannelId, step: Step) -> Attempt {
        let situation = self.situation(parcel, step);
        if let Some(since) = parcel.outbound.uncertain_since
            && self.core.clock.now().since(since) > NONCE_KNOWN
        {
            match self.find(parcel, channel).await {
                Ok(Some(fate)) => return fate.into(),
                // Where we may not look, we send: twice is better than never.
                Ok(None) | Err(RestError::Refused { .. }) => {}
                Err(error) => return self.heed(situation.judge(error)),
            }
        }
        let voice = self.words.voice(parcel.language);
        let worded = match &parcel.subject {
            Subject::Question(cycle) => {
                let mention = parcel.member().filter(|_| step == Step::Channel);
                wording::question(cycle, situation.now, voice, mention).map(|body| (body, Vec::new()))
            }
            Subject::Checkpoint(posting) => wording::checkpoint(posting, voice),
            Subject::Alarm => {
                let message = &parcel.outbound.message;
                wording::alarm(parcel.organisation, message, voice).map(|body| (body, Vec::new()))
            }
            Subject::HandlerKeysChanged => {
                wording::handler_keys_changed(&parcel.outbound.message, voice).map(|body| (body, Vec::new()))
            }
            Subject::Unreached(member) => wording::unreached(*member, voice).map(|body| (body, Vec::new())),
            Subject::Removed => wording::removed(parcel.organisation, voice).map(|body| (body, Vec::new())),
            Subject::Letter(letter) => wording::letter(letter, voice).map(|body| (body, Vec::new())),
        };
        let (body, files) = match worded {
            Ok((body, files)) => (wording::with_nonce(body, &parcel.outbound.nonce), files),
            Err(error) => return situation.judge(error),
        };
        match self.rest.create_message(channel, &body, files).await {
            Ok(posted) => Fate::Delivered {
                channel: posted.channel_id,
                message: posted.id,
            }
            .into(),
            Err(error) => self.heed(situation.judge(error)),
        }
    }

    /// Looks for a message that an earlier attempt may have brought there.
    async fn find(&self, parcel: &Parcel<'_>, channel: ChannelId) -> Result<Option<Fate>, RestError> {
        let recent = self.rest.recent_messages(channel).await?;
        let ours = recent.into_iter().find(|message| {
            let same_nonce = message.nonce.as_ref().and_then(Value::as_str) == Some(parcel.outbound.nonce.as_str());
            same_nonce || (message.author.bot && says(message, &parcel.subject))
        });
        Ok(ours.map(|message| Fate::Delivered {
            channel,
            message: message.id,
        }))
    }

    /// Does at once what an attempt teaches all others.
    fn heed(&self, mut attempt: Attempt) -> Attempt {
        match attempt.dm {
            Dm::TooFast => {
                let paused_until = self.openings().pause(self.core.clock.now());
                if let Fate::Postponed { until, .. } = &mut attempt.fate {
                    *until = paused_until;
                }
            }
            Dm::Quarantined => self.openings().stop(),
            Dm::AsBefore | Dm::Opened(_) | Dm::Gone | Dm::Refused => {}
        }
        attempt
    }

    fn situation(&self, parcel: &Parcel<'_>, step: Step) -> Situation {
        Situation {
            step,
            now: self.core.clock.now(),
            back_off: outbox::back_off(parcel.outbound.attempts + 1, &self.core.chance),
            uncertain: parcel.outbound.uncertain_since,
            fallback: parcel.fallback(),
        }
    }
}

fn refused_lately(reach: Reach, now: Millis) -> bool {
    reach
        .dm_refused_at
        .is_some_and(|at| (0..BELIEVED).contains(&now.since(at)))
}

/// Whether the message says what is to be said.
fn says(message: &Recent, subject: &Subject) -> bool {
    match subject {
        Subject::Question(cycle) => names(&message.components, &cycle.id),
        Subject::Checkpoint(posting) => {
            let name = checkpoint::file_name(posting.publication.size);
            message.attachments.iter().any(|file| file.filename == name)
        }
        // Twice is better than never.
        Subject::Alarm
        | Subject::HandlerKeysChanged
        | Subject::Unreached(_)
        | Subject::Removed
        | Subject::Letter(_) => false,
    }
}

/// Whether a button of the message belongs to the cycle; its id is random, so that nothing else holds it.
fn names(components: &Value, cycle: &CycleId) -> bool {
    components.to_string().contains(cycle.as_str())
}
