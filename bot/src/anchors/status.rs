//! How the log is anchored: what was published, and who outside has which copy since when.

use super::anchor::{FORKED, State};
use super::nag::Nag;
use super::outside::Outside;
use super::target::{Target, receivers};
use super::{Publication, store};
use crate::clock::Millis;
use crate::config::Config;
use crate::db::Connection;
use crate::evidence;

/// What is known about everybody outside who is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// When the log began; none before its first leaf.
    pub began_at: Option<Millis>,
    pub publication: Option<Publication>,
    pub targets: Vec<TargetStatus>,
}

/// What is known about one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetStatus {
    pub target: Target,
    /// The newest copy that is there: its size, when it arrived, and where it is.
    pub last: Option<(u64, Millis, Option<String>)>,
    pub waiting: u64,
    pub given_up: u64,
    /// Why the newest copy is not there.
    pub error: Option<String>,
}

/// Reads how the log is anchored.
///
/// # Errors
/// When the database cannot be read.
pub async fn status(
    connection: &impl Connection,
    config: &Config,
    outside: &Outside,
    now: Millis,
) -> anyhow::Result<Status> {
    let mut targets = Vec::new();
    for target in planned(config, outside) {
        targets.push(target_status(connection, target, now).await?);
    }
    Ok(Status {
        began_at: evidence::began_at(connection).await?,
        publication: store::last_publication(connection).await?,
        targets,
    })
}

/// Everybody outside who is configured.
pub fn planned(config: &Config, outside: &Outside) -> Vec<Target> {
    let witnesses = outside.witnesses.iter();
    let witnesses = witnesses.map(|witness| Target::Witness(witness.key.name().to_owned()));
    receivers(config).into_iter().chain(witnesses).collect()
}

async fn target_status(connection: &impl Connection, target: Target, now: Millis) -> anyhow::Result<TargetStatus> {
    let done = store::newest(connection, &target, Some(State::Done)).await?;
    let newest = store::newest(connection, &target, None).await?;
    let error = newest.filter(|newest| newest.state != State::Done);
    Ok(TargetStatus {
        // It always has the instant at which it was settled; if it did not, the copy would count as new.
        last: done.map(|done| (done.size, done.settled_at.unwrap_or(now), done.reference)),
        waiting: store::count(connection, &target, State::Waiting).await?,
        given_up: store::count(connection, &target, State::GivenUp).await?,
        error: error.and_then(|newest| newest.last_error),
        target,
    })
}

impl Status {
    /// When a copy last arrived outside.
    pub fn last_outside(&self) -> Option<Millis> {
        let arrived = self.targets.iter().filter_map(|target| target.last.as_ref());
        arrived.map(|(_, at, _)| *at).max()
    }

    /// What an operator should be told, the worst first. `limit` is how many milliseconds without a copy are tolerated.
    pub fn nags(&self, now: Millis, limit: i64) -> Vec<Nag> {
        let mut nags = Vec::new();
        for target in &self.targets {
            if let Some(why) = target.error.as_ref().and_then(|error| error.strip_prefix(FORKED)) {
                let (target, why) = (target.target.clone(), why.to_owned());
                nags.push(Nag::Forked { target, why });
            }
        }
        let late = |last: Option<Millis>| {
            let since = last.or(self.began_at);
            since.is_some_and(|since| now.since(since) > limit)
        };
        if self.targets.is_empty() {
            nags.push(Nag::Nobody);
        } else if late(self.last_outside()) {
            nags.push(Nag::Silent {
                last: self.last_outside(),
                hours: self.last_outside().map(|last| hours(now, last)),
            });
        } else {
            let silent = self.targets.iter();
            let silent = silent.filter(|target| late(target.last.as_ref().map(|(_, at, _)| *at)));
            nags.extend(silent.map(|target| Nag::TargetSilent {
                target: target.target.clone(),
                error: target.error.clone(),
            }));
        }
        let stamps_only = self.targets.iter().all(|one| matches!(one.target, Target::Tsa(_)));
        if stamps_only && !self.targets.is_empty() {
            nags.push(Nag::StampsOnly);
        }
        nags
    }
}

/// Whole hours from `then` until now.
pub(super) fn hours(now: Millis, then: Millis) -> i64 {
    now.since(then).div_euclid(Millis::HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: i64 = 36 * Millis::HOUR;
    const NOW: Millis = Millis(100 * Millis::HOUR);

    fn target(target: Target, hours_ago: Option<i64>) -> TargetStatus {
        TargetStatus {
            target,
            last: hours_ago.map(|hours| (7, NOW - hours * Millis::HOUR, None)),
            waiting: 0,
            given_up: 0,
            error: None,
        }
    }

    fn nags(targets: Vec<TargetStatus>) -> Vec<Nag> {
        let status = Status {
            began_at: Some(Millis(0)),
            publication: None,
            targets,
        };
        status.nags(NOW, LIMIT)
    }

    fn webhook() -> Target {
        Target::Webhook("auditor".to_owned())
    }

    fn tsa() -> Target {
        Target::Tsa("example".to_owned())
    }

    #[test]
    fn nobody_outside_is_told_at_once() {
        assert_eq!(nags(Vec::new()), [Nag::Nobody]);
    }

    #[test]
    fn a_copy_that_is_young_enough_is_enough() {
        assert_eq!(nags(vec![target(webhook(), Some(36))]), []);
        let silent = Nag::Silent {
            last: Some(NOW - 37 * Millis::HOUR),
            hours: Some(37),
        };
        assert_eq!(nags(vec![target(webhook(), Some(37))]), [silent]);
        let never = Nag::Silent {
            last: None,
            hours: None,
        };
        assert_eq!(nags(vec![target(webhook(), None)]), [never]);
    }

    #[test]
    fn one_that_is_silent_beside_others_is_named() {
        let silent = Nag::TargetSilent {
            target: tsa(),
            error: None,
        };
        assert_eq!(
            nags(vec![target(webhook(), Some(1)), target(tsa(), Some(99))]),
            [silent]
        );
    }

    #[test]
    fn a_young_log_has_time() {
        let status = Status {
            began_at: Some(NOW - LIMIT),
            publication: None,
            targets: vec![target(webhook(), None)],
        };
        assert_eq!(status.nags(NOW, LIMIT), []);
    }

    #[test]
    fn stamps_are_kept_by_nobody_else_and_contradictions_come_first() {
        assert_eq!(nags(vec![target(tsa(), Some(1))]), [Nag::StampsOnly]);
        let mut witness = target(Target::Witness("w".to_owned()), Some(50));
        witness.error = Some(format!("{FORKED}knows another tree"));
        let told = nags(vec![witness]);
        assert!(
            matches!(&told[..], [Nag::Forked { .. }, Nag::Silent { .. }]),
            "{told:?}"
        );
    }
}
