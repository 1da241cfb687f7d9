//! How a clock agrees with another one. Pure.

use super::Millis;

/// From so many milliseconds on the operator is told that the clock is off.
pub const OFF: i64 = Millis::MINUTE;
/// From so many milliseconds ahead on the clock is not believed.
pub const FAR_AHEAD: i64 = Millis::HOUR;
/// How far two honest clocks may be apart, in milliseconds.
pub const APART: i64 = 5 * Millis::MINUTE;

/// What a comparison with another clock showed. All in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    Agrees,
    /// Ahead of the other one; behind it where negative.
    Off {
        by: i64,
    },
    /// So far ahead that it is not believed.
    FarAhead {
        by: i64,
    },
}

impl Agreement {
    pub(super) const fn of(lead: i64) -> Self {
        match lead {
            FAR_AHEAD.. => Self::FarAhead { by: lead },
            OFF.. => Self::Off { by: lead },
            _ if lead <= -OFF => Self::Off { by: lead },
            _ => Self::Agrees,
        }
    }

    /// Whether the operator need not be told again.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// The clock is far ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this machine's clock is {} ahead of Discord's. Nothing is written meanwhile: a future time in the evidence log \
     could never be removed. Set the clock; the program then goes on by itself",
    rough(*.by)
)]
pub struct ClockAhead {
    pub(super) by: i64,
}

/// A time span as people say it, in its largest whole unit.
pub fn rough(milliseconds: i64) -> String {
    let units = [(Millis::DAY, "d"), (Millis::HOUR, "h"), (Millis::MINUTE, "min")];
    let whole = milliseconds.abs();
    let unit = units.into_iter().find(|(unit, _)| whole >= 2 * unit);
    let (unit, name) = unit.unwrap_or((Millis::SECOND, "s"));
    format!("{} {name}", whole / unit)
}
