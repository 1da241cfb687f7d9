//! The evidence log as a library: what it is made of, and how others check it.
//!
//! An RFC 6962 Merkle tree of salted leaves, with signed checkpoints, in the forms of C2SP: tlog-tiles, signed-note,
//! tlog-checkpoint, tlog-proof, tlog-cosignature, tlog-policy. A leaf holds no personal data; what its digests stand
//! for is kept apart and can be erased.
//!
//! Nothing here knows a database, a network, a configuration or what time it is. Packs are folders of files, and the
//! one program that is called is openssl, for the signatures of time stamps. Sizes and indexes count leaves, times are
//! UTC milliseconds ([`time::Millis`]) unless something else is said.
//!
//! The crates `tlog_tiles` and `signed_note` do part of this. They would bring second copies of the cryptography, and
//! know neither cosignatures, policies nor tlog-proofs; so they only serve as oracles in the tests.

pub mod bundle;
pub mod checkpoint;
pub mod command;
pub mod consistency;
pub mod cosignature;
mod disclosed;
pub mod disclosure;
pub mod erased;
mod hash_lines;
pub mod inspect;
pub mod key;
pub mod keyring;
pub mod kind;
pub mod leaf;
pub mod new_leaf;
pub mod note;
#[cfg(test)]
mod oracles;
pub mod pack_path;
mod padding;
pub mod policy;
pub mod proof;
pub mod random;
pub mod receipt;
pub mod samples;
pub mod tile_path;
pub mod time;
pub mod time_stamp;
pub mod tlog_proof;
pub mod tree;
pub mod walk;
