//! What a kind of message does itself: it prepares, words, recognises and settles.

use serde_json::Value;
use serenity::async_trait;

use super::Courier;
use super::attempt::Attempt;
use crate::chance::Chance;
use crate::discord::wire::rest::{File, Recent};
use crate::ids::{ChannelId, MemberId};
use crate::ledger::Tx;
use crate::outbox::{Fate, Outbound, Reason};
use crate::people::reach::Reach;
use crate::prompts::Route;

/// A kind of message, made from a promised one.
#[async_trait]
pub(super) trait Kind: Send + Sync {
    /// Words the message as it is to be said now.
    async fn prepare(&self, courier: &Courier, outbound: &Outbound) -> Result<Parcel, Unsent>;

    /// Whether a message in the channel is this one, from an earlier attempt whose nonce is forgotten. Without a way to
    /// tell, it is sent again: twice is better than never.
    fn is_ours(&self, _message: &Recent) -> bool {
        false
    }

    /// Writes the fate down everywhere it matters besides the outbox, in the same transaction.
    async fn settled(&self, _tx: &Tx, _chance: &Chance, _settled: &Settled) -> anyhow::Result<()> {
        Ok(())
    }

    /// What the operator can do if it was given up, if this kind needs something else than the others.
    fn remedy(&self, _reason: Reason) -> Option<&'static str> {
        None
    }
}

/// A message ready to be sent.
#[derive(Debug)]
pub(super) struct Parcel {
    /// Who it may go to by direct message; nobody if it is for a channel.
    pub member: Option<MemberId>,
    pub reach: Reach,
    /// Where it goes if direct messages fail; nowhere if others may not read it.
    pub fallback: Option<ChannelId>,
    pub body: Value,
    pub files: Vec<File>,
}

impl Parcel {
    pub(super) fn for_channel(body: Value) -> Self {
        Self {
            member: None,
            reach: Reach::default(),
            fallback: None,
            body,
            files: Vec::new(),
        }
    }
}

/// Why a message is not sent.
#[derive(Debug)]
pub(super) enum Unsent {
    /// Its fate is decided already.
    Fate(Fate),
    Fault(anyhow::Error),
}

impl From<Fate> for Unsent {
    fn from(fate: Fate) -> Self {
        Self::Fate(fate)
    }
}

impl From<anyhow::Error> for Unsent {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(error)
    }
}

/// A message and its fate, ready to be written.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub outbound: Outbound,
    pub attempt: Attempt,
    pub route: Route,
}

/// The remedy for what goes to an owner alone.
pub(super) const ALLOW_DMS_TO_OWNER: &str =
    "it goes to an owner alone: ask them to allow direct messages of this server's members";

/// `remedy`, if the message was given up because direct messages failed.
pub(super) fn allow_dms(reason: Reason, remedy: &'static str) -> Option<&'static str> {
    matches!(
        reason,
        Reason::DmRefused | Reason::Quarantined | Reason::Filtered { .. }
    )
    .then_some(remedy)
}
