//! When a reporter is asked back. Pure.

use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::civil;
use crate::clock::Millis;

/// When the reporter is asked whether anything got worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum After {
    Days30,
    Days90,
}

impl After {
    pub const ALL: [Self; 2] = [Self::Days30, Self::Days90];

    pub const fn days(self) -> i64 {
        match self {
            Self::Days30 => 30,
            Self::Days90 => 90,
        }
    }

    /// The one with that number of days.
    pub fn of(days: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|after| after.days() == days)
    }

    /// When it is due for a case that was closed then: that number of days later, not at night and not on a weekend.
    pub fn due(self, closed: Millis, zone: &TimeZone) -> Millis {
        let civil = civil::local(closed, zone);
        let due = civil::instant(civil.saturating_add(self.days().days()), zone);
        civil::out_of_quiet_hours(due, zone)
    }
}
