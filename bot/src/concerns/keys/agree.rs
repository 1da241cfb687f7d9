//! Agreeing to what another person proposed: a key becomes active, or ends.

use std::sync::Arc;

use super::confirm::{in_force, set_of, sound};
use super::end::close;
use crate::chance::Chance;
use crate::concerns::desk::Desk;
use crate::concerns::keys::handler_key::{KeyState, fingerprint};
use crate::concerns::keys::pepper::Pepper;
use crate::concerns::store::{self, KeyRow};
use crate::config::{Config, Organisation};
use crate::evidence::{NewLeaf, Newest, fields};
use crate::ids::{HandlerKeyId, MemberId, OrganisationId};
use crate::ledger::Tx;
use crate::outbox::{self, Message, NewOutbound};

/// The outcome of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreeOutcome {
    /// Concerns are sealed to the key from now on; an older key of its holder has ended.
    InForce,
    /// The key has ended.
    Ended,
    /// There is nothing to agree to.
    NothingProposed,
    /// Nobody agrees to what they proposed themselves.
    OwnProposal,
    /// The person is neither handler nor owner.
    MayNotAgree,
    /// The holder no longer works on concerns.
    HolderMayNotHold,
    /// The active rows are not what the log says; nothing has changed.
    KeysDoubtful,
}

/// Agrees to the proposal about `key`. The change, its record in the evidence log and its announcement are one.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn agree(
    desk: &Desk,
    organisation: &Organisation,
    key: HandlerKeyId,
    by: MemberId,
) -> anyhow::Result<AgreeOutcome> {
    let known = store::key(desk.core.db.reader(), organisation.id, &key).await?;
    let agreement = Agreement {
        organisation: organisation.clone(),
        key,
        by,
        chance: desk.core.chance.clone(),
        config: Arc::clone(&desk.core.config),
        pepper: Arc::clone(&desk.pepper),
        newest: desk.newest.clone(),
    };
    let mut outcome = carry_out(desk, agreement.clone()).await?;
    if outcome == AgreeOutcome::KeysDoubtful {
        // Another change in the same transaction is in the log only when that has ended.
        outcome = carry_out(desk, agreement).await?;
    }
    if let (AgreeOutcome::InForce | AgreeOutcome::Ended, Some(row)) = (outcome, known) {
        // The unlocked key has just ended.
        desk.vault.forget((organisation.id, MemberId::from_i64(row.member)));
    }
    Ok(outcome)
}

async fn carry_out(desk: &Desk, agreement: Agreement) -> anyhow::Result<AgreeOutcome> {
    desk.core
        .ledger
        .write(move |tx| Box::pin(async move { agreement.carry_out(tx).await }))
        .await
}

#[derive(Clone)]
struct Agreement {
    organisation: Organisation,
    key: HandlerKeyId,
    by: MemberId,
    chance: Chance,
    config: Arc<Config>,
    pepper: Arc<Pepper>,
    newest: Newest,
}

impl Agreement {
    async fn carry_out(self, tx: &Tx) -> anyhow::Result<AgreeOutcome> {
        let connection = tx.connection();
        let roles = super::roles_of(connection, &self.organisation, self.by).await?;
        if !super::may_agree(&roles) {
            return Ok(AgreeOutcome::MayNotAgree);
        }
        let Some(row) = store::key(connection, self.organisation.id, &self.key).await? else {
            return Ok(AgreeOutcome::NothingProposed);
        };
        let holder = MemberId::from_i64(row.member);
        let (outcome, proposer) = match (KeyState::of(&row.state), row.ended_by) {
            (Some(KeyState::Proposed), _) => (AgreeOutcome::InForce, holder),
            (Some(KeyState::InForce), Some(by)) => (AgreeOutcome::Ended, MemberId::from_i64(by)),
            (Some(KeyState::InForce | KeyState::Ended) | None, _) => return Ok(AgreeOutcome::NothingProposed),
        };
        if proposer == self.by {
            return Ok(AgreeOutcome::OwnProposal);
        }
        // Otherwise a change made by hand would be recorded as if two people had agreed to it.
        if sound(&self.newest, connection, self.organisation.id).await?.is_none() {
            return Ok(AgreeOutcome::KeysDoubtful);
        }
        if outcome == AgreeOutcome::InForce {
            let roles = super::roles_of(connection, &self.organisation, holder).await?;
            if !super::may_hold(&roles) {
                return Ok(AgreeOutcome::HolderMayNotHold);
            }
            self.bring_into_force(tx, row).await?;
            // Reports need it from now on. No report should be what creates it, because that would show when the report
            // came.
            self.pepper.leave_fingerprint(tx, tx.now()).await?;
        } else {
            let mut row = row;
            close(&mut row, proposer, tx.now());
            store::update_key(connection, row).await?;
        }
        self.record(tx, proposer).await?;
        Ok(outcome)
    }

    /// The holder's older key ends with it.
    async fn bring_into_force(&self, tx: &Tx, mut row: KeyRow) -> anyhow::Result<()> {
        let known = in_force(store::keys(tx.connection(), self.organisation.id).await?);
        for mut older in known.into_iter().filter(|older| older.member == row.member) {
            close(&mut older, MemberId::from_i64(row.member), tx.now());
            store::update_key(tx.connection(), older).await?;
        }
        KeyState::InForce.word().clone_into(&mut row.state);
        row.agreed_by = Some(self.by.get());
        row.agreed_at = Some(tx.now().0);
        store::update_key(tx.connection(), row).await
    }

    /// The new set as evidence, and its announcement.
    async fn record(&self, tx: &Tx, proposer: MemberId) -> anyhow::Result<()> {
        let id: OrganisationId = self.organisation.id;
        let rows = in_force(store::keys(tx.connection(), id).await?);
        let said = fields::HandlerKeys {
            organisation: id.to_string(),
            set: set_of(&rows),
            proposed_by: proposer.to_string(),
            agreed_by: self.by.to_string(),
        };
        tx.evidence(NewLeaf::fresh(&self.chance, said));
        let holder = |row: &KeyRow| (MemberId::from_i64(row.member), fingerprint(&row.recipient));
        let known = self.config.organisations.iter().find(|known| known.id == id);
        let Some(channel) = known.and_then(|known| known.channels.evidence.or(known.channels.fallback)) else {
            return Ok(());
        };
        let new = NewOutbound {
            organisation: id,
            member: None,
            channel: Some(channel),
            message: Message::HandlerKeysChanged {
                holders: rows.iter().map(holder).collect(),
                proposed_by: proposer,
                agreed_by: self.by,
            },
            at: tx.now(),
            expires: None,
        };
        outbox::promise(tx, &self.chance, new).await.map(|_| ())
    }
}
