//! The evidence log: an RFC 6962 Merkle tree of salted leaves, with signed checkpoints.
//!
//! A leaf holds no personal data; what its digests stand for is kept apart and can be erased.

mod append;
pub mod checkpoint;
mod leaf;
pub mod note;
pub mod proof;
pub mod tree;

pub use append::{Head, Log};
pub use leaf::{Kind, NewLeaf};
