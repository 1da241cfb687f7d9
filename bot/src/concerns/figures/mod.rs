//! What may be said about all concerns together: counts by quarter, small ones suppressed. Pure.
//!
//! Only quarters that are over are shown, so that nobody sees a count grow on the day on which somebody wrote. Drills
//! are counted apart. Nothing is ever split by unit.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::catalogue::CadenceKind;
use crate::civil;
use crate::clock::Millis;
use crate::concerns::deadlines::due::{After, Progress, feedback_due, first_reply_due, midnight};
use crate::prompts::period::Period;

pub(super) mod count;
mod shown;
pub(super) mod tell_figures;

pub use shown::{Figures, Quarter, Received, figures, suppress};

/// Quarters that are shown.
const QUARTERS: usize = 4;

/// What figures use of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub category: String,
    pub progress: Progress,
    /// Whether the reporter was asked after 90 days, or has said how it is.
    pub asked: bool,
    /// Whether the reporter has said that something got worse.
    pub worse: bool,
    pub drill: Option<Drill>,
}

/// A declared exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drill {
    pub started: Millis,
}

/// `n` of `of`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub n: u32,
    pub of: u32,
}

/// What is counted for a quarter. Tallies are only ever added up, so that they can be kept when the cases are deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// By category.
    pub received: BTreeMap<String, u32>,
    /// First replies in time, of those that were due in the quarter.
    #[serde(rename = "first_word")]
    pub first_reply: Share,
    /// Feedback in time, of the feedback that was due in the quarter.
    pub feedback: Share,
    /// If the reporter wanted no reply.
    pub no_contact: u32,
    pub closed: u32,
    /// Reporters who were asked whether anything got worse, of those who were due to be asked in the quarter.
    pub asked: Share,
    pub worse: u32,
    /// Milliseconds to the first reply of each drill that has one.
    pub drills: Vec<i64>,
    pub drills_started: u32,
}

/// Tallies by quarter, such as `2026-Q4`.
pub type Tallies = BTreeMap<String, Tally>;

/// How quarters and days are divided.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub zone: TimeZone,
    /// First month of the fiscal year, 1 to 12.
    pub first_month: u8,
}

impl Calendar {
    fn quarter(&self, day: Date) -> Period {
        Period::of(CadenceKind::Quarterly, day, self.first_month)
    }

    fn key(&self, at: Millis) -> String {
        self.quarter(civil::local(at, &self.zone).date()).key
    }

    /// The quarters that are over at `as_of`, newest first.
    fn finished(&self, as_of: Millis) -> Vec<String> {
        let mut first = self.quarter(civil::local(as_of, &self.zone).date()).first;
        let mut keys = Vec::with_capacity(QUARTERS);
        while keys.len() < QUARTERS {
            let before = self.quarter(first.saturating_sub(1.days()));
            first = before.first;
            keys.push(before.key);
        }
        keys
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.n += other.n;
        self.of += other.of;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for (category, count) in other.received {
            *self.received.entry(category).or_default() += count;
        }
        self.first_reply += other.first_reply;
        self.feedback += other.feedback;
        self.no_contact += other.no_contact;
        self.closed += other.closed;
        self.asked += other.asked;
        self.worse += other.worse;
        self.drills.extend(other.drills);
        self.drills_started += other.drills_started;
    }
}

/// What the cases add up to. Each figure belongs to the quarter of its own date, and a date after `as_of` counts
/// nowhere.
pub fn tally(cases: &[Counted], calendar: &Calendar, as_of: Millis) -> Tallies {
    let mut tallies = Tallies::new();
    for case in cases {
        match case.drill {
            Some(drill) => count_drill(case, drill, calendar, &mut tallies),
            None => count(case, calendar, as_of, &mut tallies),
        }
    }
    tallies
}

fn count_drill(case: &Counted, drill: Drill, calendar: &Calendar, tallies: &mut Tallies) {
    let tally = tallies.entry(calendar.key(drill.started)).or_default();
    tally.drills_started += 1;
    tally
        .drills
        .extend(case.progress.acknowledged.map(|at| at.since(drill.started)));
}

fn count(case: &Counted, calendar: &Calendar, as_of: Millis, tallies: &mut Tallies) {
    let (progress, zone) = (&case.progress, &calendar.zone);
    let mut add = |at: Millis, what: &dyn Fn(&mut Tally)| {
        if at <= as_of {
            what(tallies.entry(calendar.key(at)).or_default());
        }
    };
    let first_reply = first_reply_due(progress.received_on, zone);
    let in_time = |done: Option<Millis>, due: Millis| Share {
        n: u32::from(done.is_some_and(|at| at <= due)),
        of: 1,
    };
    add(midnight(progress.received_on, zone), &|tally| {
        *tally.received.entry(case.category.clone()).or_default() += 1;
        tally.no_contact += u32::from(progress.no_contact);
    });
    if !progress.no_contact {
        add(first_reply, &|tally| {
            tally.first_reply += in_time(progress.acknowledged, first_reply);
        });
    }
    if !progress.no_contact && !progress.withdrawn {
        let due = feedback_due(progress, zone);
        add(due, &|tally| tally.feedback += in_time(progress.feedback, due));
    }
    let Some(closed) = progress.closed else { return };
    add(closed, &|tally| tally.closed += 1);
    if !progress.no_contact {
        let asked = Share {
            n: u32::from(case.asked),
            of: 1,
        };
        add(After::Days90.due(closed, zone), &|tally| {
            tally.asked += asked;
            tally.worse += u32::from(case.worse);
        });
    }
}

#[cfg(test)]
mod tests;
