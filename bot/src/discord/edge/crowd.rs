//! How many people an organisation has, as Discord last said. In memory alone: it is used before a concern is written,
//! to find out whether its author could be guessed.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::ids::OrganisationId;

/// The counts. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Crowd(Arc<Mutex<BTreeMap<OrganisationId, u64>>>);

impl Crowd {
    /// Everybody was counted, without bots.
    pub fn note(&self, organisation: OrganisationId, people: u64) {
        self.0.lock().insert(organisation, people);
    }

    /// A number that may include bots. It is used until everybody is counted.
    pub fn note_roughly(&self, organisation: OrganisationId, members: u64) {
        self.0.lock().entry(organisation).or_insert(members);
    }

    /// None if Discord has not said anything yet.
    pub fn people(&self, organisation: OrganisationId) -> Option<u64> {
        self.0.lock().get(&organisation).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_better_than_a_rough_number() {
        let (crowd, organisation) = (Crowd::default(), OrganisationId::from_i64(1));
        assert_eq!(crowd.people(organisation), None);
        crowd.note_roughly(organisation, 9);
        assert_eq!(crowd.people(organisation), Some(9));
        crowd.note(organisation, 7);
        crowd.note_roughly(organisation, 9);
        assert_eq!(crowd.people(organisation), Some(7));
    }
}
