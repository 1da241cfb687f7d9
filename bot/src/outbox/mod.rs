//! What we promised to post on Discord. A promise is made in the transaction of the change that it belongs to.

mod message;
mod store;

pub use message::{Message, NewOutbound};
pub use store::promise;
