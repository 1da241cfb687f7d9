//! Whether the channel is open, and to whose keys a concern would be sealed.

use crate::concerns::desk::Desk;
use crate::concerns::keys::handler_key::KeySet;
use crate::concerns::keys::{self, Confirmed};
use crate::config::Organisation;

/// Whether concerns are accepted now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    Open(KeySet),
    Closed(Closed),
}

/// Why no concern is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    SwitchedOff,
    /// Fewer handlers' keys are active than the configuration requires.
    FewerKeys {
        in_force: usize,
        needed: usize,
    },
    /// The keys in the database are not those that the evidence log knows: nothing is sealed to them.
    KeysDoubtful,
}

/// Finds out whether concerns are accepted, and who can read them.
///
/// # Errors
/// When the database or the log cannot be read.
pub async fn channel(desk: &Desk, organisation: &Organisation) -> anyhow::Result<Channel> {
    if !desk.core.config.concerns.enabled {
        return Ok(Channel::Closed(Closed::SwitchedOff));
    }
    let keys = match keys::confirmed(desk, organisation).await? {
        Confirmed::Keys(keys) => keys,
        Confirmed::Doubtful => return Ok(Channel::Closed(Closed::KeysDoubtful)),
    };
    let (in_force, needed) = (keys.holders.len(), desk.core.config.concerns.handlers_needed);
    if in_force < needed {
        return Ok(Channel::Closed(Closed::FewerKeys { in_force, needed }));
    }
    Ok(Channel::Open(keys))
}
