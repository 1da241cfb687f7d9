//! What the operator sees of the outbox, and can set going again. No content.

use super::store;
use crate::clock::Millis;
use crate::db::Connection;
use crate::ids::{ChannelId, MemberId, OrganisationId, OutboundId};
use crate::ledger::Tx;

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Pending,
    Sending,
    Delivered,
    Undelivered,
    Cancelled,
}

impl State {
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Sending,
        Self::Delivered,
        Self::Undelivered,
        Self::Cancelled,
    ];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A message as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: OutboundId,
    pub organisation: OrganisationId,
    pub member: Option<MemberId>,
    pub channel: Option<ChannelId>,
    /// What it is, such as `prompt`.
    pub kind: &'static str,
    pub state: State,
    pub attempts: u32,
    pub next_at: Millis,
    pub expires: Option<Millis>,
    pub last_error: Option<String>,
    pub promised_at: Millis,
}

/// What became of the wish to try again.
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
