//! The leaf about what was brought back.

use anyhow::Context;
use bellwether_tlog::kind::fields;
use bellwether_tlog::new_leaf::NewLeaf;

use super::Refilled;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config;
use crate::db::Transaction;
use crate::evidence::append::Log;
use crate::evidence::batch::Batch;
use crate::evidence::guard::GuardPolicy;
use crate::evidence::recover::source::Source;
use crate::evidence::store;

/// Writes the leaf about it, and commits.
pub(super) async fn note(
    transaction: Transaction,
    settings: &config::Evidence,
    (now, chance): (Millis, &Chance),
    source: &Source,
    refilled: Refilled,
) -> anyhow::Result<()> {
    let first = store::record(&transaction, refilled.from).await?;
    let said = fields::LogRecovered {
        from: refilled.from.to_string(),
        to: refilled.to.to_string(),
        source: source.word().to_owned(),
    };
    let first = first.context("the first missing leaf is not there")?;
    let leaf = NewLeaf::fresh(chance, said).continuing(first);
    let mut log = Log::prepare(&transaction, settings, GuardPolicy::Require, chance.clone()).await?;
    let mut batch = Batch::default();
    batch.admit(&transaction, vec![leaf]).await?;
    let head = log.integrate(&transaction, now, batch).await?;
    transaction.commit().await.context("committing what was brought back")?;
    if let Some(head) = head {
        log.committed(head).await;
    }
    Ok(())
}
