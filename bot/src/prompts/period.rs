//! The span of days that a question is about: an ISO week, a month, or a quarter.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::schedule;
use crate::catalogue::CadenceKind;
use crate::clock::Millis;
use crate::config::{Cadence, Due};

/// An ISO week, a calendar month, or a calendar or fiscal quarter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// `2026-W53`, `2026-11`, `2026-Q4`, or `FY2026-Q3` where the fiscal year does not begin in January. A fiscal
    /// year has the number of the calendar year in which it begins.
    pub key: String,
    pub first: Date,
    /// Included.
    pub last: Date,
}

impl Period {
    /// The period of a cadence that holds `date`. `first_month` is the first month of the fiscal year, 1 to 12.
    pub fn of(kind: CadenceKind, date: Date, first_month: u8) -> Self {
        match kind {
            CadenceKind::Weekly => Self::week(date),
            CadenceKind::Monthly => Self {
                key: format!("{:04}-{:02}", date.year(), date.month()),
                first: date.first_of_month(),
                last: date.last_of_month(),
            },
            CadenceKind::Quarterly => Self::quarter(date, first_month.clamp(1, 12)),
        }
    }

    fn week(date: Date) -> Self {
        let first = date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days());
        Self {
            key: week_key(date),
            first,
            last: first.saturating_add(6.days()),
        }
    }

    fn quarter(date: Date, first_month: u8) -> Self {
        let since = (date.month() + 12 - first_month as i8) % 12;
        let first = date.first_of_month().saturating_sub(i64::from(since % 3).months());
        let begins = date.first_of_month().saturating_sub(i64::from(since).months());
        let fiscal = if first_month == 1 { "" } else { "FY" };
        Self {
            key: format!("{fiscal}{:04}-Q{}", begins.year(), since / 3 + 1),
            first,
            last: first.saturating_add(2.months()).last_of_month(),
        }
    }

    /// The period after this one, found by its days and never by its number.
    #[must_use]
    pub fn next(&self, kind: CadenceKind, first_month: u8) -> Self {
        Self::of(kind, self.last.saturating_add(1.days()), first_month)
    }

    /// The period with this key, if it is one.
    pub fn from_key(key: &str, first_month: u8) -> Option<Self> {
        let (year, rest) = key.trim_start_matches("FY").split_once('-')?;
        let year: i16 = year.parse().ok()?;
        if let Some(week) = rest.strip_prefix('W') {
            let monday = jiff::civil::ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?;
            return Some(Self::week(monday.date()));
        }
        if let Some(quarter) = rest.strip_prefix('Q') {
            let quarter: i64 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
            let first_month = if key.starts_with("FY") {
                first_month.clamp(1, 12)
            } else {
                1
            };
            let begins = Date::new(year, first_month as i8, 1).ok()?;
            let first = begins.checked_add(((quarter - 1) * 3).months()).ok()?;
            return Some(Self::quarter(first, first_month));
        }
        let first = Date::new(year, rest.parse().ok()?, 1).ok()?;
        Some(Self::of(CadenceKind::Monthly, first, 1))
    }
}

/// The ISO week of a day, such as `2026-W53`.
pub fn week_key(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// Local hour at which a cycle is due.
const DUE_HOUR: i8 = 17;

/// When a cycle opened on `opening` is due: 17:00 local time of the due day.
pub fn due_at(cadence: &Cadence, opening: Date, zone: &TimeZone) -> Millis {
    schedule::instant(due_day(cadence, opening).at(DUE_HOUR, 0, 0, 0), zone)
}

/// When its late window ends: the local midnight that ends the last of `late_days` days after the due day.
pub fn closes_at(cadence: &Cadence, opening: Date, zone: &TimeZone) -> Millis {
    let days = i64::from(cadence.late_days) + 1;
    let day = due_day(cadence, opening).saturating_add(days.days());
    schedule::instant(day.at(0, 0, 0, 0), zone)
}

fn due_day(cadence: &Cadence, opening: Date) -> Date {
    match cadence.due {
        Due::Days(days) => opening.saturating_add(i64::from(days).days()),
        Due::Weekday(weekday) => {
            let ahead =
                (i64::from(weekday) - i64::from(opening.weekday().to_monday_one_offset()) + 6).rem_euclid(7) + 1;
            opening.saturating_add(ahead.days())
        }
    }
}
