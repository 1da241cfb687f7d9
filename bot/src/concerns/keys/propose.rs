//! Proposing one's own key. Another person must agree before anything is sealed to it.

use std::sync::Arc;

use age::secrecy::SecretString;
use age::x25519;
use anyhow::Context;

use crate::concerns::Decided;
use crate::concerns::desk::Desk;
use crate::concerns::keys::handler_key::{Custody, KeyState, fingerprint};
use crate::concerns::sealing;
use crate::concerns::secret::Secret;
use crate::concerns::store::{self, KeyRow};
use crate::config::Organisation;
use crate::ids::{HandlerKeyId, MemberId, OrganisationId};
use crate::ledger::Tx;

/// Minimum length in characters of a passphrase.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// What is proposed.
pub enum NewKey {
    /// The public half of a key that the handler made elsewhere.
    Own { recipient: String },
    /// A key is made here, and its private half kept under this passphrase and the pepper.
    Kept { passphrase: Secret },
}

/// The outcome of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposeOutcome {
    /// Another person must agree to it.
    Proposed {
        key: HandlerKeyId,
        fingerprint: String,
    },
    /// The person does not work on concerns.
    MayNotHold,
    NotARecipient,
    PassphraseTooShort {
        shortest: usize,
    },
    /// The same key is active or proposed already.
    AlreadyThere,
}

/// Proposes a key for `holder`. An earlier proposal of theirs gives way.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn propose(
    desk: &Desk,
    organisation: &Organisation,
    holder: MemberId,
    new: NewKey,
) -> anyhow::Result<ProposeOutcome> {
    let roles = super::roles_of(desk.core.db.reader(), organisation, holder).await?;
    if !super::may_hold(&roles) {
        return Ok(ProposeOutcome::MayNotHold);
    }
    let Half {
        recipient,
        custody,
        kept,
    } = match half(desk, new).await? {
        Ok(half) => half,
        Err(outcome) => return Ok(outcome),
    };
    let row = KeyRow {
        id: desk.core.chance.id(),
        organisation: organisation.id.get(),
        member: holder.get(),
        recipient,
        custody: custody.word().to_owned(),
        kept,
        state: KeyState::Proposed.word().to_owned(),
        proposed_at: 0,
        agreed_by: None,
        agreed_at: None,
        ended_by: None,
        ended_at: None,
    };
    let (organisation, pepper) = (organisation.id, Arc::clone(&desk.pepper));
    desk.core
        .ledger
        .write(move |tx| {
            Box::pin(async move {
                if row.kept.is_some() {
                    pepper.leave_fingerprint(tx, tx.now()).await?;
                }
                write(tx, organisation, row).await
            })
        })
        .await
}

/// The public half of a key, and the private one if the bot keeps it.
struct Half {
    recipient: String,
    custody: Custody,
    kept: Option<Vec<u8>>,
}

async fn half(desk: &Desk, new: NewKey) -> Decided<Half, ProposeOutcome> {
    Ok(match new {
        NewKey::Own { recipient } => match recipient.trim().parse::<x25519::Recipient>() {
            Ok(recipient) => Ok(Half {
                recipient: recipient.to_string(),
                custody: Custody::Own,
                kept: None,
            }),
            Err(_) => Err(ProposeOutcome::NotARecipient),
        },
        NewKey::Kept { passphrase } if passphrase.length() < SHORTEST_PASSPHRASE => {
            let shortest = SHORTEST_PASSPHRASE;
            Err(ProposeOutcome::PassphraseTooShort { shortest })
        }
        NewKey::Kept { passphrase } => {
            let (recipient, kept) = make_kept(desk.pepper.seasoned(&passphrase)).await?;
            Ok(Half {
                recipient,
                custody: Custody::Kept,
                kept: Some(kept),
            })
        }
    })
}

async fn write(tx: &Tx, organisation: OrganisationId, mut row: KeyRow) -> anyhow::Result<ProposeOutcome> {
    for mut known in store::keys(tx.connection(), organisation).await? {
        if known.state == KeyState::Ended.word() {
            continue;
        }
        if known.recipient == row.recipient {
            return Ok(ProposeOutcome::AlreadyThere);
        }
        if known.member == row.member && known.state == KeyState::Proposed.word() {
            super::end::close(&mut known, MemberId::from_i64(row.member), tx.now());
            store::update_key(tx.connection(), known).await?;
        }
    }
    row.proposed_at = tx.now().0;
    let outcome = ProposeOutcome::Proposed {
        key: HandlerKeyId::new(row.id.clone()),
        fingerprint: fingerprint(&row.recipient),
    };
    store::insert_key(tx.connection(), row).await?;
    Ok(outcome)
}

/// A fresh key: its public half, and the private half as an age file under what the passphrase and the pepper become.
/// Takes about a second.
async fn make_kept(passphrase: SecretString) -> anyhow::Result<(String, Vec<u8>)> {
    let made = tokio::task::spawn_blocking(move || {
        let identity = x25519::Identity::generate();
        let kept = sealing::seal_under(passphrase, &identity)?;
        Ok((identity.to_public().to_string(), kept))
    });
    made.await.context("making a handler's key")?
}
