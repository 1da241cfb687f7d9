//! Interactions: what was sent to the bot and what came back.

use serde_json::Value;

use crate::ids::Id;

/// Discord's interaction types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Command,
    Component,
    Autocomplete,
    Modal,
}

impl Kind {
    pub(crate) fn number(self) -> u64 {
        match self {
            Self::Command => 2,
            Self::Component => 3,
            Self::Autocomplete => 4,
            Self::Modal => 5,
        }
    }
}

/// How far the answer has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    Open,
    /// A message was sent or the component's message changed.
    Answered,
    /// Type 5: a message is promised.
    Deferred,
    /// Type 6.
    DeferredUpdate,
    Modal,
    Choices,
}

/// One interaction.
#[derive(Debug, Clone)]
pub(crate) struct Interaction {
    pub(crate) id: Id,
    pub(crate) token: String,
    pub(crate) application: Id,
    pub(crate) kind: Kind,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    /// The message whose component was used.
    pub(crate) source: Option<Id>,
    /// UTC ms.
    pub(crate) created_at: i64,
    pub(crate) progress: Progress,
    /// UTC ms of the first response.
    pub(crate) acknowledged_at: Option<i64>,
    /// The callback's body as sent.
    pub(crate) callback: Value,
    /// The message behind `@original`.
    pub(crate) original: Option<Id>,
    pub(crate) followups: Vec<Id>,
    /// The INTERACTION_CREATE payload, kept for a repetition.
    pub(crate) event: Value,
}
