//! Bringing leaves into the log, inside the ledger's transaction.
//!
//! Nothing is signed unless the stored tree is the one that was signed last, or is proved to continue it. Keys in the
//! database let a second writer fail instead of fork.

use anyhow::ensure;

use super::batch::Batch;
use super::checkpoint::Checkpoint;
use super::guard::{self, Guard, GuardError, GuardPolicy};
use super::key::Key;
use super::leaf::Leaf;
use super::note::{Vkey, is_name};
use super::state::State;
use super::store::{self, Rows};
use super::tree::{Edge, leaf_hash};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config;
use crate::db::{Connection, Db};

/// The writing side of the log. Only the ledger has one.
#[derive(Debug)]
pub struct Log {
    key: Key,
    guard: Guard,
    chance: Chance,
    /// As last committed; none when it must be read again.
    state: Option<State>,
}

/// The state of the log after a batch, before its transaction has committed.
#[derive(Debug)]
pub(crate) struct Head {
    state: State,
    checkpoint: Checkpoint,
}

impl Log {
    /// Opens the log, or prepares the first start: creates key and guard next to an empty log. Entry 0 is written
    /// with the first batch.
    ///
    /// # Errors
    /// When the key is missing, unreadable or another log's, or the database contradicts the signing guard.
    pub async fn open(db: &Db, settings: &config::Evidence, chance: Chance) -> anyhow::Result<Self> {
        Self::open_with(db, settings, GuardPolicy::Require, chance).await
    }

    /// As [open](Self::open), with a say in what a missing guard means.
    pub async fn open_with(
        db: &Db,
        settings: &config::Evidence,
        policy: GuardPolicy,
        chance: Chance,
    ) -> anyhow::Result<Self> {
        // The writing transaction keeps two first starts in line.
        let transaction = db.begin().await?;
        let empty = store::last_leaf(&transaction).await?.is_none();
        let key = key(settings, empty, &chance)?;
        let state = State::read(&transaction, &key.vkey()).await?;
        let guard = open_guard(settings, policy, &key, &state).await?;
        let mut log = Self {
            key,
            guard,
            chance,
            state: None,
        };
        log.guard.prove(&transaction, &state.edge).await?;
        transaction.rollback().await?;
        log.state = Some(state);
        Ok(log)
    }

    /// Says why the log could not be opened, and changes nothing. None of the key when the first start will make it.
    pub async fn inspect(db: &Db, settings: &config::Evidence) -> anyhow::Result<Option<Vkey>> {
        let snapshot = db.snapshot().await?;
        let vkey = inspect(&snapshot, settings).await;
        snapshot.rollback().await?;
        vkey
    }

    /// The key that checks this log's signatures; others must keep a copy of it.
    pub fn vkey(&self) -> Vkey {
        self.key.vkey()
    }

    /// Writes the batch behind what is stored. None when there is nothing to write.
    ///
    /// # Errors
    /// When the database refuses, or the stored tree must not be signed; the transaction must then be rolled back.
    pub(crate) async fn integrate(
        &mut self,
        connection: &impl Connection,
        now: Millis,
        batch: Batch,
    ) -> anyhow::Result<Option<Head>> {
        if batch.is_empty() {
            return Ok(None);
        }
        self.guard.flush().await?;
        let State { mut edge, at, .. } = self.current(connection).await?;
        let at = at.max(now);
        let mut rows = Rows::default();
        if edge.size() == 0 {
            let vkey = self.key.vkey();
            let genesis = Leaf::genesis(at, self.chance.id(), vkey.name(), &vkey.to_string());
            append(&mut edge, &mut rows, &genesis)?;
        }
        let base = edge.size();
        for (new, earlier) in batch.into_leaves() {
            let of = earlier.map(|earlier| earlier.index(base));
            let (leaf, disclosures) = new.seal(at, of, &self.chance);
            append(&mut edge, &mut rows, &leaf)?;
            for field in disclosures {
                rows.disclosure(&leaf.rec, field.name, field.text);
            }
        }
        rows.insert(connection).await?;
        let checkpoint = Checkpoint::of(&self.key.name, &edge);
        let note = self.key.sign(&checkpoint);
        store::insert_checkpoint(connection, checkpoint.size, &note).await?;
        let state = State { edge, at, note };
        Ok(Some(Head { state, checkpoint }))
    }

    /// The stored state, as remembered when nobody else has written, and safe to sign on.
    async fn current(&mut self, connection: &impl Connection) -> anyhow::Result<State> {
        let stored = store::last_checkpoint(connection).await?;
        let (size, note) = stored.map_or((0, String::new()), |row| (row.size as u64, row.note));
        if let Some(state) = &self.state
            && state.edge.size() == size
            && state.note == note
            && self.guard.knows(&state.edge)
        {
            return Ok(state.clone());
        }
        let state = State::read(connection, &self.key.vkey()).await?;
        self.guard.prove(connection, &state.edge).await?;
        Ok(state)
    }

    /// To be called when the batch's transaction has committed, before anybody hears of it.
    ///
    /// What is committed stays so when the guard cannot be written; but nothing more is signed until it can.
    pub(crate) async fn committed(&mut self, head: Head) {
        self.guard.signed(head.checkpoint, head.state.note.clone());
        self.state = Some(head.state);
        if let Err(error) = self.guard.flush().await {
            tracing::error!("{error:#}");
        }
    }

    /// To be called when it is not sure that the batch's transaction has committed.
    pub(crate) fn forget(&mut self) {
        self.state = None;
    }

    /// Whether the batch is in the database after all, although committing it gave an error.
    pub(crate) async fn landed(&self, db: &Db, head: &Head) -> anyhow::Result<bool> {
        // Waits until a transaction that may still be ending on the server has ended.
        let transaction = db.begin().await?;
        let note = store::note(&transaction, head.checkpoint.size).await?;
        transaction.rollback().await?;
        Ok(note.as_ref() == Some(&head.state.note))
    }
}

fn append(edge: &mut Edge, rows: &mut Rows, leaf: &Leaf) -> anyhow::Result<()> {
    let bytes = leaf.bytes()?;
    let index = edge.size();
    for tile in edge.push(leaf_hash(&bytes)) {
        rows.tile(&tile);
    }
    rows.leaf(index, &leaf.rec, &leaf.kind, bytes);
    Ok(())
}

/// The configured key; none when the first start will make it.
fn existing_key(settings: &config::Evidence, empty: bool) -> anyhow::Result<Option<Key>> {
    let (path, origin) = (&settings.key_file, &settings.origin);
    ensure!(
        is_name(origin),
        "evidence.origin is {origin:?}; it must be 1 to 200 printable ASCII characters without blanks and +, such as \
         bellwether.example.org/log"
    );
    let key = Key::load(path, origin)?;
    ensure!(
        key.is_some() || empty,
        "the signing key {} is missing, but the database holds a log signed with it. Restore the file; a new key \
         cannot continue the log",
        path.display()
    );
    Ok(key)
}

fn key(settings: &config::Evidence, empty: bool, chance: &Chance) -> anyhow::Result<Key> {
    if let Some(key) = existing_key(settings, empty)? {
        return Ok(key);
    }
    let path = &settings.key_file;
    let key = Key::create(path, &settings.origin, chance)?;
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
    let found = Guard::read(path, &key.vkey())?;
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
    Guard::open(path, key.vkey(), found, (checkpoint, note)).await
}

async fn inspect(connection: &impl Connection, settings: &config::Evidence) -> anyhow::Result<Option<Vkey>> {
    let empty = store::last_leaf(connection).await?.is_none();
    let path = &settings.guard_file;
    let Some(key) = existing_key(settings, empty)? else {
        return Ok(None);
    };
    let state = State::read(connection, &key.vkey()).await?;
    match Guard::read(path, &key.vkey())? {
        Some(last) => guard::continues(connection, path, &last, &state.edge).await?,
        None if empty => {}
        None => {
            let (path, size) = (path.clone(), state.edge.size());
            return Err(GuardError::Missing { path, size }.into());
        }
    }
    Ok(Some(key.vkey()))
}

#[cfg(test)]
mod tests;
