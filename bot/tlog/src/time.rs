//! Instants, as leaves, time stamps and cosignatures give them. Nothing here knows what time it is.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// How many milliseconds ahead a clock may be before nobody believes it.
pub const FAR_AHEAD: i64 = Millis::HOUR;
/// How far two honest clocks may be apart, in milliseconds.
pub const APART: i64 = 5 * Millis::MINUTE;

/// An instant: UTC milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    pub const SECOND: i64 = 1_000;
    pub const MINUTE: i64 = 60 * Self::SECOND;
    pub const HOUR: i64 = 60 * Self::MINUTE;
    pub const DAY: i64 = 24 * Self::HOUR;

    /// The instant in RFC 3339 form, UTC, with exactly three decimals and `Z`.
    ///
    /// Instants outside the years -9999 to 9999 are shown as the nearest one inside.
    pub fn rfc3339(self) -> String {
        format!("{:.3}", self.timestamp())
    }

    /// The same instant for calendar arithmetic.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    /// That many seconds after the beginning of 1970, as witnesses count.
    pub fn from_seconds(seconds: u64) -> Self {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        Self(seconds.saturating_mul(Self::SECOND))
    }

    /// Whole seconds, as Discord's timestamps want them.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }

    /// Milliseconds from `earlier` until this instant; negative if it lies before.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

impl From<jiff::Timestamp> for Millis {
    fn from(value: jiff::Timestamp) -> Self {
        Self(value.as_millisecond())
    }
}

impl Add<i64> for Millis {
    type Output = Self;
    fn add(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }
}

impl Sub<i64> for Millis {
    type Output = Self;
    fn sub(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_sub(milliseconds))
    }
}

/// A time span as people say it, in its largest whole unit.
pub fn rough(milliseconds: i64) -> String {
    let units = [(Millis::DAY, "d"), (Millis::HOUR, "h"), (Millis::MINUTE, "min")];
    let whole = milliseconds.abs();
    let unit = units.into_iter().find(|(unit, _)| whole >= 2 * unit);
    let (unit, name) = unit.unwrap_or((Millis::SECOND, "s"));
    format!("{} {name}", whole / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_with_three_decimals() {
        assert_eq!(Millis(0).rfc3339(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Millis(1_795_335_330_123).rfc3339(), "2026-11-22T08:15:30.123Z");
    }
}
