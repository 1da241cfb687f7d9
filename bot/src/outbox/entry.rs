//! A message as the operator sees it. No content.

use crate::clock::Millis;
use crate::ids::{ChannelId, MemberId, OrganisationId, OutboundId};

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Pending,
    Sending,
    Delivered,
    Undelivered,
    Cancelled,
}

impl State {
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Sending,
        Self::Delivered,
        Self::Undelivered,
        Self::Cancelled,
    ];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A message as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: OutboundId,
    pub organisation: OrganisationId,
    pub member: Option<MemberId>,
    pub channel: Option<ChannelId>,
    /// What it is, such as `prompt`.
    pub kind: &'static str,
    pub state: State,
    pub attempts: u32,
    pub next_at: Millis,
    pub expires: Option<Millis>,
    pub last_error: Option<String>,
    pub promised_at: Millis,
}
