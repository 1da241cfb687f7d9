//! What can be promised. A message names what it is about; it is worded when it is sent.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::ids::{ChannelId, CycleId, MemberId, OrganisationId};

/// What to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Message {
    /// The question of a cycle, with its four buttons.
    Prompt { cycle: CycleId },
    /// The published checkpoint over so many leaves, as a file and in a code block.
    Checkpoint { size: u64 },
    /// The evidence log does not hold; to the owners, in a channel.
    LogBroken,
    /// The keys that concerns are sealed to have changed; to everybody, in a channel.
    HandlerKeysChanged {
        /// Who holds a key now, and its fingerprint.
        holders: Vec<(MemberId, String)>,
        proposed_by: MemberId,
        agreed_by: MemberId,
    },
}

impl Message {
    /// What it is, such as `prompt`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Prompt { .. } => "prompt",
            Self::Checkpoint { .. } => "checkpoint",
            Self::LogBroken => "log-broken",
            Self::HandlerKeysChanged { .. } => "handler-keys-changed",
        }
    }
}

/// A promise that is about to be made.
#[derive(Clone, Debug)]
pub struct NewOutbound {
    pub organisation: OrganisationId,
    /// Whom it is for.
    pub member: Option<MemberId>,
    /// Where to post; none means the member's direct messages.
    pub channel: Option<ChannelId>,
    pub message: Message,
    /// Not before this instant.
    pub at: Millis,
    /// Of no use from this instant on.
    pub expires: Option<Millis>,
}
