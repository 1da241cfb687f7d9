//! Unlocking a kept key with its passphrase.

use anyhow::Context;

use super::access::{self, Handler};
use crate::clock::Millis;
use crate::concerns::desk::Desk;
use crate::concerns::event::EventKind;
use crate::concerns::keys;
use crate::concerns::keys::sealing;
use crate::concerns::secret::Secret;

/// The outcome of a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockOutcome {
    /// Until then.
    Unlocked(Millis),
    /// Tries left in this hour.
    Wrong(usize),
    /// The next try is possible then.
    TooOften(Millis),
    /// This person has no active key that is kept here.
    NothingKept,
}

/// Unlocks the handler's kept key for a quarter of an hour. That it was unlocked is noted.
///
/// # Errors
/// When the database cannot be read or written, or holds something that is not a key.
pub async fn unlock(desk: &Desk, handler: &Handler, passphrase: Secret) -> anyhow::Result<UnlockOutcome> {
    let kept = keys::kept_key(desk, handler.organisation.id, handler.member).await?;
    let Some(kept) = kept.filter(|_| keys::may_hold(&handler.roles)) else {
        return Ok(UnlockOutcome::NothingKept);
    };
    let now = desk.core.clock.now();
    if let Err(at) = desk.vault.allow(now, handler.whose()) {
        return Ok(UnlockOutcome::TooOften(at));
    }
    let _turn = desk.vault.turn().await;
    let passphrase = desk.pepper.seasoned(&passphrase);
    let opened = tokio::task::spawn_blocking(move || sealing::open_under(passphrase, &kept));
    let Some(key) = opened.await.context("opening a kept key")?? else {
        return Ok(UnlockOutcome::Wrong(desk.vault.left(handler.whose())));
    };
    let recipient = key.to_public().to_string();
    let noted = access::work(desk, handler, move |tx, access| {
        Box::pin(async move {
            // Trying takes a while, and the key can end meanwhile.
            if access.own().is_none_or(|own| own.recipient != recipient) {
                return Ok(false);
            }
            access.note(tx, EventKind::KeyUnlocked, None, None).await?;
            Ok(true)
        })
    });
    if !noted.await? {
        return Ok(UnlockOutcome::NothingKept);
    }
    let until = desk.vault.put(&desk.core.clock, handler.whose(), key);
    Ok(UnlockOutcome::Unlocked(until))
}
