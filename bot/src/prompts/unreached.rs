//! Telling the owners that somebody has not been reached for about two weeks: once, until a question arrives again.

use std::collections::BTreeSet;

use super::cycle::{Cycle, State};
use super::store;
use crate::chance::Chance;
use crate::civil;
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::ids::{CycleId, MemberId};
use crate::ledger::Tx;
use crate::outbox::{self, Message, NewOutbound};
use crate::people;

/// The second weekly question in a row closes a little before two weeks have gone by.
const LONG: i64 = 13 * Millis::DAY;
/// How long the word is of use.
const FRESH: i64 = 14 * Millis::DAY;

/// A question that was closed or delivered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub state: State,
    pub opens_at: Millis,
    pub delivered_at: Option<Millis>,
    pub closed_at: Option<Millis>,
}

impl Outcome {
    fn is_unreached(&self) -> bool {
        self.state == State::Undelivered && self.delivered_at.is_none()
    }
}

/// Promises a word about those whose undelivered questions have just closed, in the same transaction.
pub(super) async fn tell_owners(
    tx: &Tx,
    chance: &Chance,
    organisation: &Organisation,
    closed: &[(MemberId, CycleId)],
) -> anyhow::Result<()> {
    let mut looked = BTreeSet::new();
    for (member, cycle) in closed {
        if !looked.insert(*member) {
            continue;
        }
        let outcomes = store::newest_outcomes(tx.connection(), organisation.id, *member).await?;
        if is_news(&outcomes, tx.now()) {
            promise(tx, chance, organisation, cycle).await?;
        }
    }
    Ok(())
}

/// Those of these cycles that end unanswered and were never delivered.
pub(super) fn candidates(cycles: &[Cycle]) -> Vec<(MemberId, CycleId)> {
    let unsent = cycles.iter().filter(|cycle| cycle.delivered_at.is_none());
    unsent.map(|cycle| (cycle.member, cycle.id.clone())).collect()
}

/// Whether the row of unreached questions, newest first, has become long with what closed now.
fn is_news(outcomes: &[Outcome], now: Millis) -> bool {
    let row: Vec<&Outcome> = outcomes.iter().take_while(|outcome| outcome.is_unreached()).collect();
    let Some(began) = row.last().map(|outcome| outcome.opens_at) else {
        return false;
    };
    let earlier = row
        .iter()
        .filter_map(|outcome| outcome.closed_at)
        .filter(|at| *at < now);
    let known = earlier.max().is_some_and(|at| at.since(began) >= LONG);
    now.since(began) >= LONG && !known
}

async fn promise(tx: &Tx, chance: &Chance, organisation: &Organisation, cycle: &CycleId) -> anyhow::Result<()> {
    let people = people::all(tx.connection(), organisation).await?;
    let owners: Vec<_> = people.iter().filter(|person| person.is(Role::Owner)).collect();
    tracing::warn!(
        organisation.id = %organisation.id,
        owners = owners.len(),
        "somebody has not been reached for two weeks; the owners are told who it is"
    );
    for owner in owners {
        let new = NewOutbound {
            organisation: organisation.id,
            member: Some(owner.member),
            channel: None,
            message: Message::Unreached { cycle: cycle.clone() },
            at: civil::out_of_quiet_hours(tx.now(), &civil::zone(&owner.zone)?),
            expires: Some(tx.now() + FRESH),
        };
        outbox::promise(tx, chance, new).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: i64 = 7 * Millis::DAY;

    /// Weekly questions, newest first, as the letters say from the oldest on: `u` unreached, `a` answered.
    fn row(letters: &str) -> (Vec<Outcome>, Millis) {
        let one = |(week, letter): (usize, char)| {
            let opens_at = Millis(week as i64 * WEEK);
            let closed_at = opens_at + 6 * Millis::DAY + Millis::DAY / 2;
            Outcome {
                state: if letter == 'u' {
                    State::Undelivered
                } else {
                    State::Answered
                },
                opens_at,
                delivered_at: (letter != 'u').then_some(opens_at),
                closed_at: Some(closed_at),
            }
        };
        let mut outcomes: Vec<Outcome> = letters.chars().enumerate().map(one).collect();
        outcomes.reverse();
        let now = outcomes
            .first()
            .and_then(|outcome| outcome.closed_at)
            .unwrap_or(Millis(0));
        (outcomes, now)
    }

    #[test]
    fn the_second_week_in_a_row_is_news_and_no_other() {
        let news = |letters: &str| {
            let (outcomes, now) = row(letters);
            is_news(&outcomes, now)
        };
        for (letters, expected) in [
            ("", false),
            ("a", false),
            ("u", false),
            ("uu", true),
            ("uuu", false),
            ("uuuuuuu", false),
            ("uua", false),
            ("uuau", false),
            ("uuauu", true),
        ] {
            assert_eq!(news(letters), expected, "{letters}");
        }
    }
}
