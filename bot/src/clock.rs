//! The only reader of time. Everything else is told what time it is.
//!
//! Times are UTC milliseconds since the Unix epoch. A clock moved by hand serves the stories and the rehearsal.
//!
//! The clock is compared with another one if there is one. The evidence log's time never runs backwards, so a clock
//! that is far ahead would leave wrong times in it forever: while it is ahead, it is not [believed](Clock::believed).

mod agreement;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

pub use agreement::{Agreement, ClockAhead, OFF};
pub use bellwether_tlog::time::{APART, FAR_AHEAD, Millis, rough};

/// Where the time comes from, and how far it agrees with another clock. Clones share both.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    compared: Arc<Compared>,
}

#[derive(Debug)]
struct Compared {
    /// How far the clock was ahead at the last comparison, in milliseconds.
    lead: AtomicI64,
    /// When that was, on this clock; the least number before the first.
    at: AtomicI64,
}

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
        Self::of(Source::System)
    }

    /// A clock that stands still until it is [set](Self::set).
    pub fn by_hand(at: Millis) -> Self {
        Self::of(Source::Hand(Arc::new(Hand {
            now: AtomicI64::new(at.0),
            moved: Notify::new(),
        })))
    }

    fn of(source: Source) -> Self {
        let compared = Compared {
            lead: AtomicI64::new(0),
            at: AtomicI64::new(i64::MIN),
        };
        Self {
            source,
            compared: Arc::new(compared),
        }
    }

    /// The present instant.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Millis {
        match &self.source {
            Source::System => jiff::Timestamp::now().into(),
            Source::Hand(hand) => Millis(hand.now.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock by hand, also backwards; the machine's clock stays as it is.
    pub fn set(&self, at: Millis) {
        if let Source::Hand(hand) = &self.source {
            hand.now.store(at.0, Ordering::SeqCst);
            hand.moved.notify_waiters();
        }
    }

    /// Compares with another clock that showed `shown` some time between `sent` and now. Returns the result of the
    /// comparison before and of this one; the time that the answer took counts in the clock's favour.
    pub fn compare(&self, sent: Millis, shown: Millis) -> (Agreement, Agreement) {
        let now = self.now();
        let lead = sent.since(shown).max(0) + now.since(shown).min(0);
        self.compared.at.store(now.0, Ordering::SeqCst);
        let before = self.compared.lead.swap(lead, Ordering::SeqCst);
        (Agreement::of(before), Agreement::of(lead))
    }

    /// The result of the last comparison, and when that was; none before the first.
    pub fn agreement(&self) -> Option<(Agreement, Millis)> {
        let at = self.compared.at.load(Ordering::SeqCst);
        let lead = self.compared.lead.load(Ordering::SeqCst);
        (at != i64::MIN).then(|| (Agreement::of(lead), Millis(at)))
    }

    /// # Errors
    /// While the last comparison showed the clock far ahead. Never if there is nothing to compare with.
    pub fn believed(&self) -> Result<(), ClockAhead> {
        match Agreement::of(self.compared.lead.load(Ordering::SeqCst)) {
            Agreement::FarAhead { by } => Err(ClockAhead { by }),
            Agreement::Agrees | Agreement::Off { .. } => Ok(()),
        }
    }

    /// Waits until the clock shows `at` or later, or was set back. Then the caller decides again; otherwise it would
    /// wait for the same time once more. Returns at once if the clock already shows it.
    ///
    /// On the machine's clock the wait is split into pieces of at most a minute, so that a clock set forward or back is
    /// noticed.
    pub async fn sleep_until(&self, at: Millis) {
        let mut seen = self.now();
        loop {
            let moved = match &self.source {
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
mod tests;
