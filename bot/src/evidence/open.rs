//! Opening the log: finds the key in force, and refuses what contradicts the signing guard.

use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::key::Key;
use bellwether_tlog::note::Vkey;

use super::append::Log;
use super::file;
use super::guard::{self, Guard, GuardError, GuardPolicy};
use super::halt::Halt;
use super::key;
use super::keys::{self, Keys, Own};
use super::state::State;
use crate::chance::Chance;
use crate::config;
use crate::db::{Connection, Db};

impl Log {
    /// Opens the log, or prepares the first start: creates key and guard next to an empty log. Entry 0 is written
    /// with the first transaction.
    ///
    /// # Errors
    /// When the key is missing, unreadable, retired or another log's, or the database contradicts the signing guard.
    pub async fn open(db: &Db, settings: &config::Evidence, chance: Chance) -> anyhow::Result<Self> {
        Self::open_with(db, settings, GuardPolicy::Require, chance).await
    }

    /// As [open](Self::open), with a choice of what a missing guard means.
    pub async fn open_with(
        db: &Db,
        settings: &config::Evidence,
        policy: GuardPolicy,
        chance: Chance,
    ) -> anyhow::Result<Self> {
        Halt::of(settings).refuse_from_file()?;
        file::sweep(&settings.guard_file, &[&settings.guard_file, &settings.key_file]);
        // The writing transaction keeps two first starts in line.
        let transaction = db.begin().await?;
        let log = Self::prepare(&transaction, settings, policy, chance).await;
        transaction.rollback().await?;
        log
    }

    /// As [open_with](Self::open_with), inside a transaction that holds the writers' lock.
    pub(super) async fn prepare(
        connection: &impl Connection,
        settings: &config::Evidence,
        policy: GuardPolicy,
        chance: Chance,
    ) -> anyhow::Result<Self> {
        let state = State::read(connection).await?;
        let key = match own_key(settings, &state)? {
            Some(own) => {
                keys::settle(settings, &own, state.ring.as_ref())?;
                own.key
            }
            None => first_key(settings, &chance)?,
        };
        let mut guard = open_guard(settings, policy, &key, &state).await?;
        let trusted = Keys::load(settings)?.trusted(state.ring.as_ref());
        guard.prove(connection, &state.edge, &trusted).await?;
        Ok(Self {
            key,
            guard,
            halt: Halt::of(settings),
            settings: settings.clone(),
            chance,
            state: Some(state),
        })
    }

    /// Says why the log could not be opened, and changes nothing. Says nothing about the key if the first start will
    /// make it.
    pub async fn inspect(db: &Db, settings: &config::Evidence) -> anyhow::Result<Option<Vkey>> {
        let snapshot = db.snapshot().await?;
        let vkey = inspect(&snapshot, settings).await;
        snapshot.rollback().await?;
        vkey
    }
}

/// The key in force; none if the first start will make it. If the database is older than the guard, that is reported
/// first: it is the reason why the log does not know its key any more.
pub(super) fn own_key(settings: &config::Evidence, state: &State) -> anyhow::Result<Option<Own>> {
    let keys = Keys::load(settings)?;
    let trusted = keys.trusted(state.ring.as_ref());
    keys.in_force(state.ring.as_ref()).or_else(|refused| {
        let (path, size) = (&settings.guard_file, state.edge.size());
        match Guard::read(path, &trusted)? {
            Some(last) if last.size > size => {
                let (path, signed) = (path.clone(), last.size);
                Err(GuardError::Shrunk { path, size, signed }.into())
            }
            _ => Err(refused),
        }
    })
}

fn first_key(settings: &config::Evidence, chance: &Chance) -> anyhow::Result<Key> {
    let path = &settings.key_file;
    let key = key::create(path, &settings.origin, chance)?;
    tracing::info!(
        "created the signing key {}; keep this verifier key where nobody here can change it: {}",
        path.display(),
        key.vkey()
    );
    Ok(key)
}

async fn open_guard(
    settings: &config::Evidence,
    policy: GuardPolicy,
    key: &Key,
    state: &State,
) -> anyhow::Result<Guard> {
    let path = &settings.guard_file;
    let trusted = Keys::load(settings)?.trusted(state.ring.as_ref());
    let found = Guard::read(path, &trusted)?;
    let checkpoint = Checkpoint::of(&settings.origin, &state.edge);
    let size = checkpoint.size;
    let note = match (&found, policy) {
        (None, GuardPolicy::Require) if size > 0 => {
            let path = path.clone();
            return Err(GuardError::Missing { path, size }.into());
        }
        (None, GuardPolicy::Accept) if size > 0 => {
            tracing::warn!(
                size,
                "the signing guard was missing and is founded anew on the database as it is"
            );
            state.note.clone()
        }
        // Over no leaves: the file is there before the first commit, so a crash cannot leave a log without it.
        _ => key.sign(&checkpoint),
    };
    Guard::open(path, found, (checkpoint, note)).await
}

async fn inspect(connection: &impl Connection, settings: &config::Evidence) -> anyhow::Result<Option<Vkey>> {
    Halt::of(settings).refuse_from_file()?;
    let state = State::read(connection).await?;
    let path = &settings.guard_file;
    let Some(own) = own_key(settings, &state)? else {
        return Ok(None);
    };
    let trusted = Keys::load(settings)?.trusted(state.ring.as_ref());
    match Guard::read(path, &trusted)? {
        Some(last) => guard::continues(connection, path, &last, &state.edge).await?,
        None if state.edge.size() == 0 => {}
        None => {
            let (path, size) = (path.clone(), state.edge.size());
            return Err(GuardError::Missing { path, size }.into());
        }
    }
    Ok(Some(own.key.vkey()))
}
