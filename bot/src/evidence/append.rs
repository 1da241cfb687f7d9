//! Bringing leaves into the log, inside the ledger's transaction.
//!
//! Nothing is signed unless the stored tree is the one that was signed last, or is proved to continue it. Keys in the
//! database let a second writer fail instead of fork.

use anyhow::Context;
use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::key::Key;
use bellwether_tlog::keyring::Keyring;
use bellwether_tlog::leaf::Leaf;
use bellwether_tlog::note::Vkey;
use bellwether_tlog::tree::{Edge, leaf_hash};

use super::batch::Batch;
use super::guard::Guard;
use super::halt::Halt;
use super::keys::{self, Keys};
use super::open::own_key;
use super::state::State;
use super::store::{self, Rows};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config;
use crate::db::{Connection, Db};

/// The writing side of the log. Only the ledger has one.
#[derive(Debug)]
pub struct Log {
    pub(super) key: Key,
    pub(super) guard: Guard,
    pub(super) halt: Halt,
    pub(super) settings: config::Evidence,
    pub(super) chance: Chance,
    /// As last committed; none if it must be read again.
    pub(super) state: Option<State>,
}

/// The state of the log after a batch, before its transaction has committed.
#[derive(Debug)]
pub(crate) struct Head {
    state: State,
    checkpoint: Checkpoint,
}

impl Head {
    /// Number of leaves.
    pub(super) fn size(&self) -> u64 {
        self.checkpoint.size
    }
}

impl Log {
    /// The verifier key of this log; others must keep a copy of it.
    pub fn vkey(&self) -> Vkey {
        self.key.vkey()
    }

    /// Stops the signing of this log for good, from outside the ledger.
    pub fn halt(&self) -> Halt {
        self.halt.clone()
    }

    /// The keys of the log as last committed; none when it has not begun.
    pub(super) fn ring(&self) -> Option<&Keyring> {
        self.state.as_ref()?.ring.as_ref()
    }

    /// Writes the batch after what is stored; before it entry 0, if the log has not begun. None if there is nothing to
    /// write.
    ///
    /// # Errors
    /// When the database refuses, or the stored tree must not be signed; the transaction must then be rolled back.
    pub(crate) async fn integrate(
        &mut self,
        connection: &impl Connection,
        now: Millis,
        batch: Batch,
    ) -> anyhow::Result<Option<Head>> {
        if batch.is_empty() && !self.is_to_begin() {
            return Ok(None);
        }
        self.halt.refuse_from_file()?;
        self.guard.flush().await?;
        let mut state = self.current(connection).await?;
        state.at = state.at.max(now);
        if state.edge.size() == 0 {
            self.begin(connection, &mut state).await?;
        } else if batch.is_empty() {
            self.state = Some(state);
            return Ok(None);
        }
        if !batch.is_empty() {
            self.append_all(connection, &mut state, batch).await?;
        }
        let checkpoint = Checkpoint::of(self.key.name(), &state.edge);
        Ok(Some(Head { state, checkpoint }))
    }

    /// Whether it is known that nothing is in the log.
    fn is_to_begin(&self) -> bool {
        self.state.as_ref().is_some_and(|state| state.edge.size() == 0)
    }

    /// Writes entry 0, which has a checkpoint to itself.
    async fn begin(&self, connection: &impl Connection, state: &mut State) -> anyhow::Result<()> {
        let vkey = self.key.vkey();
        let genesis = Leaf::genesis(state.at, self.chance.id(), vkey.name(), &vkey.to_string());
        let mut rows = Rows::default();
        append(&mut state.edge, &mut rows, &genesis)?;
        state.ring = Some(Keyring::start(vkey));
        self.seal(connection, state, rows).await
    }

    async fn append_all(&self, connection: &impl Connection, state: &mut State, batch: Batch) -> anyhow::Result<()> {
        let mut rows = Rows::default();
        let base = state.edge.size();
        for (new, earlier) in batch.into_leaves() {
            let of = earlier.and_then(|earlier| earlier.index(base));
            let (leaf, disclosures) = new.seal(state.at, of, &self.chance);
            append(&mut state.edge, &mut rows, &leaf)?;
            for field in disclosures {
                rows.disclosure(&leaf.rec, &field.name, field.text);
            }
        }
        self.seal(connection, state, rows).await
    }

    /// Writes the rows and a signed checkpoint over all leaves.
    async fn seal(&self, connection: &impl Connection, state: &mut State, rows: Rows) -> anyhow::Result<()> {
        rows.insert(connection).await?;
        state.note = self.key.sign(&Checkpoint::of(self.key.name(), &state.edge));
        store::insert_checkpoint(connection, state.edge.size(), &state.note).await
    }

    /// Writes the leaf that hands over to the key `next`, alone, so that its checkpoint is the first that holds it,
    /// and has both keys sign.
    ///
    /// # Errors
    /// As [integrate](Self::integrate); and when there is no log yet.
    pub(super) async fn rotate(
        &mut self,
        connection: &impl Connection,
        now: Millis,
        next: &Key,
    ) -> anyhow::Result<Head> {
        self.halt.refuse_from_file()?;
        self.guard.flush().await?;
        let State { mut edge, at, ring, .. } = self.current(connection).await?;
        let mut ring = ring.context("there is no log yet whose key could be changed")?;
        let (at, index) = (at.max(now), edge.size());
        let (vkey, retires) = (next.vkey().to_string(), self.key.vkey().to_string());
        let leaf = Leaf::rotation(at, self.chance.id(), &vkey, &retires);
        ring.take(index, &leaf)?;
        let mut rows = Rows::default();
        append(&mut edge, &mut rows, &leaf)?;
        rows.insert(connection).await?;
        let checkpoint = Checkpoint::of(self.key.name(), &edge);
        let note = Key::sign_all(&[&self.key, next], &checkpoint);
        store::insert_checkpoint(connection, checkpoint.size, &note).await?;
        let ring = Some(ring);
        let state = State { edge, at, note, ring };
        Ok(Head { state, checkpoint })
    }

    /// The stored state, as remembered if nobody else has written, and safe to sign on.
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
        let state = State::read(connection).await?;
        let trusted = Keys::load(&self.settings)?.trusted(state.ring.as_ref());
        self.guard.prove(connection, &state.edge, &trusted).await?;
        if let Some(ring) = &state.ring
            && *ring.current() != self.key.vkey()
        {
            self.take_up_key(&state)?;
        }
        Ok(state)
    }

    /// Another process has changed the log's key.
    fn take_up_key(&mut self, state: &State) -> anyhow::Result<()> {
        if let Some(own) = own_key(&self.settings, state)? {
            keys::settle(&self.settings, &own, state.ring.as_ref())?;
            self.key = own.key;
            tracing::info!("the log is signed with another key from here on: {}", self.key.vkey());
        }
        Ok(())
    }

    /// Must be called when the batch's transaction has committed, before anybody is told.
    ///
    /// What is committed stays committed if the guard cannot be written; but nothing more is signed until it can be.
    pub(crate) async fn committed(&mut self, head: Head) {
        self.guard.signed(head.checkpoint, head.state.note.clone());
        self.state = Some(head.state);
        if let Err(error) = self.guard.flush().await {
            tracing::error!("{error:#}");
        }
    }

    /// Must be called when it is not certain that the batch's transaction has committed.
    pub(crate) fn forget(&mut self) {
        self.state = None;
    }

    /// Whether the batch is in the database after all, although committing it gave an error.
    pub(crate) async fn landed(&self, db: &Db, head: &Head) -> anyhow::Result<bool> {
        let view = db.settled().await?;
        let note = store::note(&view, head.checkpoint.size).await?;
        view.rollback().await?;
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

#[cfg(test)]
mod tests;
