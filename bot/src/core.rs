//! What almost every use case works with. Built once; cheap to clone.

use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{Config, Organisation};
use crate::db::Db;
use crate::evidence::{NewLeaf, Statement};
use crate::ids::OrganisationId;
use crate::ledger::Ledger;

/// What was decided, or the outcome that refuses it.
pub type Decided<T, R> = anyhow::Result<Result<T, R>>;

/// Clones share everything.
#[derive(Clone, Debug)]
pub struct Core {
    pub config: Arc<Config>,
    pub catalogue: Arc<Catalogue>,
    pub db: Db,
    pub ledger: Ledger,
    pub clock: Clock,
    pub chance: Chance,
}

impl Core {
    /// A configured organisation.
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        let mut all = self.config.organisations.iter();
        all.find(|organisation| organisation.id == id)
    }

    /// Writes one leaf, and nothing else.
    ///
    /// # Errors
    /// When the ledger cannot write it.
    pub async fn note(&self, statement: impl Into<Statement>) -> anyhow::Result<()> {
        let leaf = NewLeaf::fresh(&self.chance, statement);
        let noted = self.ledger.write(move |tx| {
            Box::pin(async move {
                tx.evidence(leaf);
                Ok(())
            })
        });
        noted.await
    }
}
