//! Changing the log's key. A crash at any line leaves a log with exactly one key in force, and that key at hand:
//! the next one is staged beside the old, the log commits to it, and only then does it take the old one's place.

use std::path::PathBuf;

use anyhow::Context;
use bellwether_tlog::key::Key;
use bellwether_tlog::note::Vkey;

use super::append::Log;
use super::guard::Guard;
use super::key;
use super::keys::{self, Keys, Own, Place, next_file, retired_file};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config;
use crate::db::Db;

/// The outcome of a change of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// The log signs with another key from now on.
    Done(Box<Rotated>),
    /// An earlier change had been cut off after the log committed to it; now it is complete. No further one was made.
    Completed { vkey: Box<Vkey> },
    /// There is no log yet that the key has signed.
    NoLog,
}

/// A change of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// Index of the leaf that says so.
    pub leaf: u64,
    pub vkey: Vkey,
    pub retired: Vkey,
    /// Where the new key is.
    pub key_file: PathBuf,
    /// Where the retired key is kept; none if the environment provides the key.
    pub kept: Option<PathBuf>,
}

/// A key at hand, for people: never the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtHand {
    pub vkey: Vkey,
    pub place: Place,
}

/// The configured key first, then one that a change of keys has staged.
///
/// # Errors
/// When a key cannot be read, others can read it, or it is another log's.
pub fn at_hand(settings: &config::Evidence) -> anyhow::Result<Vec<AtHand>> {
    let shown = |own: Own| AtHand {
        vkey: own.key.vkey(),
        place: own.place,
    };
    Ok(Keys::load(settings)?.into_owns().map(shown).collect())
}

/// Whether the signing guard shows a log with leaves, whoever signed it.
///
/// # Errors
/// When the guard cannot be read.
pub fn has_begun(settings: &config::Evidence) -> anyhow::Result<bool> {
    let claimed = Guard::claimed(&settings.guard_file)?;
    Ok(claimed.is_some_and(|checkpoint| checkpoint.size > 0))
}

/// Makes a key in a new file, for a log that has not begun.
///
/// # Errors
/// When the file is there already, or cannot be written.
pub fn new_key(path: &std::path::Path, origin: &str, chance: &Chance) -> anyhow::Result<Vkey> {
    anyhow::ensure!(
        !path.exists(),
        "{} is there already and is left alone: a key that has signed a log must not be lost. Name another file with \
         --out, or change the key of a log with `bellwether keys rotate`",
        path.display()
    );
    Ok(key::create(path, origin, chance)?.vkey())
}

/// Hands the log over from its key to a fresh one. Writes beside the ledger, in a transaction of its own that holds
/// only the leaf; a program that runs on the same database uses the new key from then on by itself.
///
/// # Errors
/// When the log cannot be opened or written. Repeating is harmless then.
pub async fn rotate(db: &Db, settings: &config::Evidence, now: Millis, chance: &Chance) -> anyhow::Result<Rotation> {
    let cut_off = cut_off(db, settings).await?;
    let mut log = Log::open(db, settings, chance.clone()).await?;
    if cut_off {
        let vkey = Box::new(log.vkey());
        return Ok(Rotation::Completed { vkey });
    }
    if log.ring().is_none() {
        return Ok(Rotation::NoLog);
    }
    let retired = log.vkey();
    let next = keys::stage(settings, chance)?;
    let leaf = hand_over(db, &mut log, now, &next).await?;
    let vkey = next.vkey();
    let place = Place::Next(next_file(&settings.key_file));
    keys::settle(settings, &Own { key: next, place }, log.ring())?;
    let given = settings.given_key.is_some();
    let (key_file, kept) = if given {
        (next_file(&settings.key_file), None)
    } else {
        let kept = retired_file(&settings.key_file, &retired);
        (settings.key_file.clone(), Some(kept))
    };
    let rotated = Rotated {
        leaf,
        vkey,
        retired,
        key_file,
        kept,
    };
    Ok(Rotation::Done(Box::new(rotated)))
}

/// Whether the log has committed to a staged key that is not yet in its place.
async fn cut_off(db: &Db, settings: &config::Evidence) -> anyhow::Result<bool> {
    let ring = keys::ring(db.reader()).await?;
    let own = Keys::load(settings)?.own(ring.as_ref());
    Ok(settings.given_key.is_none() && own.is_some_and(|own| matches!(own.place, Place::Next(_))))
}

/// Writes the leaf that names the next key, and the checkpoint that both keys sign. Returns the leaf's index.
async fn hand_over(db: &Db, log: &mut Log, now: Millis, next: &Key) -> anyhow::Result<u64> {
    let transaction = db.begin().await?;
    let head = match log.rotate(&transaction, now, next).await {
        Ok(head) => head,
        Err(error) => {
            transaction.rollback().await?;
            return Err(error);
        }
    };
    let leaf = head.size() - 1;
    transaction.commit().await.context(
        "committing the change of keys; if it is in the log after all, the next start takes the new key up by itself",
    )?;
    log.committed(head).await;
    Ok(leaf)
}

#[cfg(test)]
mod tests;
