//! Checks the live log from end to end: everything is read again and hashed anew.
//!
//! Shares the hashing with the writer, not the writer. Reads in pages within one snapshot, beside a running bot.

use std::collections::{BTreeMap, VecDeque};

use anyhow::Context;

use super::checkpoint::Checkpoint;
use super::disclosure;
use super::guard::{Guard, GuardError};
use super::key::Key;
use super::kind::Kind;
use super::leaf::Leaf;
use super::note::Vkey;
use super::report::{Finding, Report};
use super::store::{self, CheckpointRow, DisclosureRow, LeafRow};
use super::tree::{Edge, TILE_HEIGHT, TILE_WIDTH, Tile, leaf_hash};
use crate::clock::Millis;
use crate::config;
use crate::db::{Connection, Db};

/// Why checking ended before the end.
enum Stop {
    Found(Finding),
    Failed(anyhow::Error),
}

impl From<Finding> for Stop {
    fn from(finding: Finding) -> Self {
        Self::Found(finding)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Checks the log in the database against the configured key and signing guard.
///
/// # Errors
/// When it cannot be checked: no key, no database. What does not hold is in the report.
pub async fn live(db: &Db, settings: &config::Evidence) -> anyhow::Result<Report> {
    let key = Key::load(&settings.key_file, &settings.origin)?.with_context(|| {
        format!(
            "the signing key {} is missing; it is needed to check the signatures",
            settings.key_file.display()
        )
    })?;
    // Read before the snapshot is taken, so that the snapshot is at least as new.
    let guard = Guard::read(&settings.guard_file, &key.vkey());
    let snapshot = db.snapshot().await?;
    let report = check(&snapshot, key.vkey(), guard).await;
    snapshot.rollback().await?;
    report
}

async fn check(
    connection: &impl Connection,
    vkey: Vkey,
    guard: anyhow::Result<Option<Checkpoint>>,
) -> anyhow::Result<Report> {
    let mut walk = Walk::new(vkey);
    let outcome = match walk.guard(guard) {
        Ok(()) => walk.all(connection).await,
        Err(stop) => Err(stop),
    };
    walk.report.root = walk.edge.root();
    match outcome {
        Ok(()) => {}
        Err(Stop::Found(finding)) => walk.report.finding = Some(finding),
        Err(Stop::Failed(error)) => return Err(error),
    }
    Ok(walk.report)
}

struct Walk {
    vkey: Vkey,
    report: Report,
    edge: Edge,
    /// When the last leaf was recorded.
    at: Millis,
    /// Size at the last checkpoint that held.
    signed: u64,
    guard: Option<Checkpoint>,
    /// A tile that differs from what is stored, until a checkpoint tells whether it or a leaf is wrong.
    suspect: Option<Tile>,
    checkpoints: VecDeque<CheckpointRow>,
    last_checkpoint: i64,
    /// Leaves that lack fields and whose erasure has not come yet, with the number of fields.
    incomplete: BTreeMap<u64, u64>,
}

impl Walk {
    fn new(vkey: Vkey) -> Self {
        Self {
            report: Report {
                origin: vkey.name().to_owned(),
                ..Report::default()
            },
            vkey,
            edge: Edge::default(),
            at: Millis(i64::MIN),
            signed: 0,
            guard: None,
            suspect: None,
            checkpoints: VecDeque::new(),
            last_checkpoint: i64::MIN,
            incomplete: BTreeMap::new(),
        }
    }

    fn guard(&mut self, found: anyhow::Result<Option<Checkpoint>>) -> Result<(), Stop> {
        match found {
            Ok(found) => self.guard = found,
            Err(error) => match error.downcast::<GuardError>() {
                Ok(GuardError::Damaged { reason, .. }) => return Err(Finding::GuardDamaged(reason).into()),
                Ok(other) => return Err(Stop::Failed(other.into())),
                Err(error) => return Err(Stop::Failed(error)),
            },
        }
        self.guard_holds()
    }

    async fn all(&mut self, connection: &impl Connection) -> Result<(), Stop> {
        let mut after = i64::MIN;
        loop {
            let page = store::leaves_after(connection, after).await?;
            let Some(last) = page.last() else { break };
            after = last.idx;
            let recs: Vec<&str> = page.iter().map(|row| row.rec.as_str()).collect();
            let mut kept = store::disclosures(connection, &recs).await?;
            for row in &page {
                let leaf = self.leaf(row)?;
                self.fields(&leaf, kept.remove(&row.rec).unwrap_or_default())?;
                self.append(connection, row).await?;
            }
        }
        self.end(connection).await
    }

    /// Checks the leaf for itself and against those before it.
    fn leaf(&mut self, row: &LeafRow) -> Result<Leaf, Finding> {
        let index = self.edge.size();
        if row.idx < 0 {
            return Err(Finding::LeafIndex(row.idx));
        }
        if row.idx as u64 != index {
            return Err(Finding::LeafMissing(index));
        }
        let leaf = Leaf::parse(&row.leaf).ok_or(Finding::LeafForm(index))?;
        if leaf.rec != row.rec {
            return Err(Finding::LeafColumn { index, column: "rec" });
        }
        if leaf.kind != row.kind {
            return Err(Finding::LeafColumn { index, column: "kind" });
        }
        let at = leaf.recorded_at().ok_or(Finding::LeafForm(index))?;
        if at < self.at {
            return Err(Finding::LeafTime(index));
        }
        self.at = at;
        if let Some(of) = leaf.of
            && of >= index
        {
            return Err(Finding::LeafReference { index, of });
        }
        let genesis = index == 0;
        let names = (leaf.origin.as_deref(), leaf.vkey.as_deref());
        let vkey = self.vkey.to_string();
        let expected = if genesis {
            (Some(self.vkey.name()), Some(vkey.as_str()))
        } else {
            (None, None)
        };
        if names != expected || (leaf.kind == Kind::LogGenesis.name()) != genesis {
            return Err(Finding::Genesis);
        }
        Ok(leaf)
    }

    /// Checks that the kept fields are those that the leaf commits to.
    fn fields(&mut self, leaf: &Leaf, kept: Vec<DisclosureRow>) -> Result<(), Finding> {
        let index = self.edge.size();
        // A kind of a later version has fields that this one cannot name.
        let names = Kind::named(&leaf.kind).map(Kind::fields);
        if names.is_some_and(|names| names.len() != leaf.sd.len()) {
            return Err(Finding::LeafFields(index));
        }
        let missing = leaf.sd.len().saturating_sub(kept.len()) as u64;
        for row in kept {
            let named = disclosure::read(&row.disclosure).is_some_and(|(name, _)| name == row.name);
            let known = names.is_none_or(|names| names.contains(&row.name.as_str()));
            if !named || !known || !leaf.sd.contains(&disclosure::digest(&row.disclosure)) {
                return Err(Finding::Disclosure { index, name: row.name });
            }
            self.report.disclosed += 1;
        }
        if missing > 0 {
            self.incomplete.insert(index, missing);
        }
        if leaf.kind == Kind::RecordErased.name()
            && let Some(of) = leaf.of
        {
            self.report.erased += self.incomplete.remove(&of).unwrap_or(0);
        }
        Ok(())
    }

    async fn append(&mut self, connection: &impl Connection, row: &LeafRow) -> Result<(), Stop> {
        let tiles = self.edge.push(leaf_hash(&row.leaf));
        self.report.leaves += 1;
        for tile in tiles {
            self.report.tiles += 1;
            let stored = store::tile(connection, tile.level, tile.n).await?;
            if self.suspect.is_none() && stored.as_ref() != Some(&tile.hashes) {
                self.suspect = Some(tile);
            }
        }
        self.checkpoint(connection).await?;
        self.guard_holds()
    }

    /// Checks the checkpoint of the present size, if there is one.
    async fn checkpoint(&mut self, connection: &impl Connection) -> Result<(), Stop> {
        let size = self.edge.size();
        if self.checkpoints.is_empty() {
            self.checkpoints = store::checkpoints_after(connection, self.last_checkpoint).await?.into();
        }
        let Some(next) = self.checkpoints.front().filter(|next| next.size <= size as i64) else {
            return Ok(());
        };
        let wrong = |reason: String| Finding::Checkpoint {
            size: next.size,
            reason,
        };
        if next.size != size as i64 {
            return Err(wrong("covers no number of leaves that a log can have".to_owned()).into());
        }
        let signed = Checkpoint::open(&next.note, &self.vkey).map_err(|error| wrong(error.to_string()))?;
        if signed.size != size {
            return Err(wrong(format!("signs {} leaves", signed.size)).into());
        }
        if signed.root != self.edge.root() {
            return Err(self.blame(connection).await);
        }
        self.last_checkpoint = next.size;
        self.signed = size;
        self.report.checkpoints += 1;
        self.checkpoints.pop_front();
        self.no_suspect()
    }

    fn no_suspect(&self) -> Result<(), Stop> {
        match self.suspect {
            Some(Tile { level, n, .. }) => Err(Finding::Tile { level, n }.into()),
            None => Ok(()),
        }
    }

    /// Narrows a wrong root down to a leaf, where the leaf's tile is full and so was stored.
    async fn blame(&self, connection: &impl Connection) -> Stop {
        let (from, size) = (self.signed, self.edge.size());
        let width = TILE_WIDTH as u64;
        for index in from..size {
            let n = index / width;
            let hashes = match &self.suspect {
                Some(tile) if (tile.level, tile.n) == (0, n) => tile.hashes.as_slice(),
                _ if n == size / width => self.edge.partial(0),
                _ => continue,
            };
            let stored = match store::tile(connection, 0, n).await {
                Ok(stored) => stored,
                Err(error) => return error.into(),
            };
            let place = (index % width) as usize;
            if stored.is_some_and(|stored| stored[place] != hashes[place]) {
                return Finding::LeafChanged(index).into();
            }
        }
        Finding::Root { from, size }.into()
    }

    fn guard_holds(&self) -> Result<(), Stop> {
        match &self.guard {
            Some(guard) if guard.size == self.edge.size() && guard.root != self.edge.root() => {
                Err(Finding::Guard { signed: guard.size }.into())
            }
            _ => Ok(()),
        }
    }

    /// Checks that nothing is left over, and nothing left out.
    async fn end(&mut self, connection: &impl Connection) -> Result<(), Stop> {
        let size = self.edge.size();
        if self.checkpoints.is_empty() {
            self.checkpoints = store::checkpoints_after(connection, self.last_checkpoint).await?.into();
        }
        if let Some(left) = self.checkpoints.front() {
            let reason = format!("covers more than the {size} leaves that are there");
            return Err(Finding::Checkpoint {
                size: left.size,
                reason,
            }
            .into());
        }
        self.no_suspect()?;
        if self.signed != size {
            return Err(Finding::Unsigned(size - self.signed).into());
        }
        match &self.guard {
            None if size > 0 => return Err(Finding::GuardMissing.into()),
            Some(guard) if guard.size > size => return Err(Finding::Guard { signed: guard.size }.into()),
            _ => {}
        }
        for (level, n) in store::tile_numbers(connection).await? {
            let tiles = size.checked_shr(TILE_HEIGHT * (level.unsigned_abs() + 1)).unwrap_or(0);
            if level < 0 || n < 0 || n as u64 >= tiles {
                return Err(Finding::TileStray { level, n }.into());
            }
        }
        if let Some(rec) = store::record_twice(connection).await? {
            return Err(Finding::RecordTwice(rec).into());
        }
        if let Some(rec) = store::stray_disclosure(connection).await? {
            return Err(Finding::DisclosureStray(rec).into());
        }
        match self.incomplete.keys().next() {
            Some(index) => Err(Finding::DisclosureMissing(*index).into()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
