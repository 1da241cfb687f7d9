//! Checks the live log from end to end: everything is read again and hashed anew.
//!
//! Shares the hashing with the writer, not the writer. Reads in pages within one snapshot, beside a running bot.

use std::collections::VecDeque;

use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::note::Vkey;
use bellwether_tlog::tree::{TILE_WIDTH, Tile, leaf_hash};
use bellwether_tlog::walk::Walk;

use super::guard::GuardError;
use super::report::{Finding, Report};
use super::store as log;
use crate::clock::Millis;
use crate::db::Connection;
#[cfg(test)]
use crate::db::Db;

mod along;
mod leaves;
mod leftovers;
mod live;
mod missing;
mod store;

pub(crate) use along::{Entry, ReadsAlong};
pub(crate) use live::against;
pub(super) use live::closed;
pub use live::{guard, live, signed, with_guard};
use missing::Unexplained;
pub(super) use store::disclosures;
use store::{CheckpointRow, LeafRow};

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

async fn check(
    connection: &impl Connection,
    vkey: Vkey,
    guard: anyhow::Result<Option<Checkpoint>>,
    along: &mut impl ReadsAlong,
) -> anyhow::Result<Report> {
    Reading::new(vkey).report(connection, guard, along).await
}

/// What is remembered along the way.
struct Reading {
    /// The configured key.
    vkey: Vkey,
    walk: Walk,
    report: Report,
    /// When the last leaf was recorded that was not written together with the present one.
    before: Millis,
    /// Size at the last checkpoint that was right.
    signed: u64,
    guard: Option<Checkpoint>,
    /// A tile that differs from what is stored, until a checkpoint shows whether it or a leaf is wrong.
    suspect: Option<Tile>,
    checkpoints: VecDeque<CheckpointRow>,
    last_checkpoint: i64,
    /// Whether this is a closed log: its fields are stored with those of the living log.
    closed: bool,
    unexplained: Unexplained,
}

impl Reading {
    fn new(vkey: Vkey) -> Self {
        Self {
            report: Report {
                origin: vkey.name().to_owned(),
                ..Report::default()
            },
            vkey,
            walk: Walk::default(),
            before: Millis(i64::MIN),
            signed: 0,
            guard: None,
            suspect: None,
            checkpoints: VecDeque::new(),
            last_checkpoint: i64::MIN,
            closed: false,
            unexplained: Unexplained::default(),
        }
    }

    async fn report(
        mut self,
        connection: &impl Connection,
        guard: anyhow::Result<Option<Checkpoint>>,
        along: &mut impl ReadsAlong,
    ) -> anyhow::Result<Report> {
        let outcome = match self.guard(guard) {
            Ok(()) => self.all(connection, along).await,
            Err(stop) => Err(stop),
        };
        self.report.root = self.walk.edge().root();
        match outcome {
            Ok(()) => {}
            Err(Stop::Found(finding)) => self.report.finding = Some(finding),
            Err(Stop::Failed(error)) => return Err(error),
        }
        Ok(self.report)
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

    async fn all(&mut self, connection: &impl Connection, along: &mut impl ReadsAlong) -> Result<(), Stop> {
        along.begin(connection).await?;
        let mut after = i64::MIN;
        loop {
            let page = store::leaves_after(connection, after).await?;
            let Some(last) = page.last() else { break };
            after = last.idx;
            let recs: Vec<&str> = page.iter().map(|row| row.rec.as_str()).collect();
            let mut kept = store::disclosures(connection, &recs).await?;
            let mut entries = Vec::with_capacity(page.len());
            for row in &page {
                let leaf = self.leaf(row)?;
                let fields = self.fields(&leaf, kept.remove(&row.rec).unwrap_or_default())?;
                entries.push(Entry {
                    index: self.walk.size(),
                    at: self.walk.at(),
                    on_time: self.walk.at() > self.before,
                    kind: Kind::named(&leaf.kind),
                    rec: leaf.rec,
                    of: leaf.of,
                    fields,
                });
                self.append(connection, row).await?;
            }
            along.page(connection, entries).await?;
        }
        self.end(connection).await?;
        along.end(connection).await?;
        if self.closed { Ok(()) } else { self.outside() }
    }

    async fn append(&mut self, connection: &impl Connection, row: &LeafRow) -> Result<(), Stop> {
        let tiles = self.walk.push(leaf_hash(&row.leaf));
        self.report.leaves += 1;
        for tile in tiles {
            self.report.tiles += 1;
            let stored = log::tile(connection, tile.level, tile.n).await?;
            if self.suspect.is_none() && stored.as_ref() != Some(&tile.hashes) {
                self.suspect = Some(tile);
            }
        }
        self.checkpoint(connection).await?;
        self.guard_holds()
    }

    /// Checks the checkpoint of the present size, if there is one.
    async fn checkpoint(&mut self, connection: &impl Connection) -> Result<(), Stop> {
        let size = self.walk.size();
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
        let ring = self.walk.ring().ok_or(Finding::Genesis)?;
        let signed = ring.open(&next.note).map_err(|error| wrong(error.to_string()))?;
        if signed.size != size {
            return Err(wrong(format!("signs {} leaves", signed.size)).into());
        }
        if signed.root != self.walk.edge().root() {
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
        let (from, size) = (self.signed, self.walk.size());
        let width = TILE_WIDTH as u64;
        for index in from..size {
            let n = index / width;
            let hashes = match &self.suspect {
                Some(tile) if (tile.level, tile.n) == (0, n) => tile.hashes.as_slice(),
                _ if n == size / width => self.walk.edge().partial(0),
                _ => continue,
            };
            let stored = match log::tile(connection, 0, n).await {
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
            Some(guard) if guard.size == self.walk.size() && guard.root != self.walk.edge().root() => {
                Err(Finding::Guard { signed: guard.size }.into())
            }
            _ => Ok(()),
        }
    }
}

/// The bytes of the first leaves, for tests.
#[cfg(test)]
pub(crate) async fn rows(db: &Db) -> Vec<Vec<u8>> {
    let rows = store::leaves_after(db.reader(), -1).await.expect("the leaves");
    rows.into_iter().map(|row| row.leaf).collect()
}

#[cfg(test)]
mod tests;
