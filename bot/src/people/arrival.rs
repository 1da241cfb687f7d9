//! The order in which news of people came.
//!
//! It is written later, and not in that order: a form may be worked on for minutes, and the list of all members takes
//! many requests. So each piece of news takes a ticket when it comes, or before it is asked for, and what is fresher
//! is never overwritten. Kept in memory, and only as long as news is under way.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::chance::Chance;
use crate::ids::{MemberId, OrganisationId};

/// Gives out tickets. Clones share them.
#[derive(Clone, Debug)]
pub struct Arrivals {
    book: Arc<Mutex<Book>>,
    chance: Chance,
}

#[derive(Debug, Default)]
struct Book {
    given: u64,
    under_way: BTreeSet<u64>,
    /// The newest ticket of what was written about one person.
    about: HashMap<(OrganisationId, MemberId), u64>,
    /// The newest ticket of what was written about everybody.
    about_all: HashMap<OrganisationId, u64>,
}

/// The place of a piece of news in the order of arrival.
#[derive(Clone, Debug)]
pub struct Arrival(Arc<Ticket>);

#[derive(Debug)]
struct Ticket {
    number: u64,
    arrivals: Arrivals,
}

impl Arrivals {
    /// With the source of the ids that new people get.
    pub fn new(chance: Chance) -> Self {
        let book = Arc::default();
        Self { book, chance }
    }

    /// News has come, or is about to be asked for.
    pub fn next(&self) -> Arrival {
        let mut book = self.book.lock();
        book.given += 1;
        let number = book.given;
        book.under_way.insert(number);
        drop(book);
        Arrival(Arc::new(Ticket {
            number,
            arrivals: self.clone(),
        }))
    }
}

impl Arrival {
    /// An id for the row of somebody new.
    pub(super) fn new_id(&self) -> String {
        self.0.arrivals.chance.id()
    }

    /// Whether the news is to be written of this person: nothing fresher was. Then nothing older will be.
    pub(super) fn takes(&self, organisation: OrganisationId, member: MemberId) -> bool {
        let mut book = self.0.arrivals.book.lock();
        let all = book.about_all.get(&organisation).copied().unwrap_or_default();
        let one = book.about.entry((organisation, member)).or_default();
        let fresh = (*one).max(all) <= self.0.number;
        if fresh {
            *one = self.0.number;
        }
        fresh
    }

    /// Whether anything is to be written of everybody: no fresher list was. Then nothing older will be, of anybody.
    pub(super) fn takes_all(&self, organisation: OrganisationId) -> bool {
        let mut book = self.0.arrivals.book.lock();
        let all = book.about_all.entry(organisation).or_default();
        let fresh = *all <= self.0.number;
        if fresh {
            *all = self.0.number;
        }
        fresh
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut book = self.arrivals.book.lock();
        book.under_way.remove(&self.number);
        if book.under_way.is_empty() {
            // Whatever comes is fresher than all that was written.
            book.about.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: OrganisationId = OrganisationId::from_i64(1);
    const MIA: MemberId = MemberId::from_i64(7);

    #[test]
    fn what_came_later_is_never_overwritten_by_what_came_before() {
        let arrivals = Arrivals::new(Chance::seeded(1));
        let (old, new) = (arrivals.next(), arrivals.next());
        assert!(new.takes(ONE, MIA) && new.takes(ONE, MIA), "a second time is harmless");
        assert!(!old.takes(ONE, MIA));
        assert!(old.takes(ONE, MemberId::from_i64(8)) && old.takes(OrganisationId::from_i64(2), MIA));
    }

    #[test]
    fn a_list_is_older_than_what_came_while_it_was_read() {
        let arrivals = Arrivals::new(Chance::seeded(1));
        let (before, list, meanwhile) = (arrivals.next(), arrivals.next(), arrivals.next());
        assert!(meanwhile.takes(ONE, MIA));
        assert!(list.takes_all(ONE));
        assert!(!list.takes(ONE, MIA), "she has changed since");
        assert!(list.takes(ONE, MemberId::from_i64(8)));
        assert!(!before.takes(ONE, MemberId::from_i64(9)) && !before.takes_all(ONE));
    }

    #[test]
    fn nothing_is_kept_when_nothing_is_under_way() {
        let arrivals = Arrivals::new(Chance::seeded(1));
        assert!(arrivals.next().takes(ONE, MIA));
        let book = arrivals.book.lock();
        assert!(book.about.is_empty() && book.under_way.is_empty());
        drop(book);
        assert!(arrivals.next().takes(ONE, MIA));
    }
}
