//! The evidence log: an RFC 6962 Merkle tree of salted leaves, with signed checkpoints.
//!
//! A leaf holds no personal data; what its digests stand for is kept apart and can be erased.

mod append;
mod batch;
pub mod bundle;
pub mod checkpoint;
mod closed;
pub mod consistency;
pub mod cosignature;
mod disclosed;
mod disclosure;
mod erased;
mod file;
mod guard;
mod halt;
mod hash_lines;
mod head;
pub mod inspect;
mod key;
pub mod keyring;
mod keys;
mod kind;
mod latest;
mod leaf;
pub mod note;
mod open;
#[cfg(test)]
mod oracles;
pub mod pack_path;
mod padding;
pub mod policy;
pub mod proof;
pub mod receipt;
pub mod recover;
mod report;
mod rotate;
mod state;
pub(crate) mod store;
pub mod tile_path;
pub mod time_stamp;
pub mod tlog_proof;
pub mod tree;
pub mod verify;

pub(crate) use append::Head;
pub use append::Log;
pub(crate) use batch::Batch;
pub use closed::{closed, closed_origin, verify_closed};
pub(crate) use closed::{closed_leaves_after, closed_leaves_of, read_closed};
#[cfg(test)]
pub(crate) use disclosure::Disclosure;
#[cfg(test)]
pub(crate) use erased::forget;
pub use erased::{Erased, erased_records};
pub(crate) use erased::{Named, erased_since, erasure_leaves, said_before};
pub(crate) use file::{create as create_private, refuse_readable_by_others};
pub use guard::{GuardError, GuardPolicy, signed_leaves};
pub use halt::Halt;
pub use head::{Signed, began_at, continuation, holds_other_than, signed_head};
#[cfg(test)]
pub(crate) use key::Key;
pub use keyring::{Keyring, RotationError};
pub use keys::Place;
pub(crate) use keys::ring;
pub use kind::{Kind, Statement, fields};
pub use latest::{Latest, Newest};
pub(crate) use leaf::Leaf;
pub use leaf::{LeafError, NewLeaf};
pub use report::{Finding, Report};
pub use rotate::{AtHand, Rotated, Rotation, at_hand, has_begun, new_key, rotate};

/// Name and value of a disclosure; none when the text is none.
pub(crate) fn disclosed(disclosure: &str) -> Option<(String, String)> {
    disclosure::read(disclosure)
}

/// The index of the leaf that a stored leaf continues. Looks for the member `of` alone, as it is asked of whole logs.
pub(crate) fn continues(leaf: &[u8]) -> Option<u64> {
    const OF: &[u8] = b"\"of\":";
    let at = leaf.windows(OF.len()).position(|bytes| bytes == OF)?;
    let digits = leaf[at + OF.len()..].iter().take_while(|byte| byte.is_ascii_digit());
    String::from_utf8(digits.copied().collect()).ok()?.parse().ok()
}

/// When a leaf was recorded; none when the bytes are no leaf.
pub(crate) fn recorded_at(leaf: &[u8]) -> Option<crate::clock::Millis> {
    Leaf::parse(leaf)?.recorded_at()
}
