//! Writing down what happened to an attempt.

use super::fate::{Fate, others_wait};
use super::outbound::Outbound;
use super::store;
use crate::ledger::Tx;

/// Writes a fate down and ends the lease. False, and nothing is written, when the lease has gone to somebody else or
/// the message was settled for good before. A delivery is a fact, whoever has the lease by now.
pub async fn settle(tx: &Tx, outbound: &Outbound, fate: &Fate) -> anyhow::Result<bool> {
    let settled = store::settle(tx.connection(), outbound, fate, tx.now()).await?;
    if settled
        && let Some(channel) = outbound.channel
        && let Some(until) = others_wait(outbound, fate)
    {
        store::hold_behind(tx.connection(), channel, outbound.promised_at, until).await?;
    }
    Ok(settled)
}
