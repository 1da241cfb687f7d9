//! Refilling what is missing, in one transaction: every leaf of the source is hashed again, and nothing is kept unless
//! its tree is the signed one and continues both the database and the signing guard.

mod again;
mod note;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, ensure};
use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::disclosure;
use bellwether_tlog::erased::{self, Named, Told};
use bellwether_tlog::keyring::Keyring;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::leaf::Leaf;
use bellwether_tlog::tree::{Edge, TILE_WIDTH, leaf_hash};

use super::source::Source;
use super::{Standing, compare, last_signed};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config;
use crate::db::{Db, Transaction};
use crate::evidence::keys::Keys;
use crate::evidence::state::State;
use crate::evidence::store::{self, Rows};

/// The outcome of refilling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refill {
    Done(Refilled),
    /// The database is not shorter than what was signed.
    NotShort(Standing),
    /// The source ends before what was signed.
    TooShort {
        source: u64,
        signed: u64,
    },
}

/// What was, or would be, brought back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refilled {
    /// Leaves in the database before.
    pub from: u64,
    /// Leaves in the source.
    pub to: u64,
    pub checkpoints: u64,
    pub fields: u64,
    /// Fields of those leaves that the source does not have.
    pub lost: u64,
    /// Fields that were erased since, and were erased again.
    pub erased: u64,
}

/// Brings the missing leaves back, with tiles, checkpoints and fields as far as the source has them, and leaves a leaf
/// `log.recovered` that says so. Rows of answers and cycles cannot come back. With `keep` false nothing is changed.
///
/// # Errors
/// When the source does not hold the signed log, or the database cannot be written; then nothing is changed.
pub async fn refill(
    db: &Db,
    settings: &config::Evidence,
    source: &Source,
    (now, chance): (Millis, &Chance),
    keep: bool,
) -> anyhow::Result<Refill> {
    let transaction = db.begin().await?;
    let refilled = match prepare(&transaction, settings, source).await {
        Ok(Ok(pass)) => pass.run().await,
        Ok(Err(refused)) => {
            transaction.rollback().await?;
            return Ok(refused);
        }
        Err(error) => Err(error),
    };
    match refilled {
        Ok(refilled) if keep => {
            note::note(transaction, settings, (now, chance), source, refilled).await?;
            Ok(Refill::Done(refilled))
        }
        refilled => {
            transaction.rollback().await?;
            Ok(Refill::Done(refilled?))
        }
    }
}

async fn prepare<'a>(
    transaction: &'a Transaction,
    settings: &'a config::Evidence,
    source: &'a Source,
) -> anyhow::Result<Result<Pass<'a>, Refill>> {
    let standing = compare(transaction, settings).await?;
    let Standing::Short { signed, .. } = standing else {
        return Ok(Err(Refill::NotShort(standing)));
    };
    let state = State::read(transaction).await?;
    let guard = last_signed(settings, &state)?.context("the signing guard is gone")?;
    let note = source.head().await?;
    let head: Checkpoint = bellwether_tlog::note::text(&note)?.parse()?;
    if head.size < signed {
        let source = head.size;
        return Ok(Err(Refill::TooShort { source, signed }));
    }
    let mut notes = source.notes(state.edge.size()).await?;
    notes.insert(head.size, note);
    Ok(Ok(Pass {
        transaction,
        settings,
        source,
        before: state.edge,
        guard,
        size: head.size,
        notes,
        edge: Edge::default(),
        ring: None,
        erased: BTreeMap::new(),
        told: Refilled::default(),
    }))
}

/// One walk over the source's leaves.
struct Pass<'a> {
    transaction: &'a Transaction,
    settings: &'a config::Evidence,
    source: &'a Source,
    /// The tree in the database.
    before: Edge,
    guard: Checkpoint,
    /// Leaves in the source.
    size: u64,
    notes: BTreeMap<u64, String>,
    edge: Edge,
    ring: Option<Keyring>,
    /// The records that the missing leaves say were erased, and which of their fields, if that is known.
    erased: BTreeMap<Named, Option<BTreeSet<String>>>,
    told: Refilled,
}

impl Pass<'_> {
    async fn run(mut self) -> anyhow::Result<Refilled> {
        self.told.from = self.before.size();
        self.told.to = self.size;
        for n in 0..self.size.div_ceil(TILE_WIDTH as u64) {
            let mut rows = Rows::default();
            for bytes in self.source.leaves(n, self.size).await? {
                self.leaf(bytes, &mut rows).await?;
            }
            rows.insert(self.transaction).await?;
        }
        let ring = self.ring.as_ref().context("the source holds no leaf")?;
        let own = Keys::load(self.settings)?.in_force(Some(ring))?;
        ensure!(own.is_some(), "the log's own key is not at hand");
        self.erase_again().await?;
        Ok(self.told)
    }

    async fn leaf(&mut self, bytes: Vec<u8>, rows: &mut Rows) -> anyhow::Result<()> {
        let index = self.edge.size();
        let leaf = Leaf::parse(&bytes).with_context(|| format!("leaf {index} of the source is not a leaf"))?;
        if let Some(ring) = &mut self.ring {
            ring.take(index, &leaf)?;
        } else {
            let vkey = leaf.vkey.as_deref().and_then(|vkey| vkey.parse().ok());
            self.ring = Some(Keyring::start(vkey.context("leaf 0 of the source names no key")?));
        }
        let missing = index >= self.before.size();
        let tiles = self.edge.push(leaf_hash(&bytes));
        if missing {
            for tile in &tiles {
                rows.tile(tile);
            }
            self.fields(index, &leaf, rows).await?;
            rows.leaf(index, &leaf.rec, &leaf.kind, bytes);
        }
        self.check().await
    }

    async fn fields(&mut self, index: u64, leaf: &Leaf, rows: &mut Rows) -> anyhow::Result<()> {
        let mut fields = Vec::new();
        for text in self.source.fields(index, &leaf.rec).await? {
            let field = disclosure::read(&text).filter(|_| leaf.commits_to(&text));
            let field =
                field.with_context(|| format!("a field of leaf {index} in the source does not belong to it"))?;
            rows.disclosure(&leaf.rec, &field.0, text);
            fields.push(field);
        }
        let known = Kind::named(&leaf.kind).map(Kind::fields);
        let wanted = known.map_or(leaf.sd.len(), <[_]>::len);
        let there = fields
            .iter()
            .filter(|(name, _)| known.is_none_or(|known| known.contains(&name.as_str())));
        self.told.lost += wanted.saturating_sub(there.count()) as u64;
        self.told.fields += fields.len() as u64;
        for Told { record, fields, .. } in erased::told(leaf, &fields) {
            let names = self.erased.entry(record).or_insert_with(|| Some(BTreeSet::new()));
            // If one erasure of the record does not say which fields, nobody knows.
            *names = names.take().zip(fields).map(|(one, other)| &one | &other);
        }
        Ok(())
    }

    /// Compares the tree so far with whatever is known about this size.
    async fn check(&mut self) -> anyhow::Result<()> {
        let size = self.edge.size();
        ensure!(
            size != self.before.size() || self.edge == self.before,
            "the first {size} leaves of the source are not those of the database"
        );
        ensure!(
            size != self.guard.size || self.edge.root() == self.guard.root,
            "the source is another log than the one that was signed: it differs within the first {size} leaves"
        );
        let Some(note) = self.notes.remove(&size) else {
            return Ok(());
        };
        let ring = self.ring.as_ref().context("the source holds no leaf")?;
        let signed = ring
            .open(&note)
            .with_context(|| format!("the source's checkpoint {size}"))?;
        ensure!(
            signed.root == self.edge.root(),
            "the first {size} leaves of the source do not have the root that its checkpoint signs"
        );
        self.told.checkpoints += 1;
        store::insert_checkpoint(self.transaction, size, &note).await
    }
}
