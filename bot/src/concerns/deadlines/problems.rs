//! What hinders the channel of an organisation. The operator reads of it once in the log, and once when it is over.

use std::collections::BTreeSet;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::ids::OrganisationId;

/// What hinders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Problem {
    KeysDoubtful,
    NobodyReads,
    OrderShows,
}

/// What hinders now. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems(Arc<Mutex<BTreeSet<(OrganisationId, Problem)>>>);

impl Problems {
    /// Notes whether it hinders that organisation now. Returns whether that is new.
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
                "the handlers' keys in the database are not those that the evidence log knows: until they are, \
                 nobody is told of concerns, and nothing is noted as told"
            ),
            (true, true, Problem::NobodyReads) => tracing::error!(
                %organisation,
                "a concern waits that nobody may read now: see to it that handlers hold keys in force"
            ),
            (true, true, Problem::OrderShows) => tracing::warn!(
                %organisation,
                "another program reads the database all the time, so that its files still tell in which order concerns \
                 came, and when: end that program; until then it is tried again every minute"
            ),
            (true, false, Problem::KeysDoubtful | Problem::NobodyReads | Problem::OrderShows) => {
                tracing::info!(%organisation, ?problem, "this hinders the channel of concerns no longer");
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
