//! What can be promised. A message names what it is about; it is worded when it is sent.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::ids::{CaseId, ChannelId, CycleId, MemberId, OrganisationId};

/// What to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Message {
    /// The question of a cycle, with its four buttons.
    Prompt { cycle: CycleId },
    /// The published checkpoint over this many leaves, as a file and in a code block.
    Checkpoint { size: u64 },
    /// The evidence log does not hold; to the owners, in a channel.
    LogBroken,
    /// Tables do not say what the evidence log says; to the owners, in a channel.
    TablesFalsified,
    /// The keys that concerns are sealed to have changed; to everybody, in a channel.
    HandlerKeysChanged {
        /// Who holds a key now, and its fingerprint.
        holders: Vec<(MemberId, String)>,
        proposed_by: MemberId,
        agreed_by: MemberId,
    },
    /// Somebody has not been reached for long, up to the question of this cycle; to an owner.
    Unreached { cycle: CycleId },
    /// The bot was taken out of the organisation's server; to an owner.
    Removed,
    /// Something about concerns, to one person.
    Case(CaseMessage),
}

impl Message {
    /// What it is, such as `prompt`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Prompt { .. } => "prompt",
            Self::Checkpoint { .. } => "checkpoint",
            Self::LogBroken => "log-broken",
            Self::TablesFalsified => "tables-falsified",
            Self::HandlerKeysChanged { .. } => "handler-keys-changed",
            Self::Unreached { .. } => "unreached",
            Self::Removed => "removed",
            Self::Case(message) => message.kind(),
        }
    }
}

/// What is said about concerns. It goes to one person by direct message, never into a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum CaseMessage {
    /// The inbox has news; to a handler.
    News,
    /// Somebody has raised a concern that cannot wait; to a handler.
    Now,
    /// A word to a reporter is due, or was; to a handler.
    Warning { case: CaseId, clock: String, step: String },
    /// Whether anything got worse since a case was closed; to the reporter who gave a name.
    Check { case: CaseId, days: i64 },
    /// A reminder to ask that in person; to the handler who alone can know the name.
    Ask { case: CaseId, days: i64 },
    /// A reporter says that something got worse; to a handler.
    Worse { case: CaseId },
    /// A case was a drill; to a handler.
    DrillOver { case: CaseId },
    /// A request to open an identity has come to nothing; to who asked.
    Lapsed { case: CaseId },
}

impl CaseMessage {
    const fn kind(&self) -> &'static str {
        match self {
            Self::News => "case-news",
            Self::Now => "case-now",
            Self::Warning { .. } => "case-warning",
            Self::Check { .. } => "case-check",
            Self::Ask { .. } => "case-ask",
            Self::Worse { .. } => "case-worse",
            Self::DrillOver { .. } => "case-drill",
            Self::Lapsed { .. } => "case-lapsed",
        }
    }

    /// The case that it names.
    pub fn case(&self) -> Option<&CaseId> {
        match self {
            Self::News | Self::Now => None,
            Self::Warning { case, .. }
            | Self::Check { case, .. }
            | Self::Ask { case, .. }
            | Self::Worse { case }
            | Self::DrillOver { case }
            | Self::Lapsed { case } => Some(case),
        }
    }
}

/// A promise that is about to be made.
#[derive(Clone, Debug)]
pub struct NewOutbound {
    pub organisation: OrganisationId,
    /// Who it is for.
    pub member: Option<MemberId>,
    /// Where to post; none means the member's direct messages.
    pub channel: Option<ChannelId>,
    pub message: Message,
    /// Not before this instant.
    pub at: Millis,
    /// Of no use from this instant on.
    pub expires: Option<Millis>,
}
