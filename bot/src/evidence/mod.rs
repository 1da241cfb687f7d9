//! The evidence log in the database: who writes, signs, guards, checks and restores it.
//!
//! What a leaf, a tree, a proof and a pack are, and how they are checked, is the crate `bellwether_tlog`; this folder
//! names it to the rest of the program.

mod append;
mod batch;
mod closed;
mod erased;
mod file;
mod guard;
mod halt;
mod head;
mod key;
mod keys;
mod latest;
mod open;
pub mod receipt;
pub mod recover;
mod report;
mod rotate;
mod state;
pub(crate) mod store;
pub mod verify;

pub use bellwether_tlog::keyring::{Keyring, RotationError};
pub use bellwether_tlog::kind::{Kind, Statement, fields};
pub use bellwether_tlog::leaf::Leaf;
pub use bellwether_tlog::new_leaf::{LeafError, NewLeaf};
pub use bellwether_tlog::{
    bundle, checkpoint, consistency, cosignature, inspect, keyring, note, pack_path, policy, proof, tile_path,
    time_stamp, tlog_proof, tree,
};

#[cfg(test)]
pub(crate) use bellwether_tlog::disclosure::Disclosure;
pub(crate) use bellwether_tlog::disclosure::read as disclosed;
pub(crate) use bellwether_tlog::erased::{Named, erasure_leaves};
pub(crate) use bellwether_tlog::leaf::{continues, recorded_at};

pub(crate) use append::Head;
pub use append::Log;
pub(crate) use batch::Batch;
pub use closed::{closed, closed_origin, verify_closed};
pub(crate) use closed::{closed_leaves_after, closed_leaves_of, read_closed};
#[cfg(test)]
pub(crate) use erased::forget;
pub use erased::{Erased, erased_records};
pub(crate) use erased::{erased_since, said_before};
pub(crate) use file::{create as create_private, refuse_readable_by_others};
pub use guard::{GuardError, GuardPolicy, signed_leaves};
pub use halt::Halt;
pub use head::{Signed, began_at, continuation, holds_other_than, signed_head};
#[cfg(test)]
pub(crate) use key::{create as create_key, load as load_key};
pub use keys::Place;
pub(crate) use keys::ring;
pub use latest::{Latest, Newest};
pub use report::{Finding, Report};
pub use rotate::{AtHand, Rotated, Rotation, at_hand, has_begun, new_key, rotate};
