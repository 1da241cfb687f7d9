//! How a clock agrees with another one. Pure.

use super::{FAR_AHEAD, Millis, rough};

/// From this number of milliseconds on, the operator is told that the clock is off.
pub const OFF: i64 = Millis::MINUTE;

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
