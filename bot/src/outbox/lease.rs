//! Taking what is due, so that nobody else sends it meanwhile.

use super::outbound::Outbound;
use super::store;
use crate::chance::Chance;
use crate::ledger::Tx;

/// Takes at most `most` messages that are due, the longest due first, and those whose courier has not come back.
pub async fn lease(tx: &Tx, chance: &Chance, most: u64) -> anyhow::Result<Vec<Outbound>> {
    store::lease(tx.connection(), (tx.now(), &chance.id()), most).await
}
