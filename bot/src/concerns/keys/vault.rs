//! Keys that handlers have unlocked: in memory alone, each for a quarter of an hour, and overwritten when they are
//! forgotten.
//!
//! Trying passphrases is limited for each person. Nothing of this survives a restart.

use std::collections::BTreeMap;
use std::sync::Arc;

use age::x25519::Identity;
use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::clock::{Clock, Millis};
use crate::ids::{MemberId, OrganisationId};

/// How long a key stays unlocked, milliseconds.
pub const UNLOCKED: i64 = 15 * Millis::MINUTE;
/// Wrong passphrases that a person may send within [`WINDOW`].
pub const TRIES: usize = 5;
/// Milliseconds.
const WINDOW: i64 = Millis::HOUR;

type Whose = (OrganisationId, MemberId);

/// The unlocked keys. Clones share them.
#[derive(Clone)]
pub struct Vault {
    inside: Arc<Mutex<Inside>>,
    /// A passphrase takes 64 MiB to try, so only one is tried at a time.
    turn: Arc<Semaphore>,
}

#[derive(Default)]
struct Inside {
    /// The keys overwrite themselves when they are dropped.
    open: BTreeMap<Whose, (Identity, Millis)>,
    wrong: BTreeMap<Whose, Vec<Millis>>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Vault")
    }
}

impl Default for Vault {
    fn default() -> Self {
        Self {
            inside: Arc::default(),
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Vault {
    /// Waits until nobody else's passphrase is being tried.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.turn).acquire_owned().await.ok()
    }

    /// Keeps a key until the time is over; returns when that is.
    pub(crate) fn put(&self, clock: &Clock, whose: Whose, key: Identity) -> Millis {
        let until = clock.now() + UNLOCKED;
        let mut inside = self.inside.lock();
        inside.wrong.remove(&whose);
        inside.open.insert(whose, (key, until));
        drop(inside);
        tokio::spawn(forget_at(self.clone(), clock.clone(), until));
        until
    }

    /// An unlocked key, and until when it stays so.
    pub(crate) fn get(&self, now: Millis, whose: Whose) -> Option<(Identity, Millis)> {
        self.sweep(now);
        self.inside
            .lock()
            .open
            .get(&whose)
            .map(|(key, until)| (key.clone(), *until))
    }

    /// Until when somebody's key stays unlocked; `None` if it is locked.
    pub fn until(&self, now: Millis, whose: Whose) -> Option<Millis> {
        self.sweep(now);
        self.inside.lock().open.get(&whose).map(|(_, until)| *until)
    }

    /// Forgets somebody's key at once.
    pub fn forget(&self, whose: Whose) {
        self.inside.lock().open.remove(&whose);
    }

    /// Counts a try before it is made, so that parallel tries count, too.
    ///
    /// # Errors
    /// When the next one is possible.
    pub(crate) fn allow(&self, now: Millis, whose: Whose) -> Result<(), Millis> {
        let mut inside = self.inside.lock();
        let tries = inside.wrong.entry(whose).or_default();
        tries.retain(|at| now.since(*at) < WINDOW && *at <= now);
        match tries.first() {
            Some(first) if tries.len() >= TRIES => Err(*first + WINDOW),
            Some(_) | None => {
                tries.push(now);
                Ok(())
            }
        }
    }

    /// How many tries are left in this hour.
    pub(crate) fn left(&self, whose: Whose) -> usize {
        let inside = self.inside.lock();
        let made = inside.wrong.get(&whose).map_or(0, Vec::len);
        TRIES.saturating_sub(made)
    }

    /// Forgets what is past its time.
    fn sweep(&self, now: Millis) {
        self.inside.lock().open.retain(|_, (_, until)| now < *until);
    }
}

/// A clock that is set back does not keep a key open for longer than intended.
async fn forget_at(vault: Vault, clock: Clock, until: Millis) {
    clock.sleep_until(until).await;
    vault.sweep(until);
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOSE: Whose = (OrganisationId::from_i64(1), MemberId::from_i64(2));
    const OTHER: Whose = (OrganisationId::from_i64(1), MemberId::from_i64(3));

    #[tokio::test]
    async fn a_key_is_forgotten_after_a_quarter_of_an_hour() {
        let (vault, clock) = (Vault::default(), Clock::by_hand(Millis(0)));
        let key = Identity::generate();
        let until = vault.put(&clock, WHOSE, key.clone());
        assert_eq!(until, Millis(UNLOCKED));
        let found = vault.get(until - 1, WHOSE).map(|(key, _)| key.to_public().to_string());
        assert_eq!(found, Some(key.to_public().to_string()));
        assert_eq!(vault.until(Millis(0), OTHER), None, "it opens for its holder alone");
        clock.set(until);
        // Without anybody asking for it.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(vault.inside.lock().open.is_empty());
    }

    #[tokio::test]
    async fn a_key_can_be_locked_at_once() {
        let (vault, clock) = (Vault::default(), Clock::by_hand(Millis(0)));
        vault.put(&clock, WHOSE, Identity::generate());
        vault.put(&clock, OTHER, Identity::generate());
        vault.forget(WHOSE);
        assert!(vault.get(Millis(1), WHOSE).is_none() && vault.get(Millis(1), OTHER).is_some());
    }

    #[test]
    fn tries_are_counted_for_each_person_and_hour() {
        let vault = Vault::default();
        for at in 0..TRIES as i64 {
            assert_eq!(vault.allow(Millis(at), WHOSE), Ok(()));
        }
        assert_eq!(vault.left(WHOSE), 0);
        assert_eq!(vault.allow(Millis(10), WHOSE), Err(Millis(WINDOW)));
        assert_eq!(vault.allow(Millis(10), OTHER), Ok(()));
        assert_eq!(vault.allow(Millis(WINDOW), WHOSE), Ok(()));
    }
}
