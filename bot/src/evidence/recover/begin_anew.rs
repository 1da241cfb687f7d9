//! Closing a log that cannot be continued and beginning another: origin `…/2`, whose entry 0 names the last checkpoint
//! of the closed one and the reason. The closed log stays in the database.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::key::Key;
use bellwether_tlog::leaf::{Leaf, Prior};
use bellwether_tlog::note::Vkey;
use bellwether_tlog::tree::{Edge, leaf_hash};

use super::last_signed_by;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config;
use crate::db::{Db, Transaction};
use crate::evidence::closed;
use crate::evidence::file;
use crate::evidence::guard::Guard;
use crate::evidence::halt::Halt;
use crate::evidence::key;
use crate::evidence::keys;
use crate::evidence::store::{self, Rows};

/// Why a log is closed. One of a few words, so that no name can be in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A backup was restored, and what it lacks cannot be brought back.
    BackupRestored,
    KeyLost,
    KeyStolen,
    /// The log in the database was changed or damaged.
    LogDamaged,
}

impl Reason {
    pub const ALL: [Self; 4] = [Self::BackupRestored, Self::KeyLost, Self::KeyStolen, Self::LogDamaged];

    /// The word in evidence and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BackupRestored => "backup-restored",
            Self::KeyLost => "key-lost",
            Self::KeyStolen => "key-stolen",
            Self::LogDamaged => "log-damaged",
        }
    }
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    Done(NewLog),
    /// It had been cut off after the database had committed; now key and guard are in place, too.
    Completed(NewLog),
    /// The next log is there, and its key and guard are in place: nothing was changed.
    Before {
        origin: String,
    },
    /// The configured log was begun for the same reason and nothing was written to it yet: nothing was changed.
    JustBegun {
        origin: String,
    },
    /// There is no log to close.
    NoLog,
}

/// A log that replaces another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLog {
    pub origin: String,
    pub vkey: Vkey,
    /// The number of the closed log in the database.
    pub closed: u32,
    /// Where its key and guard are kept; the key only if it is a file.
    pub kept: Vec<PathBuf>,
    /// Where the new key is.
    pub key_file: PathBuf,
}

/// The name of the log that follows the one of this name: `log`, `log/2`, `log/3`.
pub fn next_origin(origin: &str) -> String {
    let numbered = origin.rsplit_once('/').and_then(|(name, number)| {
        let number: u32 = number.parse().ok().filter(|number| *number >= 2)?;
        Some(format!("{name}/{}", number.checked_add(1)?))
    });
    numbered.unwrap_or_else(|| format!("{origin}/2"))
}

/// Closes the log in the database and begins the next, with a fresh key. After a crash at any line, calling it again
/// completes it; if nothing is left to do, calling it again changes nothing.
///
/// # Errors
/// When database, key or guard cannot be written, or the database holds a log of another name.
pub async fn begin_anew(
    db: &Db,
    settings: &config::Evidence,
    reason: Reason,
    (now, chance): (Millis, &Chance),
) -> anyhow::Result<Begun> {
    let origin = next_origin(&settings.origin);
    let transaction = db.begin().await?;
    let first = store::leaves_with_keys(&transaction).await?.into_iter().next();
    let Some(first) = first.filter(|leaf| leaf.idx == 0) else {
        transaction.rollback().await?;
        return Ok(Begun::NoLog);
    };
    let staged = keys::beside(&settings.key_file, "next-log");
    // If leaf 0 is damaged nobody knows its name, and that is a reason to close it.
    if let Some(named) = Leaf::parse(&first.leaf) {
        if named.origin.as_ref() == Some(&origin) {
            return begun_before(transaction, settings, named).await;
        }
        let again = named.prior.is_some() && named.reason.as_deref() == Some(reason.word());
        if again && named.origin.as_ref() == Some(&settings.origin) && store::leaf_at(&transaction, 1).await?.is_none()
        {
            transaction.rollback().await?;
            return Ok(Begun::JustBegun {
                origin: settings.origin.clone(),
            });
        }
        ensure!(
            named.origin.as_ref() == Some(&settings.origin),
            "evidence.origin is {:?}, but the log in the database is {:?}. Set evidence.origin to the name of the log \
             that is to be closed",
            settings.origin,
            named.origin.unwrap_or_default()
        );
    }
    let key = match key::load(&staged, &origin)? {
        Some(key) => key,
        None => key::create(&staged, &origin, chance)?,
    };
    let (prior, vkey) = (prior(&transaction, settings).await?, key.vkey());
    let closed = closed::store::set_aside(&transaction).await?;
    let leaf = Leaf {
        prior: Some(prior),
        reason: Some(reason.word().to_owned()),
        ..Leaf::genesis(now, chance.id(), &origin, &vkey.to_string())
    };
    let note = write_first(&transaction, &key, &leaf).await?;
    transaction.commit().await.context("committing the new log")?;
    Ok(Begun::Done(settle(settings, vkey, closed, &note)?))
}

/// The database holds the next log already. Beginning it once more would make two logs of one name: only key and guard
/// are put in place, if they are not there.
async fn begun_before(transaction: Transaction, settings: &config::Evidence, first: Leaf) -> anyhow::Result<Begun> {
    let closed = closed::store::numbers(&transaction).await?.last().copied().unwrap_or(1);
    let note = store::note(&transaction, 1).await?;
    transaction.rollback().await?;
    let origin = first.origin.unwrap_or_default();
    let guarded = Guard::claimed(&settings.guard_file)?.is_some_and(|last| last.origin == origin);
    let staged = key::load(&keys::beside(&settings.key_file, "next-log"), &origin)?;
    let own = staged.filter(|key| first.vkey == Some(key.vkey().to_string()));
    match own {
        Some(key) if !guarded || settings.given_key.is_none() => {
            let note = note.context("the new log has no checkpoint")?;
            Ok(Begun::Completed(settle(settings, key.vkey(), closed, &note)?))
        }
        Some(_) | None => Ok(Begun::Before { origin }),
    }
}

/// The last known checkpoint of the log: the signing guard's, or otherwise the database's.
async fn prior(transaction: &Transaction, settings: &config::Evidence) -> anyhow::Result<Prior> {
    let stored = store::last_checkpoint(transaction).await?;
    let stored = stored.and_then(|row| bellwether_tlog::note::text(&row.note).ok()?.parse::<Checkpoint>().ok());
    let ring = keys::ring(transaction).await.ok().flatten();
    // A key or guard that is lost or damaged may be the very reason.
    let guard = last_signed_by(settings, ring.as_ref()).ok().flatten();
    let last = guard.into_iter().chain(stored).max_by_key(|checkpoint| checkpoint.size);
    let last = last.context("neither guard nor database holds a checkpoint of the log")?;
    Ok(Prior {
        root: last.root_text(),
        size: last.size,
        origin: last.origin,
    })
}

async fn write_first(transaction: &Transaction, key: &Key, leaf: &Leaf) -> anyhow::Result<String> {
    let bytes = leaf.bytes()?;
    let mut edge = Edge::default();
    edge.push(leaf_hash(&bytes));
    let mut rows = Rows::default();
    rows.leaf(0, &leaf.rec, &leaf.kind, bytes);
    rows.insert(transaction).await?;
    let note = key.sign(&Checkpoint::of(key.name(), &edge));
    store::insert_checkpoint(transaction, 1, &note).await?;
    Ok(note)
}

/// Puts guard and key in place. Harmless when repeated.
fn settle(settings: &config::Evidence, vkey: Vkey, closed: u32, note: &str) -> anyhow::Result<NewLog> {
    let ending = format!("closed-{closed}");
    let (guard, key_file) = (&settings.guard_file, &settings.key_file);
    let mut kept = Vec::new();
    let guard_kept = keys::beside(guard, &ending);
    if guard.exists() && !guard_kept.exists() {
        file::supersede(&keys::beside(guard, "none"), guard, &guard_kept)
            .with_context(|| format!("keeping the signing guard {}", guard.display()))?;
    }
    // What stopped the signing of the closed log does not apply to the new one.
    kept.extend(Halt::of(settings).set_aside(&ending)?);
    file::replace(guard, note.as_bytes()).with_context(|| format!("writing the signing guard {}", guard.display()))?;
    kept.extend(guard_kept.exists().then_some(guard_kept));
    let staged = keys::beside(key_file, "next-log");
    let place = if settings.given_key.is_some() {
        staged
    } else {
        let key_kept = keys::beside(key_file, &ending);
        file::supersede(&staged, key_file, &key_kept)
            .with_context(|| format!("putting the new signing key {} in its place", key_file.display()))?;
        kept.extend(key_kept.exists().then_some(key_kept));
        key_file.clone()
    };
    Ok(NewLog {
        origin: vkey.name().to_owned(),
        vkey,
        closed,
        kept,
        key_file: place,
    })
}
