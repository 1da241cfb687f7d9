//! How fast to connect to the gateway, and how often that was tried.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use super::fatal::{Fatal, STARTS_A_DAY};
use crate::chance::Chance;
use crate::clock::Millis;

/// How fast to reconnect, and when a silent session counts as dead.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// The pause before the third connect in a row; the first two are free. Doubles from there.
    pub first: Duration,
    pub longest: Duration,
    /// The longest pause before a resume: a resume uses up no session start, and people wait for it.
    pub resume: Duration,
    /// A connection without READY or RESUMED for this long is dead.
    pub answer: Duration,
    /// After this long without a connect the pauses begin anew.
    pub calm: Duration,
    /// A session without event, heartbeat answer or change for this long is dead. Must be longer than `longest` and
    /// than Discord's heartbeat interval, 41 s.
    pub silence: Duration,
}

impl Default for Pace {
    /// At most 720 sessions begin in a day with a server that drops each one: fewer than the 1,000 that cost the token.
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(120),
            resume: Duration::from_secs(10),
            answer: Duration::from_secs(60),
            calm: Duration::from_secs(60),
            silence: Duration::from_secs(200),
        }
    }
}

impl Pace {
    /// The pause after a number of connects in a row, with up to a quarter more by chance.
    pub(super) fn after(&self, connects: u32, chance: &Chance) -> Duration {
        let Some(doublings) = connects.checked_sub(2) else {
            return Duration::ZERO;
        };
        let pause = self
            .first
            .saturating_mul(2u32.saturating_pow(doublings.min(30)))
            .min(self.longest);
        pause + Duration::from_millis(chance.below(pause.as_millis() as u64 / 4 + 1))
    }

    /// The same before a resume, which never waits longer than it may; up to a quarter less by chance.
    pub(super) fn before_resume(&self, pause: Duration, chance: &Chance) -> Duration {
        let less = chance.below(self.resume.as_millis() as u64 / 4 + 1);
        pause.min(self.resume.saturating_sub(Duration::from_millis(less)))
    }
}

/// Connects in a row, and session starts of the last 24 hours.
#[derive(Debug)]
pub(super) struct Attempts {
    pub(super) pace: Pace,
    pub(super) in_a_row: AtomicU32,
    /// Whether READY or RESUMED came since the last connect.
    pub(super) answered: AtomicBool,
    starts: Mutex<VecDeque<Millis>>,
}

impl Attempts {
    pub(super) fn new(pace: Pace) -> Self {
        Self {
            pace,
            in_a_row: AtomicU32::new(0),
            answered: AtomicBool::new(false),
            starts: Mutex::default(),
        }
    }

    pub(super) fn pace(&self) -> &Pace {
        &self.pace
    }

    /// READY or RESUMED came.
    pub(super) fn answered(&self) {
        self.answered.store(true, Ordering::Relaxed);
    }

    /// A session has begun (READY).
    ///
    /// # Errors
    /// When there were too many within a day.
    pub(super) fn session_began(&self, now: Millis) -> Result<(), Fatal> {
        let mut starts = self.starts.lock();
        starts.push_back(now);
        while starts.front().is_some_and(|first| now.since(*first) > Millis::DAY) {
            starts.pop_front();
        }
        if starts.len() > STARTS_A_DAY {
            return Err(Fatal::TooManyStarts);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pace = Pace::default();
        let chance = Chance::seeded(1);
        let whole: Vec<u64> = (0..12)
            .map(|connects| pace.after(connects, &chance).as_millis() as u64)
            .collect();
        assert_eq!(whole[..2], [0, 0]);
        for (pause, least) in whole[2..].iter().zip([1, 2, 4, 8, 16, 32, 64, 120, 120, 120]) {
            assert!((least * 1_000..=least * 1_250).contains(pause), "{whole:?}");
        }
        assert!(pace.after(u32::MAX, &chance) <= Duration::from_secs(150));
    }

    #[test]
    fn a_resume_waits_ten_seconds_at_most_and_not_always_as_long() {
        let pace = Pace::default();
        let chance = Chance::seeded(1);
        let pauses: Vec<u64> = (0..40)
            .map(|connects| pace.before_resume(pace.after(connects, &chance), &chance).as_millis() as u64)
            .collect();
        assert_eq!(pauses[..2], [0, 0]);
        assert!(
            pauses[8..].iter().all(|pause| (7_500..=10_000).contains(pause)),
            "{pauses:?}"
        );
        assert!(pauses[8..].iter().any(|pause| *pause != pauses[8]), "{pauses:?}");
    }

    #[test]
    fn too_many_sessions_within_a_day_end_it() {
        let attempts = Attempts::new(Pace::default());
        for start in 0..STARTS_A_DAY as i64 {
            attempts.session_began(Millis(start)).expect("still allowed");
        }
        assert_eq!(attempts.session_began(Millis(Millis::HOUR)), Err(Fatal::TooManyStarts));
        assert_eq!(attempts.session_began(Millis(2 * Millis::DAY)), Ok(()));
    }
}
