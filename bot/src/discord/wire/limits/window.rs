//! The limit over all routes: a sliding second, so that no window edge lets twice the number through.
//!
//! Discord counts a request somewhere between its sending and its answer. So a place is taken from the sending until a
//! second after the answer: however requests are delayed on the way, no second at Discord sees more.

use std::collections::VecDeque;

use crate::clock::Millis;

/// A second, and 5 milliseconds for fractions that are cut off.
const WINDOW: i64 = Millis::SECOND + 5;

#[derive(Debug)]
pub(super) struct Window {
    size: usize,
    under_way: usize,
    answered: VecDeque<Millis>,
}

impl Window {
    pub(super) fn new(size: u32) -> Self {
        let size = size.max(1) as usize;
        Self {
            size,
            under_way: 0,
            answered: VecDeque::with_capacity(size),
        }
    }

    /// When the next request may go out, at the earliest.
    pub(super) fn open_at(&mut self, now: Millis) -> Millis {
        self.open_for(1, now)
    }

    /// When `wanted` requests may go out together, at the earliest.
    pub(super) fn open_for(&mut self, wanted: usize, now: Millis) -> Millis {
        self.forget(now);
        let taken = self.under_way + self.answered.len();
        let over = (taken + wanted.clamp(1, self.size)).saturating_sub(self.size);
        match over.checked_sub(1) {
            None => now,
            // Those under way are answered now at the earliest.
            Some(last) => self.answered.get(last).copied().unwrap_or(now) + WINDOW,
        }
    }

    pub(super) fn room(&mut self, now: Millis) -> usize {
        self.forget(now);
        self.size.saturating_sub(self.under_way + self.answered.len())
    }

    pub(super) fn take(&mut self) {
        self.under_way += 1;
    }

    /// A request that took a place was answered, or given up.
    pub(super) fn answered(&mut self, now: Millis) {
        self.under_way = self.under_way.saturating_sub(1);
        self.answered.push_back(now);
    }

    fn forget(&mut self, now: Millis) {
        while self.answered.front().is_some_and(|&answered| answered + WINDOW <= now) {
            self.answered.pop_front();
        }
    }
}
