//! Paces connects. serenity resumes without any pause, hundreds of times a second when a server drops each time.
//!
//! Before every connect, first, resumed or new, a shard locks the gateway's address. So the gatekeeper holds that
//! lock, and opens it for one connect at a time, after a pause that grows until the connection has held for a while.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as AsyncMutex;

use super::Shared;
use super::fatal::{Fatal, STARTS_A_DAY};
use crate::chance::Chance;
use crate::clock::Millis;

/// How often the gatekeeper looks whether somebody waits.
const LOOK: Duration = Duration::from_millis(50);

/// How fast is reconnected, and when a silent session counts as dead.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// The pause before the third connect in a row; the first two are free. Doubles from there.
    pub first: Duration,
    pub longest: Duration,
    /// After so long without a connect the pauses begin anew.
    pub calm: Duration,
    /// A session without event, heartbeat answer or change for so long is dead. Must be longer than `longest` and
    /// than Discord's heartbeat interval, 41 s.
    pub silence: Duration,
}

impl Default for Pace {
    /// At most 720 connects a day against a server that drops each: below the 1,000 that cost the token.
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(120),
            calm: Duration::from_secs(60),
            silence: Duration::from_secs(200),
        }
    }
}

impl Pace {
    /// The pause after so many connects in a row, with up to a quarter more by chance.
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
}

/// Connects in a row, and session starts of the last 24 hours.
#[derive(Debug)]
pub(super) struct Attempts {
    pace: Pace,
    in_a_row: AtomicU32,
    starts: Mutex<VecDeque<Millis>>,
}

impl Attempts {
    pub(super) fn new(pace: Pace) -> Self {
        Self {
            pace,
            in_a_row: AtomicU32::new(0),
            starts: Mutex::default(),
        }
    }

    pub(super) fn pace(&self) -> &Pace {
        &self.pace
    }

    /// A session has begun (READY).
    ///
    /// # Errors
    /// When there were too many within a day.
    pub(super) fn session_began(&self, now: Millis) -> Result<(), Fatal> {
        let mut starts = self.starts.lock().unwrap_or_else(PoisonError::into_inner);
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

/// Keeps the gate of one session; ends only by being dropped. Must run on the one thread that the shard runs on: on
/// another, a shard could pass between the opening and the look, uncounted and unpaced.
pub(super) async fn keep(shared: Arc<Shared>, address: Arc<AsyncMutex<String>>) {
    let attempts = &shared.attempts;
    let mut held = Arc::clone(&address).lock_owned().await;
    let mut calm = Duration::ZERO;
    let mut events = 0;
    loop {
        drop(held);
        // The lock is fair: where a shard waits, it has the lock now, and trying fails.
        if let Ok(mine) = Arc::clone(&address).try_lock_owned() {
            held = mine;
            tokio::time::sleep(LOOK).await;
            calm += LOOK;
            // A connection over which nothing came began a session in vain, however long it held.
            if calm >= attempts.pace.calm && shared.counters.events_so_far() > events {
                attempts.in_a_row.store(0, Ordering::Relaxed);
            }
        } else {
            held = Arc::clone(&address).lock_owned().await;
            calm = Duration::ZERO;
            shared.counters.connected();
            events = shared.counters.events_so_far();
            let connects = attempts.in_a_row.fetch_add(1, Ordering::Relaxed) + 1;
            tokio::time::sleep(attempts.pace.after(connects, &shared.bot.asking.chance)).await;
        }
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
    fn too_many_sessions_within_a_day_end_it() {
        let attempts = Attempts::new(Pace::default());
        for start in 0..STARTS_A_DAY as i64 {
            attempts.session_began(Millis(start)).expect("still allowed");
        }
        assert_eq!(attempts.session_began(Millis(Millis::HOUR)), Err(Fatal::TooManyStarts));
        assert_eq!(attempts.session_began(Millis(2 * Millis::DAY)), Ok(()));
    }
}
