//! When the reply and the outcome are due, and when somebody must be warned. Pure.
//!
//! Nothing moves these deadlines: no weekend or holiday, no handing over, merging or reading, no change of urgency. Of
//! the receipt only the day is known. It counts from its first instant, so that a case is never due later than the
//! exact instant would say, and up to a day earlier. The same is true of the day on which a case was opened again: if
//! the outcome had been told by then, the time for the outcome starts again on that day.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::civil;
use crate::clock::Millis;

mod after;

pub use after::After;

/// The first reply is due this long after the receipt, in milliseconds, whatever days lie between.
const FIRST_REPLY: i64 = 7 * Millis::DAY;
/// When the morning of the last day begins, after the receipt: late enough to be read, early enough to act.
const LAST_MORNING: i64 = 6 * Millis::DAY + 9 * Millis::HOUR;
/// Feedback is due this number of calendar months after the acknowledgement.
const FEEDBACK_MONTHS: i64 = 3;
/// When somebody is warned at the earliest on the day after a reopening: a warning at once would tell when the reporter
/// came.
const MORNING: Time = Time::constant(9, 0, 0, 0);

/// What a case's deadlines depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The day of the receipt, in the organisation's zone.
    pub received_on: Date,
    /// When a person first wrote something of substance to the reporter.
    pub acknowledged: Option<Millis>,
    /// When the reporter was told the outcome, since the case was last opened.
    pub feedback: Option<Millis>,
    pub closed: Option<Millis>,
    /// If the case was closed and opened again.
    pub reopened: Option<Reopened>,
    /// Whether no handler has done anything with it yet.
    pub untouched: bool,
    /// The reporter has withdrawn it: the first reply stays due, feedback does not.
    pub withdrawn: bool,
    /// The reporter wants no reply. Somebody must still look at it.
    pub no_contact: bool,
}

/// That a case was opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reopened {
    /// The last day on which it was, in the organisation's zone.
    pub on: Date,
    /// Whether the reporter had been told the outcome by then.
    pub told: bool,
}

/// A deadline of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deadline {
    FirstReply,
    Feedback,
}

/// A warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WarningStep {
    /// Half of the time is over.
    Half,
    /// The last day has begun.
    LastDay,
    Day60,
    Day75,
    Day85,
    /// It is late.
    Over,
}

/// How far a warning is escalated beyond those who have not responded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Escalation {
    /// The handler of the case, or those who are notified first.
    Own,
    /// Also the next who may read it.
    Next,
    /// Also the independent handlers.
    Independent,
}

/// A warning and its instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    pub at: Millis,
    pub deadline: Deadline,
    pub step: WarningStep,
}

impl Deadline {
    pub const ALL: [Self; 2] = [Self::FirstReply, Self::Feedback];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstReply => "first-word",
            Self::Feedback => "feedback",
        }
    }

    /// The deadline with that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deadline| deadline.word() == word)
    }
}

impl WarningStep {
    pub const ALL: [Self; 6] = [
        Self::Half,
        Self::LastDay,
        Self::Day60,
        Self::Day75,
        Self::Day85,
        Self::Over,
    ];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Half => "half",
            Self::LastDay => "last-day",
            Self::Day60 => "day-60",
            Self::Day75 => "day-75",
            Self::Day85 => "day-85",
            Self::Over => "over",
        }
    }

    /// The step with that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }

    pub const fn escalation(self) -> Escalation {
        match self {
            Self::Half | Self::Day60 => Escalation::Own,
            Self::LastDay | Self::Day75 => Escalation::Next,
            Self::Day85 | Self::Over => Escalation::Independent,
        }
    }
}

/// When the first reply is due.
pub fn first_reply_due(received_on: Date, zone: &TimeZone) -> Millis {
    midnight(received_on, zone) + FIRST_REPLY
}

/// When the outcome is due: three calendar months after the acknowledgement, at the same time of day; without one,
/// after the instant at which the first reply was due. An acknowledgement that comes later than that moves nothing. If
/// a case was opened again after the outcome was told, three months after the first instant of that day.
pub fn feedback_due(progress: &Progress, zone: &TimeZone) -> Millis {
    let base = civil::local(feedback_base(progress, zone), zone);
    civil::instant(base.saturating_add(FEEDBACK_MONTHS.months()), zone)
}

fn feedback_base(progress: &Progress, zone: &TimeZone) -> Millis {
    if let Some(again) = progress.reopened.filter(|reopened| reopened.told) {
        return midnight(again.on, zone);
    }
    let due = first_reply_due(progress.received_on, zone);
    progress.acknowledged.map_or(due, |at| at.min(due))
}

/// The day by which a person writes for the first time, as people are told.
pub fn first_reply_day(received_on: Date) -> Date {
    received_on.saturating_add((FIRST_REPLY / Millis::DAY).days())
}

/// The day from which the three months until the outcome count, as people are told.
pub fn feedback_from(progress: &Progress, zone: &TimeZone) -> Date {
    let last = first_reply_day(progress.received_on);
    let again = progress.reopened.filter(|reopened| reopened.told);
    match (again, progress.acknowledged) {
        (Some(again), _) => again.on,
        (None, Some(at)) => civil::local(at, zone).date().min(last),
        (None, None) => last,
    }
}

/// The day by which the outcome is due.
pub fn feedback_day(from: Date) -> Date {
    from.saturating_add(FEEDBACK_MONTHS.months())
}

/// The first instant of a day.
pub fn midnight(day: Date, zone: &TimeZone) -> Millis {
    civil::instant(day.at(0, 0, 0, 0), zone)
}

/// The warnings of the deadlines that are open, earliest first, also those whose instant has passed. After a case was
/// opened again, all of them come anew, but none on the day itself.
pub fn warnings(progress: &Progress, zone: &TimeZone) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if runs(progress, Deadline::FirstReply) {
        let received = midnight(progress.received_on, zone);
        let steps = [
            (WarningStep::Half, FIRST_REPLY / 2),
            (WarningStep::LastDay, LAST_MORNING),
            (WarningStep::Over, FIRST_REPLY),
        ];
        warnings.extend(steps.map(|(step, after)| Warning {
            at: received + after,
            deadline: Deadline::FirstReply,
            step,
        }));
    }
    if runs(progress, Deadline::Feedback) {
        let base = civil::local(feedback_base(progress, zone), zone);
        let after = |days: i64| civil::instant(base.saturating_add(days.days()), zone);
        let steps = [
            (WarningStep::Day60, after(60)),
            (WarningStep::Day75, after(75)),
            (WarningStep::Day85, after(85)),
            (WarningStep::Over, feedback_due(progress, zone)),
        ];
        warnings.extend(steps.map(|(step, at)| Warning {
            at,
            deadline: Deadline::Feedback,
            step,
        }));
    }
    if let Some(reopened) = progress.reopened {
        let morning = reopened.on.saturating_add(1.days()).to_datetime(MORNING);
        let earliest = civil::instant(morning, zone);
        for warning in &mut warnings {
            warning.at = warning.at.max(earliest);
        }
    }
    warnings.sort_unstable();
    warnings
}

/// Whether that deadline is open.
pub fn runs(progress: &Progress, deadline: Deadline) -> bool {
    progress.closed.is_none()
        && match deadline {
            Deadline::FirstReply => progress.acknowledged.is_none() && (progress.untouched || !progress.no_contact),
            Deadline::Feedback => progress.feedback.is_none() && !progress.no_contact && !progress.withdrawn,
        }
}

#[cfg(test)]
mod tests;
