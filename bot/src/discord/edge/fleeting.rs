//! Things kept in memory for a short while, found by a random name that reveals nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::chance::Chance;
use crate::clock::{Clock, Millis};

/// Maximum number of things at a time; one more displaces the oldest.
const MOST: usize = 100;

/// Where they are kept. Clones share them.
pub struct Fleeting<T> {
    kept: Arc<Mutex<BTreeMap<String, Kept<T>>>>,
    clock: Clock,
    chance: Chance,
    /// How long, milliseconds.
    lasts: i64,
}

struct Kept<T> {
    until: Millis,
    thing: T,
}

impl<T> Clone for Fleeting<T> {
    fn clone(&self) -> Self {
        Self {
            kept: Arc::clone(&self.kept),
            clock: self.clock.clone(),
            chance: self.chance.clone(),
            lasts: self.lasts,
        }
    }
}

impl<T> fmt::Debug for Fleeting<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Fleeting")
    }
}

impl<T: Send + 'static> Fleeting<T> {
    pub fn new(clock: Clock, chance: Chance, lasts: i64) -> Self {
        Self {
            kept: Arc::default(),
            clock,
            chance,
            lasts,
        }
    }

    /// Keeps a thing; returns its name, 16 hexadecimal digits. Must be called from within a tokio runtime.
    pub fn keep(&self, thing: T) -> String {
        let name = hex::encode(self.chance.bytes::<8>());
        let until = self.clock.now() + self.lasts;
        let mut kept = self.kept.lock();
        if kept.len() >= MOST
            && let Some(oldest) = kept
                .iter()
                .min_by_key(|(_, kept)| kept.until)
                .map(|(name, _)| name.clone())
        {
            kept.remove(&oldest);
        }
        kept.insert(name.clone(), Kept { until, thing });
        drop(kept);
        self.forget_at(until, name.clone());
        name
    }

    /// So that nothing stays in memory if nobody comes back.
    fn forget_at(&self, until: Millis, name: String) {
        let (kept, clock) = (Arc::downgrade(&self.kept), self.clock.clone());
        tokio::spawn(async move {
            clock.sleep_until(until).await;
            if let Some(kept) = kept.upgrade() {
                kept.lock().remove(&name);
            }
        });
    }

    /// Looks at a thing without taking it; none if it is gone.
    pub fn look<R>(&self, name: &str, look: impl FnOnce(&T) -> R) -> Option<R> {
        let now = self.clock.now();
        let kept = self.kept.lock();
        let found = kept.get(name).filter(|kept| now < kept.until)?;
        Some(look(&found.thing))
    }

    /// Forgets a thing.
    pub fn forget(&self, name: &str) {
        self.kept.lock().remove(name);
    }

    pub fn len(&self) -> usize {
        self.kept.lock().len()
    }

    pub fn is_empty(&self) -> bool {
        self.kept.lock().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fleeting() -> (Fleeting<u32>, Clock) {
        let clock = Clock::by_hand(Millis(0));
        (Fleeting::new(clock.clone(), Chance::seeded(1), 1_000), clock)
    }

    #[tokio::test]
    async fn a_thing_is_gone_after_its_time_though_nobody_looks() {
        let (fleeting, clock) = fleeting();
        let name = fleeting.keep(7);
        assert_eq!(fleeting.look(&name, |thing| *thing), Some(7));
        clock.set(Millis(999));
        assert_eq!(fleeting.look(&name, |thing| *thing), Some(7));
        clock.set(Millis(1_000));
        assert_eq!(fleeting.look(&name, |thing| *thing), None);
        while !fleeting.is_empty() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn one_too_many_drives_out_the_oldest() {
        let (fleeting, clock) = fleeting();
        let first = fleeting.keep(0);
        clock.set(Millis(1));
        let second = fleeting.keep(1);
        for number in 2..=MOST as u32 {
            clock.set(Millis(2));
            fleeting.keep(number);
        }
        assert_eq!(fleeting.len(), MOST);
        assert_eq!(fleeting.look(&first, |thing| *thing), None);
        assert_eq!(fleeting.look(&second, |thing| *thing), Some(1));
        fleeting.forget(&second);
        assert_eq!(fleeting.len(), MOST - 1);
    }
}
