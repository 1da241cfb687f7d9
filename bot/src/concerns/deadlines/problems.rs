//! Problems of an organisation's channel. The operator reads about each once in the log, and once when it is over.

use std::collections::BTreeSet;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::ids::OrganisationId;

/// A problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Problem {
    KeysDoubtful,
    NobodyReads,
    OrderShows,
}

/// The problems now. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems(Arc<Mutex<BTreeSet<(OrganisationId, Problem)>>>);

impl Problems {
    /// Notes whether the organisation has this problem now. Returns whether that is new.
    pub(crate) fn note(&self, organisation: OrganisationId, problem: Problem, holds: bool) -> bool {
        let mut known = self.0.lock();
        let changed = if holds {
            known.insert((organisation, problem))
        } else {
            known.remove(&(organisation, problem))
        };
        drop(known);
        match (changed, holds, problem) {
            (true, true, Problem::KeysDoubtful) => tracing::error!(
                %organisation,
                "the handlers' keys in the database do not match the evidence log: until they do, nobody is notified \
                 of concerns, and nothing is recorded as sent"
            ),
            (true, true, Problem::NobodyReads) => tracing::error!(
                %organisation,
                "a concern is waiting that nobody may read now: make sure that handlers have active keys"
            ),
            (true, true, Problem::OrderShows) => tracing::warn!(
                %organisation,
                "another program keeps reading the database, so its files still show when and in which order concerns \
                 came: stop that program; the bot tries again every minute"
            ),
            (true, false, Problem::KeysDoubtful | Problem::NobodyReads | Problem::OrderShows) => {
                tracing::info!(%organisation, ?problem, "this no longer affects the concern channel");
            }
            (false, _, _) => {}
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_is_logged_once_until_it_is_over() {
        let problems = Problems::default();
        let [one, other] = [1, 2].map(OrganisationId::from_i64);
        let doubtful = |of, holds| problems.note(of, Problem::KeysDoubtful, holds);
        assert_eq!(
            [doubtful(one, false), doubtful(one, true), doubtful(one, true)],
            [false, true, false]
        );
        assert!(doubtful(other, true) && problems.note(one, Problem::NobodyReads, true));
        assert_eq!([doubtful(one, false), doubtful(one, true)], [true, true]);
    }
}
