//! What we promised to post on Discord. A promise is made in the transaction of the change that it belongs to.
//!
//! A courier leases what is due, posts it, and settles it. A lease that ends unsettled is given again, with the same
//! nonce; attempts are bounded by expiry alone. Undelivered is a state that is kept.

mod backoff;
mod entry;
mod erasable;
mod fate;
mod lease;
mod list;
mod message;
mod outbound;
mod settle;
mod store;

pub use backoff::back_off;
pub use entry::{Entry, State};
pub use erasable::ERASABLE;
pub use fate::{Fate, Reason, others_wait};
pub use lease::lease;
pub use list::{Retried, list, retry};
pub use message::{CaseMessage, Message, NewOutbound};
pub use outbound::{LEASE, Outbound};
pub use settle::settle;
pub use store::{bring_forward, forget_naming, next_due, promise};
pub(crate) use store::{cancel, sent_to};

#[cfg(test)]
mod tests;
