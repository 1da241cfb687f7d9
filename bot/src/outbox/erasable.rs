//! What names a person here, and what happens to it when it is erased.

use crate::erasable::{Emptied, Erasable, Goes};

pub const ERASABLE: &[Erasable] = &[Erasable {
    table: "outbound_message",
    told: "messages: unsent ones are cancelled; where the others went is forgotten",
    goes: Goes::Columns(&[("sent_channel", Emptied::Null), ("sent_message", Emptied::Null)]),
    ..Erasable::ROW
}];
