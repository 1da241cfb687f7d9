//! Checking a receipt on its own: no database, no configuration, no network.

use crate::checkpoint::Checkpoint;
use crate::disclosed;
use crate::leaf::Leaf;
use crate::policy::{Policy, Refusal};
use crate::tlog_proof::{TlogProof, TlogProofError};
use crate::tree::leaf_hash;

/// What a sound receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub index: u64,
    /// The signed head that the entry is proved to be under.
    pub checkpoint: Checkpoint,
    /// Whether as many witnesses have cosigned that head as the policy requires.
    pub witnessed: bool,
    pub kind: String,
    /// When it was recorded, RFC 3339.
    pub at: String,
    pub record: String,
    /// Index of the earlier entry that this one continues.
    pub of: Option<u64>,
    /// Names and values that are disclosed.
    pub fields: Vec<(String, String)>,
    /// Fields of which only the digest is there: held back, or erased.
    pub hidden: usize,
}

/// Why a receipt proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    #[error("the leaf is not in the form in which leaves are written")]
    Leaf,
    #[error("the proof {0}")]
    Proof(#[from] TlogProofError),
    #[error("the proof's checkpoint {0}")]
    Checkpoint(#[from] Refusal),
    #[error("line {0} of the disclosures {1}")]
    Disclosure(usize, String),
}

/// Checks that the leaf is in a log that the policy trusts, and that the disclosures are what it commits to.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(leaf: &[u8], proof: &str, disclosures: &str, policy: &Policy) -> Result<Checked, ReceiptError> {
    let proof = TlogProof::parse(proof)?;
    let (checkpoint, _) = policy.open(&proof.checkpoint)?;
    if !proof.proves(&leaf_hash(leaf), &checkpoint) {
        return Err(TlogProofError::Wrong.into());
    }
    let witnessed = policy.quorum_met(&proof.checkpoint)?.met;
    let leaf = Leaf::parse(leaf)
        .filter(|leaf| leaf.has_its_fields() && leaf.continues_a_record())
        .ok_or(ReceiptError::Leaf)?;
    let fields = disclosed::fields(&leaf, disclosures.lines());
    let fields = fields.map_err(|(line, stray)| ReceiptError::Disclosure(line, stray.to_string()))?;
    Ok(Checked {
        index: proof.index,
        checkpoint,
        witnessed,
        hidden: leaf.sd.len() - fields.len(),
        kind: leaf.kind,
        at: leaf.at,
        record: leaf.rec,
        of: leaf.of,
        fields,
    })
}
