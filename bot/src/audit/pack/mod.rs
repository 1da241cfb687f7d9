//! Evidence packs: the log as a folder that others check without us (C2SP tlog-tiles), and what is disclosed of it.
//!
//! All leaves are always included, as they hold nothing personal. What they stand for is disclosed only if it is asked
//! for by name. The recipient is entered into a register before the pack gets its name.

use std::path::PathBuf;

use crate::ledger::Ledger;

mod chain;
mod export;
mod gaps;
mod head;
mod history;
mod outside;
mod press;
mod proofs;
mod reading;
mod readme;
mod register;
mod scope;
mod select;
mod sink;
mod store;
mod unfinished;

pub use chain::{Chain, ChainError, chains};
pub use export::export;
pub use gaps::{Gap, Gaps};
pub use outside::Spoilt;
pub use scope::Scope;
pub use store::{Handed, index_of, packs};

use crate::evidence::tree::Hash;

/// What a pack should be.
pub struct Order {
    /// The folder, or the file of an archive. Nothing that is there is overwritten, except an empty folder.
    pub out: PathBuf,
    /// Whether to write a tar archive.
    pub tar: bool,
    /// The trust policy that is included. If it asks for witnesses, the pack ends with a checkpoint that they cosigned.
    /// Without one a policy is written that trusts the log's key.
    pub policy: Option<PathBuf>,
    /// Certificates of time-stamping authorities that are included.
    pub chains: Vec<Chain>,
    /// The records to prove, each with its own proof; none for no record.
    pub scope: Option<Scope>,
    /// Fields of these records to disclose, and their recipient.
    pub disclosing: Option<Disclosing>,
    /// Whether to make a pack although something to be disclosed is missing without an erasure. It says so.
    pub incomplete: bool,
}

/// What is disclosed.
pub struct Disclosing {
    /// Names of fields.
    pub fields: Vec<&'static str>,
    /// The recipient, for the register.
    pub to_whom: String,
    pub ledger: Ledger,
}

/// How an export ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packed {
    Done(Summary),
    /// There is no leaf yet.
    NoLog,
    /// Something that is not empty has the pack's name.
    Occupied,
    /// No published checkpoint carries the cosignatures that the policy asks for.
    NoQuorum,
    /// Fields to be disclosed are missing, and no erasure in the log explains it. Nothing is left of the pack.
    Missing(Gaps),
    /// Something that was published has changed. Nothing is left of the pack.
    Spoilt(Spoilt),
    /// Something to be disclosed was erased in the meantime. Nothing is left of the pack.
    ErasedMeanwhile,
}

/// What a pack holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub origin: String,
    /// Leaves.
    pub size: u64,
    pub root: Hash,
    /// Leaves of the log that are newer than the pack's head.
    pub newer: u64,
    /// Published checkpoints.
    pub history: u64,
    /// Replies of time-stamping authorities.
    pub replies: u64,
    /// Records in the scope, each with its proof.
    pub proofs: u64,
    /// Records of which something is disclosed.
    pub records: u64,
    /// Disclosed fields.
    pub disclosed: u64,
    /// Fields to be disclosed that are erased.
    pub erased: u64,
    /// Fields to be disclosed that are missing without an erasure.
    pub missing: Gaps,
    pub files: u64,
    /// SHA-256 of SHA256SUMS.
    pub sums: Hash,
}

#[cfg(test)]
pub(crate) mod tests;
