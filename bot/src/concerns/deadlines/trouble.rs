//! What hinders the channel of an organisation. The operator reads of it once in the log, and once when it is over.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ids::OrganisationId;

/// What hinders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    KeysDoubtful,
    NobodyReads,
    OrderShows,
}

/// What hinders now. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Troubles(Arc<Mutex<BTreeSet<(OrganisationId, Trouble)>>>);

impl Troubles {
    /// Notes whether it hinders that organisation now. Returns whether that is new.
    pub(crate) fn note(&self, organisation: OrganisationId, trouble: Trouble, holds: bool) -> bool {
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
                "the handlers' keys in the database are not those that the evidence log knows: until they are, \
                 nobody is told of concerns, and nothing is noted as told"
            ),
            (true, true, Trouble::NobodyReads) => tracing::error!(
                %organisation,
                "a concern waits that nobody may read now: see to it that handlers hold keys in force"
            ),
            (true, true, Trouble::OrderShows) => tracing::warn!(
                %organisation,
                "another program reads the database all the time, so that its files still tell in which order concerns \
                 came, and when: end that program; until then it is tried again every minute"
            ),
            (true, false, Trouble::KeysDoubtful | Trouble::NobodyReads | Trouble::OrderShows) => {
                tracing::info!(%organisation, ?trouble, "this hinders the channel of concerns no longer");
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
