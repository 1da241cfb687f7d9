//! Proposing that a key ends. Another person must agree; a proposed key that nobody has agreed to yet ends at once.

use crate::clock::Millis;
use crate::concerns::desk::Desk;
use crate::concerns::keys::handler_key::KeyState;
use crate::concerns::store::{self, KeyRow};
use crate::config::Organisation;
use crate::ids::{HandlerKeyId, MemberId};
use crate::ledger::Tx;

/// The outcome of the proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndOutcome {
    /// Another person must agree.
    Proposed,
    /// The key was only proposed, and is gone.
    TakenBack,
    NoSuchKey,
    /// Somebody has proposed its end already.
    AlreadyProposed,
    /// The person is neither handler nor owner.
    MayNotEnd,
}

/// Proposes that `key` ends.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn end(
    desk: &Desk,
    organisation: &Organisation,
    key: HandlerKeyId,
    by: MemberId,
) -> anyhow::Result<EndOutcome> {
    let organisation = organisation.clone();
    desk.core
        .ledger
        .write(move |tx| Box::pin(async move { carry_out(tx, &organisation, &key, by).await }))
        .await
}

async fn carry_out(
    tx: &Tx,
    organisation: &Organisation,
    key: &HandlerKeyId,
    by: MemberId,
) -> anyhow::Result<EndOutcome> {
    let roles = super::roles_of(tx.connection(), organisation, by).await?;
    if !super::may_agree(&roles) {
        return Ok(EndOutcome::MayNotEnd);
    }
    let Some(mut row) = store::key(tx.connection(), organisation.id, key).await? else {
        return Ok(EndOutcome::NoSuchKey);
    };
    let outcome = match (KeyState::of(&row.state), row.ended_by) {
        (Some(KeyState::Proposed), _) => {
            close(&mut row, by, tx.now());
            EndOutcome::TakenBack
        }
        (Some(KeyState::InForce), Some(_)) => return Ok(EndOutcome::AlreadyProposed),
        (Some(KeyState::InForce), None) => {
            row.ended_by = Some(by.get());
            EndOutcome::Proposed
        }
        (Some(KeyState::Ended) | None, _) => return Ok(EndOutcome::NoSuchKey),
    };
    store::update_key(tx.connection(), row).await?;
    Ok(outcome)
}

/// Ends a key. What was kept of its private half stays: it still opens what was sealed to it.
pub(crate) fn close(row: &mut KeyRow, by: MemberId, now: Millis) {
    KeyState::Ended.word().clone_into(&mut row.state);
    row.ended_by = Some(by.get());
    row.ended_at = Some(now.0);
}
