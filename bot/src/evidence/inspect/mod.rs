//! Checks an evidence pack: a folder of files from somebody who need not be trusted.
//!
//! Knows no database, no configuration and no network, and shares the hashing with who wrote the pack, not the
//! writing. Every file is untrusted: nothing is followed out of the folder, nothing is read beyond its limit.

use std::path::{Path, PathBuf};

use super::policy::Policy;
use crate::clock::Millis;

mod disclosures;
mod entries;
mod erasures;
mod folder;
mod head;
mod history;
mod kinds;
mod leaves;
mod listing;
mod missing;
mod openssl;
mod proofs;
mod records;
mod replies;
mod salts;
mod sums;
mod times;
mod verdict;

use folder::Folder;
use leaves::Log;
use listing::Listing;
pub use verdict::{Broken, Recorded, Remark, Stamped, Unchecked, Verdict};

/// What the auditor brings along. None of it comes from the pack.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Whose signatures count. Without one only the pack's own consistency can be shown.
    pub policy: Option<Policy>,
    /// A checkpoint that was kept from before, a signed note.
    pub prior: Option<String>,
    /// Least number of leaves.
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

/// Why checking ended before the end.
enum Stop {
    Broken(Broken),
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// A step of checking.
type Step<T> = Result<T, Stop>;

/// A file that does not hold.
fn broken<T>(file: &impl ToString, reason: &impl ToString) -> Step<T> {
    Err(Stop::Broken(Broken {
        file: file.to_string(),
        reason: reason.to_string(),
    }))
}

/// Told how many leaves are done, of how many.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// Checks the pack in a folder. Blocks.
///
/// # Errors
/// When it cannot be checked: no such folder, a disk that fails. What does not hold is in the verdict.
pub fn inspect(folder: &Path, terms: &Terms, progress: Progress<'_>) -> anyhow::Result<Verdict> {
    let mut inspection = Inspection {
        folder: Folder::open(folder)?,
        terms,
        verdict: Verdict::default(),
    };
    match inspection.all(progress) {
        Ok(()) => {}
        Err(Stop::Broken(broken)) => inspection.verdict.broken = Some(broken),
        Err(Stop::Failed(error)) => return Err(error),
    }
    Ok(inspection.verdict)
}

struct Inspection<'a> {
    folder: Folder,
    terms: &'a Terms,
    verdict: Verdict,
}

impl Inspection<'_> {
    fn all(&mut self, progress: Progress<'_>) -> Step<()> {
        let head = self.head()?;
        let listing = Listing::read(&self.folder, head.checkpoint.size)?;
        self.verdict.files = listing.files;
        let prior = self.prior_size()?;
        let log = Log::read(&self.folder, &head, &listing, prior, progress);
        let log = match log {
            Ok(log) => log,
            Err(unread) => {
                self.verdict.leaves = unread.leaves;
                return Err(unread.stop);
            }
        };
        self.verdict.leaves = log.size;
        self.verdict.root = log.root;
        self.recorded(&log);
        self.verdict.remarks.extend(log.kinds.remarks());
        self.verdict.keys = log.ring.vkeys().map(ToString::to_string).collect();
        self.trust(&head, &listing, &log)?;
        self.history(&head, &listing, &log)?;
        self.consistency(&head, &listing, &log)?;
        self.proofs(&head, &listing, &log)?;
        let disclosed = self.disclosures(&listing, &log)?;
        self.sums(&log)?;
        self.missing(&listing, &log, disclosed)
    }
}

#[cfg(test)]
mod tests;
