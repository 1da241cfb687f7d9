//! Which of the counts may be shown.

use std::collections::BTreeMap;

use super::{Calendar, Share, Tallies, Tally};
use crate::clock::Millis;

/// A category with fewer is folded into "other"; if that has fewer, only the total is shown.
const FOLDED_BELOW: u32 = 5;
/// Fewer than this are not counted at all.
const COUNTED_FROM: u32 = 3;
/// The category that small ones are folded into.
const OTHER: &str = "other";

/// How many concerns came in, as far as that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// Fewer than three, or none.
    Few,
    Total(u32),
    /// With the categories that have enough, in the order of their ids, and all others together.
    Split {
        total: u32,
        categories: Vec<(String, u32)>,
        other: u32,
    },
}

/// A quarter, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarter {
    pub key: String,
    pub received: Received,
    /// `None` if there were fewer than three.
    pub first_reply: Option<Share>,
    pub feedback: Option<Share>,
    pub asked: Option<Share>,
    pub closed: Option<u32>,
    pub no_contact: Option<u32>,
    pub drills: u32,
    /// Median time to the first reply of a drill, in milliseconds.
    pub drill_median: Option<i64>,
}

/// Figures, with the instant that they depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    pub as_of: Millis,
    /// Newest first.
    pub quarters: Vec<Quarter>,
}

/// What may be shown of the tallies: the last quarters that are over.
pub fn figures(tallies: &Tallies, calendar: &Calendar, as_of: Millis) -> Figures {
    let none = Tally::default();
    let quarters = calendar.finished(as_of).into_iter().map(|key| {
        let tally = tallies.get(&key).unwrap_or(&none);
        show(key, tally)
    });
    Figures {
        as_of,
        quarters: quarters.collect(),
    }
}

fn show(key: String, tally: &Tally) -> Quarter {
    let share = |share: Share| (share.of >= COUNTED_FROM).then_some(share);
    let count = |count: u32| (count >= COUNTED_FROM).then_some(count);
    Quarter {
        key,
        received: suppress(&tally.received),
        first_reply: share(tally.first_reply),
        feedback: share(tally.feedback),
        asked: share(tally.asked),
        closed: count(tally.closed),
        no_contact: count(tally.no_contact),
        drills: tally.drills_started,
        drill_median: median(&tally.drills),
    }
}

/// The rule: a category below five is folded into "other"; if "other" is below five, only the total is shown; a total
/// below three is "fewer than 3".
pub fn suppress(received: &BTreeMap<String, u32>) -> Received {
    let total = received.values().sum();
    if total < COUNTED_FROM {
        return Received::Few;
    }
    let folded = |category: &str, count: u32| category == OTHER || count < FOLDED_BELOW;
    let counts = received.iter().map(|(category, count)| (category.as_str(), *count));
    let other: u32 = counts
        .clone()
        .filter(|(category, count)| folded(category, *count))
        .map(|(_, count)| count)
        .sum();
    if (1..FOLDED_BELOW).contains(&other) {
        return Received::Total(total);
    }
    Received::Split {
        total,
        categories: counts
            .filter(|(category, count)| !folded(category, *count))
            .map(|(category, count)| (category.to_owned(), count))
            .collect(),
        other,
    }
}

/// The middle one; if the number is even, the higher of the two in the middle, which flatters nobody.
fn median(times: &[i64]) -> Option<i64> {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}
