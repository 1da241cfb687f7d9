//! What somebody looks after for themselves: the record of their own answers, and when they are away.

pub mod away;
pub mod custom_id;
pub mod record;
