//! The limit over all routes: a sliding second, so that no window edge lets twice the number through.

use std::collections::VecDeque;

use crate::clock::Millis;

/// A second, and 5 milliseconds for cut-off fractions and requests that overtake each other on the way.
const WINDOW: i64 = Millis::SECOND + 5;

#[derive(Debug)]
pub(super) struct Window {
    size: usize,
    sent: VecDeque<Millis>,
}

impl Window {
    pub(super) fn new(size: u32) -> Self {
        let size = size.max(1) as usize;
        Self {
            size,
            sent: VecDeque::with_capacity(size),
        }
    }

    /// When the next request may go out.
    pub(super) fn open_at(&mut self, now: Millis) -> Millis {
        self.open_for(1, now)
    }

    /// When `wanted` requests may go out together.
    pub(super) fn open_for(&mut self, wanted: usize, now: Millis) -> Millis {
        self.forget(now);
        let over = (self.sent.len() + wanted.clamp(1, self.size)).saturating_sub(self.size);
        match over.checked_sub(1).and_then(|last| self.sent.get(last)) {
            Some(&sent) => sent + WINDOW,
            None => now,
        }
    }

    pub(super) fn room(&mut self, now: Millis) -> usize {
        self.forget(now);
        self.size - self.sent.len()
    }

    pub(super) fn take(&mut self, now: Millis) {
        self.sent.push_back(now);
    }

    fn forget(&mut self, now: Millis) {
        while self.sent.front().is_some_and(|&sent| sent + WINDOW <= now) {
            self.sent.pop_front();
        }
    }
}
