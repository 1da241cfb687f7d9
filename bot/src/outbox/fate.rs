//! The outcome of an attempt.

use std::fmt;

use super::outbound::Outbound;
use crate::clock::Millis;
use crate::ids::{ChannelId, MessageId};

/// The end of an attempt, as the courier judged it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Delivered {
        channel: ChannelId,
        message: MessageId,
    },
    /// Not sent: our own limits. Counts as no attempt.
    Held {
        until: Millis,
    },
    /// An attempt failed; another follows. `uncertain` is when the first attempt began that may have worked.
    Postponed {
        until: Millis,
        reason: Reason,
        uncertain: Option<Millis>,
    },
    /// It goes to a channel instead, at once.
    Rerouted {
        channel: ChannelId,
        reason: Reason,
    },
    /// It will not be delivered.
    GivenUp {
        reason: Reason,
    },
    /// What it asked for has been done or has ended.
    Cancelled,
}

/// A short reason for people and evidence, without content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Unreachable,
    ConnectionCut,
    ServerFailed(u16),
    Garbled,
    SlowDown,
    /// The member takes no direct messages, or shares no guild any more.
    DmRefused,
    /// Discord lets this bot open no direct messages for now.
    DmsPaused,
    /// Discord has quarantined this bot.
    Quarantined,
    /// The channel is gone or closed to the bot.
    ChannelClosed,
    /// A content filter of Discord's keeps the text back.
    Filtered {
        code: u32,
    },
    Refused {
        status: u16,
        code: u32,
    },
    TokenRefused,
    Expired,
    /// This program could not word it or write it down.
    OwnFault,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Unreachable => "unreachable",
            Self::ConnectionCut => "connection-cut",
            Self::ServerFailed(status) => return write!(formatter, "server-failed-{status}"),
            Self::Garbled => "garbled",
            Self::SlowDown => "slow-down",
            Self::DmRefused => "dm-refused",
            Self::DmsPaused => "dms-paused",
            Self::Quarantined => "quarantined",
            Self::ChannelClosed => "channel-closed",
            Self::Filtered { code } => return write!(formatter, "filtered-{code}"),
            Self::Refused { status, code } => return write!(formatter, "refused-{status}-{code}"),
            Self::TokenRefused => "token-refused",
            Self::Expired => "expired",
            Self::OwnFault => "own-fault",
        };
        formatter.write_str(word)
    }
}

/// How often a message is tried before others may overtake it.
pub(super) const IN_FRONT: u32 = 3;

/// Until when later messages to the same channel wait, so that they keep their order. They do not wait if this one is
/// settled, or if the fault lies in the message itself.
pub fn others_wait(outbound: &Outbound, fate: &Fate) -> Option<Millis> {
    match *fate {
        Fate::Held { until } => Some(until),
        Fate::Postponed { until, reason, .. } => {
            (outbound.attempts < IN_FRONT && reason != Reason::OwnFault).then_some(until)
        }
        Fate::Delivered { .. } | Fate::Rerouted { .. } | Fate::GivenUp { .. } | Fate::Cancelled => None,
    }
}
