//! What the use cases of asking need.

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use crate::catalogue::Catalogue;
use crate::chance::Chance;
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::db::Db;
use crate::ledger::Ledger;

/// Everything that asking needs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Asking {
    pub config: Arc<Config>,
    pub catalogue: Arc<Catalogue>,
    pub db: Db,
    pub ledger: Ledger,
    pub clock: Clock,
    pub chance: Chance,
    pub memory: Memory,
}

/// What the scheduler's last step found out, so that a step with nothing to do costs one small query. Begins empty;
/// shared by clones.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Known>>);

/// What [`Memory`] holds.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub quiet: Option<Quiet>,
    /// Whether a step was finished since the program began.
    pub stepped: bool,
}

/// Nothing is to be done from one instant until another, as long as people stay as they are.
#[derive(Debug)]
pub(super) struct Quiet {
    pub from: Millis,
    pub until: Millis,
    /// How often people had changed, by organisation.
    pub people: Vec<Option<String>>,
}

impl Memory {
    /// Has the next step look at everything again.
    pub(super) fn forget(&self) {
        self.lock().quiet = None;
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock()
    }
}
