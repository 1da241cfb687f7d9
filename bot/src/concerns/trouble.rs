//! What hinders the channel of an organisation. The operator reads of it once in the log, and once when it is over.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ids::OrganisationId;

/// What hinders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trouble {
    KeysDoubtful,
    NobodyReads,
    OrderShows,
}

/// What hinders now. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Troubles(Arc<Mutex<BTreeSet<(OrganisationId, Trouble)>>>);

impl Troubles {
    /// Notes whether it hinders that organisation now. Returns whether that is new.
    pub(super) fn note(&self, organisation: OrganisationId, trouble: Trouble, holds: bool) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = if holds {
            known.insert((organisation, trouble))
        } else {
            known.remove(&(organisation, trouble))
        };
        drop(known);
        match (changed, holds, trouble) {
            (true, true, Trouble::KeysDoubtful) => tracing::error!(
                %organisation,
                "the handlers' keys in the database do not match the evidence log: until they do, nobody is notified \
                 of concerns, and nothing is recorded as sent"
            ),
            (true, true, Trouble::NobodyReads) => tracing::error!(
                %organisation,
                "a concern is waiting that nobody may read now: make sure that handlers have active keys"
            ),
            (true, true, Trouble::OrderShows) => tracing::warn!(
                %organisation,
                "another program keeps reading the database, so its files still show when and in which order concerns \
                 came: stop that program; the bot tries again every minute"
            ),
            (true, false, Trouble::KeysDoubtful | Trouble::NobodyReads | Trouble::OrderShows) => {
                tracing::info!(%organisation, ?trouble, "this no longer affects the concern channel");
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
    fn each_trouble_is_told_once_until_it_is_over() {
        let troubles = Troubles::default();
        let [one, other] = [1, 2].map(OrganisationId::from_i64);
        let doubtful = |of, holds| troubles.note(of, Trouble::KeysDoubtful, holds);
        assert_eq!(
            [doubtful(one, false), doubtful(one, true), doubtful(one, true)],
            [false, true, false]
        );
        assert!(doubtful(other, true) && troubles.note(one, Trouble::NobodyReads, true));
        assert_eq!([doubtful(one, false), doubtful(one, true)], [true, true]);
    }
}
