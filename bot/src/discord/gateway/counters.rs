//! What happened on the gateway, in figures.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

#[derive(Debug, Default)]
pub struct Counters {
    events: AtomicU64,
    interactions: AtomicU64,
    duplicates: AtomicU64,
    panics: AtomicU64,
    errors: AtomicU64,
    connects: AtomicU64,
    restarts: AtomicU64,
    pared: AtomicU64,
    unknown: Mutex<BTreeMap<&'static str, u64>>,
}

/// The counters at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub events: u64,
    pub interactions: u64,
    /// Interactions that had come before.
    pub duplicates: u64,
    pub panics: u64,
    /// Handlers that ended with an error.
    pub errors: u64,
    /// Connections to the gateway, the first included.
    pub connects: u64,
    /// Sessions that were given up as dead.
    pub restarts: u64,
    /// Events that the library could not read and this program could.
    pub pared: u64,
    /// Events that could not be read, by name.
    pub unknown: BTreeMap<&'static str, u64>,
}

macro_rules! count {
    ($($name:ident: $field:ident),*) => {$(
        pub(super) fn $name(&self) {
            self.$field.fetch_add(1, Ordering::Relaxed);
        }
    )*};
}

impl Counters {
    count!(event: events, interaction: interactions, duplicate: duplicates, panicked: panics, failed: errors,
           connected: connects, restarted: restarts, pared: pared);

    /// Counts an event that could not be read.
    pub(super) fn unknown(&self, name: &'static str) {
        let mut unknown = self.unknown.lock();
        *unknown.entry(name).or_default() += 1;
    }

    pub(super) fn events_so_far(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    pub(super) fn read(&self) -> Counts {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            events: of(&self.events),
            interactions: of(&self.interactions),
            duplicates: of(&self.duplicates),
            panics: of(&self.panics),
            errors: of(&self.errors),
            connects: of(&self.connects),
            restarts: of(&self.restarts),
            pared: of(&self.pared),
            unknown: self.unknown.lock().clone(),
        }
    }
}
