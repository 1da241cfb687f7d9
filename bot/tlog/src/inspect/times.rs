//! Times that others vouch for, compared with the times that the leaves claim.

use std::collections::BTreeMap;

use super::inspection::Inspection;
use super::leaves::Log;
use super::stop::{Step, broken};
use super::verdict::{Recorded, Stamped, Unchecked};
use crate::pack_path::{PackPath, Part};
use crate::time::{APART, FAR_AHEAD, Millis, rough};

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
    /// Refuses a time before the leaves were there, and one in the future. A log is written while its clock is less
    /// than an hour ahead, so that much is tolerated, too.
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
            let vouched = Vouched {
                words: &format!("is cosigned by {witness} at"),
                at: Millis::from_seconds(*seconds),
                size,
                recorded,
            };
            self.plausible(file, &vouched)?;
        }
        Ok(())
    }

    /// Notes the time that the leaves claim. The bot writes while its clock is less than an hour ahead.
    pub(super) fn recorded(&mut self, log: &Log) {
        let ahead = log.at.since(self.terms.now);
        let ahead = (ahead > FAR_AHEAD + APART).then_some(ahead);
        self.verdict.recorded = log.starts.get(&0).map(|first| Recorded {
            first: *first,
            last: log.at,
            ahead,
        });
        self.verdict.unchecked.extend(ahead.map(|by| Unchecked::Ahead { by }));
    }

    /// Refuses leaves that have waited longer for a time stamp than the auditor tolerates: those under a stamp, and
    /// those after the last one as far as the log shows that it went on.
    pub(super) fn waited(&self) -> Step<()> {
        let (Some(stamped), Some(most)) = (self.verdict.stamped, self.terms.max_wait) else {
            return Ok(());
        };
        let Stamped {
            leaves,
            wait,
            longest,
            open,
        } = stamped;
        let allowed = format!("--max-wait allows {}", rough(most));
        if wait > most {
            let reason = format!(
                "was stamped for the first time {} after leaf {} says that it was recorded; {allowed}",
                rough(wait),
                longest.0
            );
            return broken(&PackPath::History(longest.1, Part::Note), &reason);
        }
        if open > most {
            let reason = format!(
                "covers leaves without a time stamp: leaf {leaves} says that it was recorded {} before the last one; \
                 {allowed}",
                rough(open)
            );
            return broken(&PackPath::Checkpoint, &reason);
        }
        Ok(())
    }
}

/// Refuses leaves that say they are older than a cosignature over a log that did not hold them yet. Witnesses are asked
/// within seconds after a checkpoint is signed, so an honest leaf after it is younger than their times, as far as
/// clocks agree.
pub(super) fn grown_since(file: &PackPath, cosigned: &[(String, u64)], size: u64, log: &Log) -> Step<()> {
    let Some(claimed) = log.starts.get(&size).filter(|_| size < log.size) else {
        return Ok(());
    };
    for (witness, seconds) in cosigned {
        let at = Millis::from_seconds(*seconds);
        if at.since(*claimed) > FAR_AHEAD + APART {
            let reason = format!(
                "leaf {size} was not in the log yet when {witness} cosigned {size} leaves, at {}; but it says that it was \
                 recorded at {}",
                at.rfc3339(),
                claimed.rfc3339()
            );
            return broken(file, &reason);
        }
    }
    Ok(())
}

/// How far the leaves are stamped, by the sizes of the stamped checkpoints and the times of the first stamps over them.
pub(super) fn stamped(stamps: &BTreeMap<u64, Millis>, log: &Log) -> Option<Stamped> {
    let (mut leaves, mut wait, mut longest) = (0, 0, (0, 0));
    for (size, at) in stamps {
        // Of the leaves for which this is the first stamp, the first one waited longest.
        let recorded = log.starts.get(&leaves).copied().unwrap_or(*at);
        if at.since(recorded) > wait {
            wait = at.since(recorded);
            longest = (leaves, *size);
        }
        leaves = *size;
    }
    let behind = log.starts.get(&leaves).filter(|_| leaves < log.size);
    let open = behind.map_or(0, |first| log.at.since(*first));
    (leaves > 0).then_some(Stamped {
        leaves,
        wait,
        longest,
        open,
    })
}
