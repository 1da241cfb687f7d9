//! What an attempt to send came to.

use crate::ids::ChannelId;
use crate::outbox::{Fate, Outbound};
use crate::prompts::Route;

/// What an attempt came to.
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

/// A message and its fate, ready to be written.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub outbound: Outbound,
    pub attempt: Attempt,
    pub route: Route,
}
