//! The evidence log: an RFC 6962 Merkle tree of salted leaves, with signed checkpoints.
//!
//! A leaf holds no personal data; what its digests stand for is kept apart and can be erased.

mod append;
mod batch;
pub mod bundle;
pub mod checkpoint;
pub mod consistency;
pub mod cosignature;
mod disclosure;
mod file;
mod guard;
mod hash_lines;
mod heartbeat;
mod key;
mod kind;
mod leaf;
pub mod note;
#[cfg(test)]
mod oracles;
pub mod policy;
pub mod proof;
mod report;
#[cfg(test)]
pub(crate) mod samples;
mod state;
mod store;
pub mod tile_path;
pub mod tlog_proof;
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
