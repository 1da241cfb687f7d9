//! The span of days that a question is about: an ISO week, a month, or a quarter.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::catalogue::CadenceKind;
use crate::civil;
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
    civil::instant(due_day(cadence, opening).at(DUE_HOUR, 0, 0, 0), zone)
}

/// When its late window ends: the local midnight that ends the last of `late_days` days after the due day.
pub fn closes_at(cadence: &Cadence, opening: Date, zone: &TimeZone) -> Millis {
    let days = i64::from(cadence.late_days) + 1;
    let day = due_day(cadence, opening).saturating_add(days.days());
    civil::instant(day.at(0, 0, 0, 0), zone)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use jiff::civil::date;

    #[test]
    fn keys_follow_the_iso_year_the_month_and_the_fiscal_year() {
        use CadenceKind::{Monthly, Quarterly, Weekly};
        let keys = [
            (Weekly, date(2026, 12, 31), 1, "2026-W53"),
            (Weekly, date(2027, 1, 3), 1, "2026-W53"),
            (Weekly, date(2027, 1, 4), 1, "2027-W01"),
            (Weekly, date(2021, 1, 3), 1, "2020-W53"),
            (Monthly, date(2026, 11, 30), 1, "2026-11"),
            (Quarterly, date(2026, 11, 30), 1, "2026-Q4"),
            (Quarterly, date(2026, 11, 30), 4, "FY2026-Q3"),
            (Quarterly, date(2027, 2, 28), 4, "FY2026-Q4"),
            (Quarterly, date(2026, 12, 1), 12, "FY2026-Q1"),
            (Quarterly, date(2026, 11, 30), 12, "FY2025-Q4"),
        ];
        for (kind, day, first_month, key) in keys {
            assert_eq!(Period::of(kind, day, first_month).key, key, "{day}");
        }
    }

    #[test]
    fn the_week_after_53_is_found_by_its_days() {
        let last = Period::of(CadenceKind::Weekly, date(2026, 12, 28), 1);
        assert_eq!((last.first, last.last), (date(2026, 12, 28), date(2027, 1, 3)));
        assert_eq!(last.next(CadenceKind::Weekly, 1).key, "2027-W01");
    }

    #[test]
    fn a_cycle_is_due_at_five_and_closes_at_a_local_midnight() {
        let berlin = civil::zone("Europe/Berlin").expect("a zone");
        let weekly = Cadence {
            cron: String::new(),
            late_days: 2,
            due: Due::Weekday(1),
        };
        // Thursday before the clocks go forward: due Monday, closing when Wednesday ends.
        let opening = date(2026, 3, 26);
        assert_eq!(due_at(&weekly, opening, &berlin).rfc3339(), "2026-03-30T15:00:00.000Z");
        assert_eq!(
            closes_at(&weekly, opening, &berlin).rfc3339(),
            "2026-04-01T22:00:00.000Z"
        );
        // Opened on the due weekday itself: a week later.
        assert_eq!(due_day(&weekly, date(2026, 3, 30)), date(2026, 4, 6));
        let monthly = Cadence {
            due: Due::Days(10),
            ..weekly
        };
        assert_eq!(due_day(&monthly, date(2027, 2, 20)), date(2027, 3, 2));
    }

    proptest! {
        #[test]
        fn periods_tile_the_calendar_and_keys_lead_back(days in 0i64..20_000, first_month in 1u8..=12, kind in 0usize..3) {
            let kind = CadenceKind::ALL[kind];
            let day = date(2000, 1, 1).saturating_add(days.days());
            let period = Period::of(kind, day, first_month);
            prop_assert!(period.first <= day && day <= period.last);
            let next = period.next(kind, first_month);
            prop_assert_eq!(period.last.tomorrow().expect("a day"), next.first);
            prop_assert_ne!(&period.key, &next.key);
            prop_assert_eq!(Period::from_key(&period.key, first_month), Some(period));
        }
    }
}
