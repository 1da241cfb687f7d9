//! Who a warning goes to, step by step beyond those who do not respond. Pure: only those who may read the case are
//! told.

use std::collections::BTreeSet;

use super::due::Escalation;
use crate::concerns::keys::handler_key::KeyHolder;
use crate::config::Role;
use crate::ids::MemberId;

/// Who is warned. `readers` are those who may read the case; nobody else is ever notified.
pub fn called(taken_by: Option<MemberId>, readers: &[KeyHolder], escalation: Escalation) -> BTreeSet<MemberId> {
    let independent = independent(readers);
    let ordinary: BTreeSet<MemberId> = members(readers).difference(&independent).copied().collect();
    // If all handlers are independent, they are treated as ordinary ones.
    let ordinary = if ordinary.is_empty() {
        independent.clone()
    } else {
        ordinary
    };
    let own = taken_by.filter(|handler| readers.iter().any(|reader| reader.member == *handler));
    let Some(own) = own else {
        return match escalation {
            Escalation::Own => ordinary,
            Escalation::Next | Escalation::Independent => members(readers),
        };
    };
    let mut called = BTreeSet::from([own]);
    if escalation >= Escalation::Next {
        called.extend(next(own, &ordinary).or_else(|| next(own, &independent)));
    }
    if escalation >= Escalation::Independent {
        called.extend(independent);
    }
    called
}

/// Who is told when a reporter says that something got worse. Reporters see it before they answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Only the independent handlers.
    Independent,
    /// All who may read the case: none of them is independent.
    Readers,
    /// Nobody may read it now. It is told as soon as somebody may.
    Nobody,
}

impl Audience {
    /// By those who may read the case.
    pub fn of(readers: &[KeyHolder]) -> Self {
        if readers.is_empty() {
            Self::Nobody
        } else if independent(readers).is_empty() {
            Self::Readers
        } else {
            Self::Independent
        }
    }

    /// The word in texts for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Readers => "readers",
            Self::Nobody => "nobody",
        }
    }
}

/// The independent handlers; all readers if there are none.
pub fn outside(readers: &[KeyHolder]) -> BTreeSet<MemberId> {
    let independent = independent(readers);
    if independent.is_empty() {
        members(readers)
    } else {
        independent
    }
}

fn members(readers: &[KeyHolder]) -> BTreeSet<MemberId> {
    readers.iter().map(|reader| reader.member).collect()
}

fn independent(readers: &[KeyHolder]) -> BTreeSet<MemberId> {
    let independent = readers
        .iter()
        .filter(|reader| reader.roles.contains(&Role::IndependentHandler));
    independent.map(|reader| reader.member).collect()
}

/// The next one after `own` in the order of ids, which starts over at the end.
fn next(own: MemberId, others: &BTreeSet<MemberId>) -> Option<MemberId> {
    let mut behind = others.iter().copied().filter(|member| *member > own);
    let first = others.iter().copied().find(|member| *member != own);
    behind.next().or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concerns::keys::handler_key::Custody;

    fn holder(member: i64, roles: &[Role]) -> KeyHolder {
        KeyHolder {
            member: MemberId::from_i64(member),
            recipient: String::new(),
            custody: Custody::Own,
            roles: roles.iter().copied().collect(),
        }
    }

    fn handlers(ids: &[i64], independent: &[i64]) -> Vec<KeyHolder> {
        let ordinary = ids.iter().map(|id| holder(*id, &[Role::Handler]));
        let outside = independent.iter().map(|id| holder(*id, &[Role::IndependentHandler]));
        ordinary.chain(outside).collect()
    }

    fn ids(called: BTreeSet<MemberId>) -> Vec<i64> {
        called.into_iter().map(MemberId::get).collect()
    }

    #[test]
    fn a_warning_climbs_past_whoever_is_silent() {
        let readers = handlers(&[1, 2, 3], &[8]);
        let at = |taken: Option<i64>, escalation| ids(called(taken.map(MemberId::from_i64), &readers, escalation));
        assert_eq!(at(Some(2), Escalation::Own), [2]);
        assert_eq!(at(Some(2), Escalation::Next), [2, 3]);
        assert_eq!(at(Some(3), Escalation::Next), [1, 3]);
        assert_eq!(at(Some(2), Escalation::Independent), [2, 3, 8]);
        assert_eq!(at(None, Escalation::Own), [1, 2, 3]);
        assert_eq!(at(None, Escalation::Next), [1, 2, 3, 8]);
        assert_eq!(at(Some(8), Escalation::Next), [1, 8]);
    }

    #[test]
    fn nobody_is_called_who_may_not_read_it() {
        let readers = handlers(&[1], &[8]);
        let gone = Some(MemberId::from_i64(2));
        assert_eq!(
            ids(called(gone, &readers, Escalation::Own)),
            [1],
            "who has it may not read it any more"
        );
        assert_eq!(ids(called(None, &[], Escalation::Independent)), Vec::<i64>::new());
        let alone = handlers(&[1], &[]);
        let own = Some(MemberId::from_i64(1));
        assert_eq!(ids(called(own, &alone, Escalation::Independent)), [1]);
        assert_eq!(
            (ids(outside(&alone)), Audience::of(&alone)),
            (vec![1], Audience::Readers)
        );
        assert_eq!(
            (ids(outside(&readers)), Audience::of(&readers)),
            (vec![8], Audience::Independent)
        );
        assert_eq!((ids(outside(&[])), Audience::of(&[])), (vec![], Audience::Nobody));
    }

    #[test]
    fn where_all_stand_outside_they_are_called_one_by_one() {
        let readers = handlers(&[], &[7, 8, 9]);
        let own = Some(MemberId::from_i64(7));
        assert_eq!(ids(called(own, &readers, Escalation::Own)), [7]);
        assert_eq!(ids(called(own, &readers, Escalation::Next)), [7, 8]);
        assert_eq!(ids(called(own, &readers, Escalation::Independent)), [7, 8, 9]);
        assert_eq!(ids(called(None, &readers, Escalation::Own)), [7, 8, 9]);
    }
}
