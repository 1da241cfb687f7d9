//! The budget of refused requests: 10,000 in ten minutes get the address banned. We stop far below that.

use super::told::{Scope, Told};
use crate::clock::Millis;

/// From this number of refused requests in ten minutes on, only one request a second goes out.
pub const SLOW_FROM: u32 = 1_000;
/// From this number on, nothing goes out except answers to interactions; half of what Discord tolerates.
pub const STOP_FROM: u32 = 5_000;

const SLOT: i64 = 10 * Millis::SECOND;
/// Ten minutes, and the slot that is being filled.
const SLOTS: usize = 61;

#[derive(Debug)]
pub(super) struct Invalid {
    /// Refusals in each slot of ten seconds, by slot number modulo [`SLOTS`].
    counts: [u32; SLOTS],
    slot: i64,
    last_sent: Option<Millis>,
    warned: u32,
}

impl Default for Invalid {
    fn default() -> Self {
        Self {
            counts: [0; SLOTS],
            slot: i64::MIN,
            last_sent: None,
            warned: 0,
        }
    }
}

impl Invalid {
    pub(super) fn count(&mut self, told: &Told, now: Millis) {
        let counts = match told.status {
            401 | 403 => true,
            429 => told.scope != Scope::Shared,
            _ => false,
        };
        if !counts {
            return;
        }
        self.turn(now);
        self.counts[index(self.slot)] += 1;
        let sum = self.sum();
        for (from, what) in [
            (SLOW_FROM, "one request a second"),
            (STOP_FROM, "answers to interactions"),
        ] {
            if self.warned < from && sum >= from {
                self.warned = from;
                tracing::error!(
                    requests.refused = sum,
                    "Discord refused {sum} requests in ten minutes (10,000 get this address banned): from now on only {what}. Look for missing permissions or a second bot on this address"
                );
            }
        }
    }

    /// When the next request may go out.
    pub(super) fn open_at(&mut self, now: Millis) -> Millis {
        self.turn(now);
        match self.sum() {
            0..SLOW_FROM => {
                self.warned = 0;
                now
            }
            SLOW_FROM..STOP_FROM => self.last_sent.map_or(now, |sent| sent + Millis::SECOND),
            STOP_FROM.. => self.below_stop_at(),
        }
    }

    pub(super) fn take(&mut self, now: Millis) {
        self.last_sent = Some(now);
    }

    fn sum(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// Empties the slots that are older than ten minutes.
    fn turn(&mut self, now: Millis) {
        let slot = now.0.div_euclid(SLOT);
        if slot == self.slot {
            return;
        }
        let passed = slot.saturating_sub(self.slot).clamp(0, SLOTS as i64);
        for back in 0..passed {
            self.counts[index(slot - back)] = 0;
        }
        self.slot = slot;
    }

    /// When the oldest slots have left and the sum is below [`STOP_FROM`] again.
    fn below_stop_at(&self) -> Millis {
        let mut sum = self.sum();
        let mut slot = self.slot - SLOTS as i64 + 1;
        while slot < self.slot {
            sum -= self.counts[index(slot)];
            if sum < STOP_FROM {
                break;
            }
            slot += 1;
        }
        Millis((slot + SLOTS as i64) * SLOT)
    }
}

fn index(slot: i64) -> usize {
    slot.rem_euclid(SLOTS as i64) as usize
}
