//! One bucket: how many requests are left until when. An answer that comes late never makes it look fuller.

use super::told::Told;
use crate::clock::Millis;

/// Guessed length of a bucket's window when a request in it got lost, milliseconds.
const GUESS: i64 = 5_000;

#[derive(Debug, Default)]
pub(super) struct Bucket {
    /// None until an answer has said it.
    known: Option<Known>,
    /// Whether an answer came without any limits.
    free: bool,
    closed_until: Option<Millis>,
    under_way: u32,
}

#[derive(Debug)]
struct Known {
    limit: u32,
    remaining: u32,
    reset_at: Millis,
}

impl Bucket {
    /// When the next request may go out; none while that depends on an answer under way.
    pub(super) fn open_at(&self, now: Millis) -> Option<Millis> {
        let closed = self.closed_until.unwrap_or(now).max(now);
        let left = match &self.known {
            None if self.free => return Some(closed),
            None => 1,
            Some(known) if known.reset_at <= now => known.limit,
            Some(known) => {
                if known.remaining == 0 {
                    return Some(closed.max(known.reset_at));
                }
                known.remaining
            }
        };
        (left > self.under_way || closed > now).then_some(closed)
    }

    pub(super) fn take(&mut self) {
        self.under_way += 1;
    }

    pub(super) fn give_back(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// Learns from an answer's headers.
    pub(super) fn told(&mut self, told: &Told, now: Millis) {
        let (Some(limit), Some(remaining), Some(reset_after)) = (told.limit, told.remaining, told.reset_after) else {
            self.free |= (200..300).contains(&told.status);
            return;
        };
        let reset_at = now + reset_after.max(0);
        self.known = Some(match &self.known {
            // Answers overtake each other: within a window the smallest number and the latest end count.
            Some(known) if now < known.reset_at => Known {
                limit: limit.max(1),
                remaining: remaining.min(known.remaining),
                reset_at: reset_at.max(known.reset_at),
            },
            Some(_) | None => Known {
                limit: limit.max(1),
                remaining,
                reset_at,
            },
        });
    }

    /// Nothing may go out before `until`.
    pub(super) fn close(&mut self, until: Millis) {
        self.closed_until = self.closed_until.max(Some(until));
    }

    /// A request got lost: it may have counted.
    pub(super) fn spent(&mut self, now: Millis) {
        if let Some(known) = &mut self.known {
            if known.reset_at <= now {
                known.remaining = known.limit;
                known.reset_at = now + GUESS;
            }
            known.remaining = known.remaining.saturating_sub(1);
        }
    }

    /// Nothing is known and nothing is under way.
    pub(super) fn is_fresh(&self) -> bool {
        self.known.is_none() && self.closed_until.is_none() && self.under_way == 0
    }

    /// Whether nothing that matters is known about it after `since`.
    pub(super) fn is_idle(&self, since: Millis) -> bool {
        self.under_way == 0
            && self.closed_until.is_none_or(|until| until < since)
            && self.known.as_ref().is_none_or(|known| known.reset_at < since)
    }
}
