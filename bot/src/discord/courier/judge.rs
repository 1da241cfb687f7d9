//! What an answer from Discord means for the message: try again, send it elsewhere, or give up. Retrying is decided
//! here.

use super::attempt::{Attempt, Dm};
use crate::clock::Millis;
use crate::discord::wire::rest::{RestError, code};
use crate::ids::ChannelId;
use crate::outbox::{Fate, Reason};

/// What was being done when the answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Opening the direct messages.
    Opening,
    /// Posting in direct messages that are open.
    Direct,
    /// Posting in a channel of the organisation.
    Channel,
}

/// What the judge must know besides the answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation {
    pub step: Step,
    pub now: Millis,
    /// How long to wait if Discord does not say.
    pub back_off: i64,
    /// When the first attempt began that may have succeeded, not counting this one.
    pub uncertain: Option<Millis>,
    /// Where to post if direct messages fail.
    pub fallback: Option<ChannelId>,
}

impl Situation {
    /// What follows from `error`.
    pub(super) fn judge(&self, error: RestError) -> Attempt {
        match error {
            RestError::Limited { until } => Fate::Held { until }.into(),
            RestError::Throttled { until } => self.again_at(until, Reason::SlowDown, error),
            RestError::Unreachable => self.again(Reason::Unreachable, error),
            RestError::Cut => self.again(Reason::ConnectionCut, error),
            RestError::Server { status } => self.again(Reason::ServerFailed(status), error),
            RestError::Garbled { .. } => self.again(Reason::Garbled, error),
            RestError::TokenRefused => self.again(Reason::TokenRefused, error),
            RestError::Body => give_up(Reason::OwnFault),
            RestError::Refused { status, code } => self.refused(status, code, error),
        }
    }

    fn refused(&self, status: u16, number: u32, error: RestError) -> Attempt {
        match (number, self.step) {
            (
                code::CANNOT_MESSAGE_USER | code::NO_MUTUAL_GUILD | code::INVALID_RECIPIENT,
                Step::Opening | Step::Direct,
            ) => Attempt {
                dm: Dm::Refused,
                ..self.elsewhere(Reason::DmRefused)
            },
            // About this text or this person's filter, not about direct messages as such: nothing is remembered.
            (
                code::EXPLICIT_CONTENT | code::MODERATED | code::TITLE_MODERATED | code::HARMFUL_LINK,
                Step::Opening | Step::Direct,
            ) => self.elsewhere(Reason::Filtered { code: number }),
            (code::EXPLICIT_CONTENT | code::MODERATED | code::TITLE_MODERATED | code::HARMFUL_LINK, Step::Channel) => {
                give_up(Reason::Filtered { code: number })
            }
            // Something on the way was forbidden, and nobody says why.
            (0, Step::Opening | Step::Direct) if status == 403 => {
                self.elsewhere(Reason::Refused { status, code: number })
            }
            (code::QUARANTINED, Step::Opening | Step::Direct) => Attempt {
                dm: Dm::Quarantined,
                ..self.elsewhere(Reason::Quarantined)
            },
            (code::OPENING_DMS_TOO_FAST, _) => Attempt {
                dm: Dm::TooFast,
                ..self.again(Reason::DmsPaused, error)
            },
            // The direct messages were opened long ago and are gone: open them anew.
            (code::UNKNOWN_CHANNEL, Step::Direct) => Attempt {
                dm: Dm::Gone,
                ..self.again(Reason::ChannelClosed, error)
            },
            (code::UNKNOWN_CHANNEL | code::MISSING_ACCESS | code::MISSING_PERMISSIONS, Step::Channel) => {
                give_up(Reason::ChannelClosed)
            }
            // Sending is switched off for a while, or the channel or server gets too many messages.
            (code::SENDING_DISABLED | code::CHANNEL_WRITES | code::SERVER_WRITES, _) => {
                self.again(Reason::Refused { status, code: number }, error)
            }
            _ if status == 408 => self.again(Reason::ConnectionCut, RestError::Cut),
            _ => give_up(Reason::Refused { status, code: number }),
        }
    }

    /// The organisation's fallback channel, or nowhere.
    pub(super) fn elsewhere(&self, reason: Reason) -> Attempt {
        match self.fallback {
            Some(channel) => Fate::Rerouted { channel, reason }.into(),
            None => Fate::GivenUp { reason }.into(),
        }
    }

    fn again(&self, reason: Reason, error: RestError) -> Attempt {
        self.again_at(self.now + self.back_off, reason, error)
    }

    fn again_at(&self, until: Millis, reason: Reason, error: RestError) -> Attempt {
        let doubtful = self.step != Step::Opening && error.may_have_happened();
        Fate::Postponed {
            // Whatever Discord says: never at once, so that nothing can loop.
            until: until.max(self.now + 1),
            reason,
            uncertain: self.uncertain.or_else(|| doubtful.then_some(self.now)),
        }
        .into()
    }
}

fn give_up(reason: Reason) -> Attempt {
    Fate::GivenUp { reason }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_000);

    fn situation(step: Step) -> Situation {
        Situation {
            step,
            now: NOW,
            back_off: 50,
            uncertain: None,
            fallback: Some(ChannelId::from_i64(9)),
        }
    }

    fn refused(code: u32) -> RestError {
        RestError::Refused { status: 403, code }
    }

    #[test]
    fn what_may_have_worked_is_remembered_from_its_first_attempt() {
        for (error, doubtful) in [
            (RestError::Cut, true),
            (RestError::Server { status: 502 }, true),
            (RestError::Garbled { status: 200 }, true),
            (RestError::Unreachable, false),
            (RestError::Throttled { until: Millis(1_050) }, false),
        ] {
            for (before, expected) in [(None, doubtful.then_some(NOW)), (Some(Millis(3)), Some(Millis(3)))] {
                let mut situation = situation(Step::Direct);
                situation.uncertain = before;
                let Fate::Postponed { until, uncertain, .. } = situation.judge(error).fate else {
                    panic!("{error:?} is tried again");
                };
                assert_eq!((until, uncertain), (Millis(1_050), expected), "{error:?}");
            }
        }
    }

    #[test]
    fn a_member_who_takes_no_direct_messages_is_found_in_the_channel_or_not_at_all() {
        for step in [Step::Opening, Step::Direct] {
            for number in [50_007, 50_278, 50_033] {
                let mut situation = situation(step);
                let attempt = situation.judge(refused(number));
                assert_eq!(attempt.dm, Dm::Refused);
                assert!(matches!(attempt.fate, Fate::Rerouted { .. }));
                situation.fallback = None;
                let reason = Reason::DmRefused;
                assert_eq!(situation.judge(refused(number)).fate, Fate::GivenUp { reason });
            }
        }
    }

    #[test]
    fn what_a_filter_keeps_back_is_said_in_the_channel_and_not_held_against_the_member() {
        for step in [Step::Opening, Step::Direct] {
            for (error, reason) in [
                (refused(20_009), Reason::Filtered { code: 20_009 }),
                (refused(200_000), Reason::Filtered { code: 200_000 }),
                (refused(200_001), Reason::Filtered { code: 200_001 }),
                (refused(240_000), Reason::Filtered { code: 240_000 }),
                (refused(0), Reason::Refused { status: 403, code: 0 }),
            ] {
                let mut situation = situation(step);
                let attempt = situation.judge(error);
                let channel = ChannelId::from_i64(9);
                assert_eq!(attempt.fate, Fate::Rerouted { channel, reason });
                assert_eq!(attempt.dm, Dm::AsBefore);
                situation.fallback = None;
                assert_eq!(situation.judge(error).fate, Fate::GivenUp { reason });
            }
        }
    }

    #[test]
    fn a_closed_channel_and_a_bug_are_given_up_and_never_looped() {
        for (step, error, reason) in [
            (Step::Channel, refused(50_001), Reason::ChannelClosed),
            (Step::Channel, refused(10_003), Reason::ChannelClosed),
            (
                Step::Channel,
                refused(50_007),
                Reason::Refused {
                    status: 403,
                    code: 50_007,
                },
            ),
            (
                Step::Direct,
                refused(50_035),
                Reason::Refused {
                    status: 403,
                    code: 50_035,
                },
            ),
            (Step::Channel, refused(200_000), Reason::Filtered { code: 200_000 }),
            (Step::Channel, refused(0), Reason::Refused { status: 403, code: 0 }),
            (Step::Direct, RestError::Body, Reason::OwnFault),
        ] {
            assert_eq!(situation(step).judge(error).fate, Fate::GivenUp { reason });
        }
    }
}
