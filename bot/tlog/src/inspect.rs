//! Checks an evidence pack: a folder of files from somebody who need not be trusted.
//!
//! Knows no database, no configuration and no network. Shares the hashing with the program that wrote the pack, but not
//! the writing. Every file is untrusted: nothing is followed out of the folder, nothing is read beyond its limit.

use std::path::Path;

mod disclosures;
mod entries;
mod erasures;
mod folder;
mod head;
mod history;
mod inspection;
mod kinds;
mod leaves;
mod listing;
mod missing;
mod openssl;
mod proofs;
mod records;
mod replies;
mod salts;
mod stop;
mod sums;
mod times;
mod trust;
mod verdict;

use folder::Folder;
use inspection::Inspection;
pub use inspection::{Progress, Terms};
use leaves::Log;
use listing::Listing;
use stop::{Step, Stop};
pub use verdict::{Broken, Recorded, Remark, Stamped, Unchecked, Verdict};

/// Checks the pack in a folder. Blocks.
///
/// # Errors
/// When it cannot be checked: no such folder, a disk that fails. What is wrong is in the verdict.
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
