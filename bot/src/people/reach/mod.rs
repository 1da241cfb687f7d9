//! How a member can be reached by direct message, as far as Discord has told us.

mod store;

pub use store::{forget_dm, note_dm, note_dm_refused, note_interaction, reach};

use crate::clock::Millis;
use crate::ids::ChannelId;

/// What is known of a member's direct messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The channel, once opened.
    pub dm_channel: Option<ChannelId>,
    /// When Discord last refused a message for good; none after the member has written to the bot.
    pub dm_refused_at: Option<Millis>,
}
