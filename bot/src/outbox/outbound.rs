//! A message in the hands of a courier.

use super::message::Message;
use crate::clock::Millis;
use crate::ids::{ChannelId, MemberId, OrganisationId, OutboundId};

/// How long a courier may keep a message, milliseconds; more than the longest attempt and its settling, and less
/// than the few minutes for which Discord remembers a nonce. Whoever comes later finds that it is no longer theirs.
pub const LEASE: i64 = 60 * Millis::SECOND;

/// A message in the hands of a courier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbound {
    pub id: OutboundId,
    pub organisation: OrganisationId,
    /// Who it is for.
    pub member: Option<MemberId>,
    /// Where to post; none means the member's direct messages.
    pub channel: Option<ChannelId>,
    pub message: Message,
    /// The same for every attempt.
    pub nonce: String,
    /// Failed attempts so far.
    pub attempts: u32,
    /// Of no use from this instant on.
    pub expires: Option<Millis>,
    /// When the first attempt began whose outcome is not known.
    pub uncertain_since: Option<Millis>,
    pub promised_at: Millis,
    /// Which leasing this is.
    pub lease: String,
    /// It is the courier's own until then.
    pub leased_until: Millis,
}
