//! The outcome of an attempt to send.

use crate::ids::ChannelId;
use crate::outbox::Fate;

/// The outcome of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attempt {
    pub fate: Fate,
    pub dm: Dm,
}

impl From<Fate> for Attempt {
    fn from(fate: Fate) -> Self {
        Self { fate, dm: Dm::AsBefore }
    }
}

/// What it taught about direct messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dm {
    AsBefore,
    Opened(ChannelId),
    Gone,
    Refused,
    TooFast,
    Quarantined,
}
