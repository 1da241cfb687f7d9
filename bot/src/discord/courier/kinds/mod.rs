//! The kinds of messages, a file each.

mod alarm;
mod checkpoint;
mod handler_keys_changed;
mod letter;
mod prompt;
mod removed;
mod unreached;

use super::kind::Kind;
use crate::outbox::Message;

/// The kind of a message. Nothing else asks which message it is.
pub(super) fn of(message: &Message) -> Box<dyn Kind + '_> {
    match message {
        Message::Prompt { cycle } => Box::new(prompt::Prompt { cycle }),
        Message::Checkpoint { size } => Box::new(checkpoint::Checkpoint { size: *size }),
        Message::LogBroken => Box::new(alarm::Alarm::LogBroken),
        Message::TablesFalsified => Box::new(alarm::Alarm::TablesFalsified),
        Message::HandlerKeysChanged {
            holders,
            proposed_by,
            agreed_by,
        } => Box::new(handler_keys_changed::HandlerKeysChanged {
            holders,
            proposed_by: *proposed_by,
            agreed_by: *agreed_by,
        }),
        Message::Unreached { cycle } => Box::new(unreached::Unreached { cycle }),
        Message::Removed => Box::new(removed::Removed),
        Message::Case(message) => Box::new(letter::CaseLetter { message }),
    }
}
