//! What the use cases of asking need.

use std::sync::Arc;

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
}

impl Asking {
    /// One step of the scheduler: notes an outage, brings assignments in line with people, opens what is due and
    /// closes what is past. Repeating it is harmless.
    ///
    /// Returns when to call again at the latest; none when nothing is ahead.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was committed before stays.
    pub async fn tick(&self) -> anyhow::Result<Option<Millis>> {
        Ok(None)
    }
}
