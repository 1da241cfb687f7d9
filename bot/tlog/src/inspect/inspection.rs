//! What is inspected, against what, and what was found so far.

use std::path::PathBuf;

use super::folder::Folder;
use super::verdict::Verdict;
use crate::policy::Policy;
use crate::time::Millis;

/// What the auditor brings along; the policy is one of C2SP tlog-policy, the checkpoint one of C2SP tlog-checkpoint.
/// None of it comes from the pack.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Whose signatures count. Without one only the pack's own consistency can be shown.
    pub policy: Option<Policy>,
    /// A checkpoint that was kept from before, a signed note.
    pub prior: Option<String>,
    /// The least number of leaves that the pack must hold.
    pub min_size: Option<u64>,
    /// Fields that were asked for, so that each proved record gives them or is erased.
    pub fields: Vec<String>,
    /// Certificates of the time-stamping authorities that are trusted, PEM.
    pub authorities: Option<PathBuf>,
    /// The longest time, in milliseconds, that a leaf may have waited for a time stamp.
    pub max_wait: Option<i64>,
    /// The present.
    pub now: Millis,
}

/// Told how many leaves are done, of how many.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// A pack that is being checked.
pub(super) struct Inspection<'a> {
    pub folder: Folder,
    pub terms: &'a Terms,
    pub verdict: Verdict,
}
