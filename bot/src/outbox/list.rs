//! What the operator sees of the outbox, and can set going again. No content.

use super::entry::{Entry, State};
use super::store;
use crate::db::Connection;
use crate::ids::OutboundId;
use crate::ledger::Tx;

/// The outcome of the wish to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retried {
    /// It is due now.
    Due,
    /// It is being sent, was delivered or cancelled.
    NotWaiting(State),
    Expired,
    Unknown,
}

/// The messages in a state, oldest first, at most `most`.
pub async fn list<C: Connection>(connection: &C, state: State, most: u64) -> anyhow::Result<Vec<Entry>> {
    store::list(connection, state, most).await
}

/// Makes a pending or undelivered message due now. What its failure left in evidence stays.
pub async fn retry(tx: &Tx, id: &OutboundId) -> anyhow::Result<Retried> {
    let Some(entry) = store::entry(tx.connection(), id).await? else {
        return Ok(Retried::Unknown);
    };
    match entry.state {
        State::Pending | State::Undelivered if entry.expires.is_some_and(|at| at <= tx.now()) => Ok(Retried::Expired),
        State::Pending | State::Undelivered => {
            store::make_due(tx.connection(), id, tx.now()).await?;
            Ok(Retried::Due)
        }
        state @ (State::Sending | State::Delivered | State::Cancelled) => Ok(Retried::NotWaiting(state)),
    }
}
