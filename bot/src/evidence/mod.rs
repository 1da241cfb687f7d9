//! The evidence log: an RFC 6962 Merkle tree of salted leaves, with signed checkpoints.
//!
//! A leaf holds no personal data; what its digests stand for is kept apart and can be erased.

mod append;
mod batch;
pub mod checkpoint;
mod disclosure;
mod file;
mod guard;
mod heartbeat;
mod key;
mod kind;
mod leaf;
pub mod note;
pub mod proof;
mod report;
#[cfg(test)]
pub(crate) mod samples;
mod state;
mod store;
pub mod tree;
pub mod verify;

pub(crate) use append::Head;
pub use append::Log;
pub(crate) use batch::Batch;
pub use guard::{GuardError, GuardPolicy};
pub use heartbeat::{Heartbeat, heartbeat};
pub use key::Key;
pub use kind::Kind;
pub use leaf::{LeafError, NewLeaf};
pub use report::{Finding, Report};
