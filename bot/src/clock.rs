//! The only reader of time. Everything else is told what time it is.
//!
//! Times are UTC milliseconds since the Unix epoch. A clock moved by hand serves the stories and the rehearsal.

use std::ops::{Add, Sub};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

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

    /// Whole seconds, as Discord's timestamps want them.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }

    /// Milliseconds from `earlier` until this instant; negative when it lies before.
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

/// Where the time comes from.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Hand(Arc<Hand>),
}

#[derive(Debug)]
struct Hand {
    now: AtomicI64,
    moved: Notify,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is [set](Self::set).
    pub fn by_hand(at: Millis) -> Self {
        Self(Source::Hand(Arc::new(Hand {
            now: AtomicI64::new(at.0),
            moved: Notify::new(),
        })))
    }

    /// The present instant.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Millis {
        match &self.0 {
            Source::System => jiff::Timestamp::now().into(),
            Source::Hand(hand) => Millis(hand.now.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock by hand, also backwards; the machine's clock stays as it is.
    pub fn set(&self, at: Millis) {
        if let Source::Hand(hand) = &self.0 {
            hand.now.store(at.0, Ordering::SeqCst);
            hand.moved.notify_waiters();
        }
    }

    /// Waits until the clock shows `at` or later, or is found to have been set back: then the caller decides anew, or
    /// it would wait for as long again. Returns at once when the clock already shows it.
    ///
    /// On the machine's clock the wait is cut into pieces of at most a minute, so that a clock set forward or back
    /// is noticed.
    pub async fn sleep_until(&self, at: Millis) {
        let mut seen = self.now();
        loop {
            let moved = match &self.0 {
                Source::System => None,
                Source::Hand(hand) => Some(hand.moved.notified()),
            };
            let now = self.now();
            let left = at.since(now);
            if left <= 0 || now < seen {
                return;
            }
            seen = now;
            match moved {
                Some(moved) => moved.await,
                None => tokio::time::sleep(Duration::from_millis(left.min(Millis::MINUTE) as u64)).await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_with_three_decimals() {
        assert_eq!(Millis(0).rfc3339(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Millis(1_795_335_330_123).rfc3339(), "2026-11-22T08:15:30.123Z");
    }

    #[tokio::test]
    async fn a_sleeper_wakes_when_the_hand_moves_far_enough() {
        let clock = Clock::by_hand(Millis(0));
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(Millis(10)).await }
        });
        tokio::task::yield_now().await;
        clock.set(Millis(9));
        tokio::task::yield_now().await;
        assert!(!sleeper.is_finished());
        clock.set(Millis(10));
        sleeper.await.expect("the sleeper returns");
    }

    #[tokio::test]
    async fn a_sleeper_wakes_when_the_clock_is_set_back() {
        let clock = Clock::by_hand(Millis(Millis::DAY));
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(Millis(Millis::DAY + 10)).await }
        });
        tokio::task::yield_now().await;
        clock.set(Millis(0));
        sleeper.await.expect("the sleeper returns");
    }
}
