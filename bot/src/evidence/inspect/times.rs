//! Times that others vouch for, held against the times that the leaves claim.

use std::collections::BTreeMap;

use super::leaves::Log;
use super::verdict::{Recorded, Stamped};
use super::{Inspection, Step, broken};
use crate::clock::{FAR_AHEAD, Millis};
use crate::evidence::pack_path::PackPath;

/// How far two honest clocks may be apart, in milliseconds.
const APART: i64 = 5 * Millis::MINUTE;

/// A time that somebody outside names for a checkpoint.
pub(super) struct Vouched<'a> {
    /// Such as "is of".
    pub words: &'a str,
    pub at: Millis,
    /// The checkpoint's size.
    pub size: u64,
    /// When its last leaf was recorded, as the leaf claims.
    pub recorded: Millis,
}

impl Inspection<'_> {
    /// Refuses a time before the leaves were there, and one that is still to come. A log is written while its clock is
    /// less than an hour ahead, so that much is borne, too.
    pub(super) fn plausible(&self, file: &PackPath, vouched: &Vouched<'_>) -> Step<()> {
        let Vouched {
            words,
            at,
            size,
            recorded,
        } = vouched;
        let shown = at.rfc3339();
        if at.since(*recorded) < -(FAR_AHEAD + APART) {
            let (last, recorded) = (size.saturating_sub(1), recorded.rfc3339());
            return broken(
                file,
                &format!("{words} {shown}, before leaf {last} was recorded, at {recorded}"),
            );
        }
        if at.since(self.terms.now) > APART {
            return broken(file, &format!("{words} {shown}, which is still to come"));
        }
        Ok(())
    }

    /// As [plausible](Self::plausible), for the times at which witnesses cosigned a checkpoint.
    pub(super) fn cosigned_in_time(
        &self,
        file: &PackPath,
        cosigned: &[(String, u64)],
        (size, recorded): (u64, Millis),
    ) -> Step<()> {
        for (witness, seconds) in cosigned {
            let seconds = i64::try_from(*seconds).unwrap_or(i64::MAX);
            let vouched = Vouched {
                words: &format!("is cosigned by {witness} at"),
                at: Millis(seconds.saturating_mul(Millis::SECOND)),
                size,
                recorded,
            };
            self.plausible(file, &vouched)?;
        }
        Ok(())
    }
}

/// The time that the leaves claim. The bot writes while its clock is less than an hour ahead.
pub(super) fn recorded(log: &Log, now: Millis) -> Option<Recorded> {
    let ahead = log.at.since(now);
    let recorded = Recorded {
        first: *log.starts.get(&0)?,
        last: log.at,
        ahead: (ahead > FAR_AHEAD + APART).then_some(ahead),
    };
    (log.size > 0).then_some(recorded)
}

/// How far the leaves are stamped, by the sizes of the stamped checkpoints and the times of the first stamps over them.
pub(super) fn stamped(stamps: &BTreeMap<u64, Millis>, log: &Log) -> Option<Stamped> {
    let (mut leaves, mut wait) = (0, 0);
    for (size, at) in stamps {
        // Of the leaves that this is the first stamp over, the first one waited longest.
        let recorded = log.starts.get(&leaves).copied().unwrap_or(*at);
        wait = at.since(recorded).max(wait);
        leaves = *size;
    }
    (leaves > 0).then_some(Stamped { leaves, wait })
}

#[cfg(test)]
mod tests;
