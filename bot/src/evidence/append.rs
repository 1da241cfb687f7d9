//! Bringing leaves into the log, inside the ledger's transaction.
//!
//! Nothing is signed unless the stored tree is the one that was signed last, or is proved to continue it. Keys in the
//! database let a second writer fail instead of fork.

use anyhow::{Context, bail, ensure};

use super::batch::Batch;
use super::checkpoint::Checkpoint;
use super::guard::{Guard, GuardError, GuardPolicy};
use super::key::Key;
use super::leaf::Leaf;
use super::note::{Vkey, is_name};
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

/// The log as it is stored.
#[derive(Clone, Debug, Default)]
struct State {
    edge: Edge,
    /// When the last leaf was recorded.
    at: Millis,
    /// The note of the checkpoint over all leaves; empty when there is none.
    note: String,
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
        let origin = &settings.origin;
        ensure!(
            is_name(origin),
            "evidence.origin is {origin:?}; it must be 1 to 200 printable ASCII characters without blanks and +, such \
             as bellwether.example.org/log"
        );
        // The writing transaction keeps two first starts in line.
        let transaction = db.begin().await?;
        let empty = store::last_leaf(&transaction).await?.is_none();
        let key = key(settings, empty, &chance)?;
        let state = State::read(&transaction, &key.vkey()).await?;
        let guard = guard(settings, policy, &key, &state).await?;
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

impl State {
    async fn read(connection: &impl Connection, vkey: &Vkey) -> anyhow::Result<Self> {
        let last = store::last_leaf(connection).await?;
        let checkpoint = store::last_checkpoint(connection).await?;
        let (leaf, checkpoint) = match (last, checkpoint) {
            (None, None) => return Ok(Self::default()),
            (Some(leaf), Some(checkpoint)) if leaf.idx + 1 == checkpoint.size => (leaf, checkpoint),
            (leaf, checkpoint) => bail!(
                "the log in the database is damaged: it holds {} leaves but its last checkpoint is over {}. Run \
                 `bellwether evidence verify` and restore an unchanged database",
                leaf.map_or(0, |leaf| leaf.idx + 1),
                checkpoint.map_or(0, |checkpoint| checkpoint.size)
            ),
        };
        let size = checkpoint.size as u64;
        let edge = store::edge(connection, size).await?;
        let signed = Checkpoint::open(&checkpoint.note, vkey).with_context(|| {
            format!(
                "the last checkpoint in the database, over {size} leaves, was not signed with the configured key. Two \
                 programs with different keys, or a key that was replaced: set evidence.key_file to the log's own key"
            )
        })?;
        ensure!(
            signed == Checkpoint::of(vkey.name(), &edge),
            "the log in the database is damaged: its {size} leaves do not have the root that was signed. Run \
             `bellwether evidence verify` to find the place, and restore an unchanged database"
        );
        let at = Leaf::parse(&leaf.leaf).and_then(|leaf| leaf.recorded_at());
        let at = at.with_context(|| format!("the last leaf, {}, cannot be read", leaf.idx))?;
        let note = checkpoint.note;
        Ok(Self { edge, at, note })
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

fn key(settings: &config::Evidence, empty: bool, chance: &Chance) -> anyhow::Result<Key> {
    let path = &settings.key_file;
    if let Some(key) = Key::load(path, &settings.origin)? {
        return Ok(key);
    }
    ensure!(
        empty,
        "the signing key {} is missing, but the database holds a log signed with it. Restore the file; a new key \
         cannot continue the log",
        path.display()
    );
    let key = Key::create(path, &settings.origin, chance)?;
    tracing::info!(
        "created the signing key {}; keep this verifier key where nobody here can change it: {}",
        path.display(),
        key.vkey()
    );
    Ok(key)
}

async fn guard(settings: &config::Evidence, policy: GuardPolicy, key: &Key, state: &State) -> anyhow::Result<Guard> {
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

#[cfg(test)]
mod tests;
