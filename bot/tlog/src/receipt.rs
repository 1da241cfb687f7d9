//! A receipt: one entry of the log with everything that it takes to check it, for the person that the entry is about.
//!
//! Three files, named by the entry's index: the leaf's exact bytes, the C2SP tlog-proof to the newest committed
//! checkpoint, and the disclosures, one a line. An entry that was erased has no disclosures any more.

use crate::tlog_proof::TlogProof;

mod check;
mod event;

pub use check::{Checked, ReceiptError, check};
pub use event::{EVENT, EventError, EventProof, check_event};

/// Names of the files behind the index.
pub const PROOF: &str = "tlog-proof";
pub const LEAF: &str = "leaf";
pub const DISCLOSURES: &str = "sd";

/// An entry of the log, its proof (C2SP tlog-proof), and the disclosures of its fields (RFC 9901, 4.2.1).
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    pub index: u64,
    /// The bytes that are hashed.
    pub leaf: Vec<u8>,
    pub proof: TlogProof,
    /// What the leaf's digests stand for, in the order of their names. Holds what was said.
    pub disclosures: Vec<String>,
}

impl std::fmt::Debug for Receipt {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Receipt")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

impl Receipt {
    /// Names and contents of the files.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let named = |ending: &str| format!("{}.{ending}", self.index);
        let mut files = vec![
            (named(PROOF), self.proof.text().into_bytes()),
            (named(LEAF), self.leaf.clone()),
        ];
        if !self.disclosures.is_empty() {
            let lines = self.disclosures.join("\n") + "\n";
            files.push((named(DISCLOSURES), lines.into_bytes()));
        }
        files
    }
}
