//! The SQL of the evidence log.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Context;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::tree::{Edge, Hash, TILE_WIDTH, Tile, leaf_hash, root_of, tile_hashes};
use entity::{log_checkpoint, log_disclosure, log_leaf, log_tile};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

pub(crate) use entity::log_checkpoint::Model as CheckpointRow;
pub(crate) use entity::log_leaf::Model as LeafRow;

use super::guard::GuardError;
use crate::db::Connection;
use crate::ids::RecordId;

/// Rows in one statement; SQLite takes at most 32,766 values.
const CHUNK: usize = 1_000;

/// What a batch adds.
#[derive(Default)]
pub(super) struct Rows {
    leaves: Vec<log_leaf::ActiveModel>,
    disclosures: Vec<log_disclosure::ActiveModel>,
    tiles: Vec<log_tile::ActiveModel>,
}

impl Rows {
    pub(super) fn leaf(&mut self, idx: u64, rec: &str, kind: &str, leaf: Vec<u8>) {
        self.leaves.push(log_leaf::ActiveModel {
            idx: Set(idx as i64),
            rec: Set(rec.to_owned()),
            kind: Set(kind.to_owned()),
            leaf: Set(leaf),
        });
    }

    pub(super) fn disclosure(&mut self, rec: &str, name: &str, disclosure: String) {
        self.disclosures.push(log_disclosure::ActiveModel {
            rec: Set(rec.to_owned()),
            name: Set(name.to_owned()),
            disclosure: Set(disclosure),
        });
    }

    pub(super) fn tile(&mut self, tile: &Tile) {
        self.tiles.push(log_tile::ActiveModel {
            level: Set(i32::from(tile.level)),
            n: Set(tile.n as i64),
            data: Set(tile.bytes()),
        });
    }

    pub(super) async fn insert(self, connection: &impl Connection) -> anyhow::Result<()> {
        insert::<log_leaf::Entity, _>(connection, self.leaves)
            .await
            .context("writing leaves")?;
        insert::<log_disclosure::Entity, _>(connection, self.disclosures)
            .await
            .context("writing disclosures")?;
        insert::<log_tile::Entity, _>(connection, self.tiles)
            .await
            .context("writing tiles")
    }
}

async fn insert<E, A>(connection: &impl Connection, rows: Vec<A>) -> anyhow::Result<()>
where
    E: EntityTrait,
    A: sea_orm::ActiveModelTrait<Entity = E>,
{
    let mut rows = rows.into_iter();
    loop {
        let chunk: Vec<A> = rows.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        E::insert_many(chunk).exec_without_returning(connection).await?;
    }
}

pub(super) async fn insert_checkpoint(connection: &impl Connection, size: u64, note: &str) -> anyhow::Result<()> {
    let row = log_checkpoint::ActiveModel {
        size: Set(size as i64),
        note: Set(note.to_owned()),
    };
    log_checkpoint::Entity::insert(row)
        .exec_without_returning(connection)
        .await
        .context("writing the checkpoint")?;
    Ok(())
}

/// Index and bytes of the last leaf.
pub(super) async fn last_leaf(connection: &impl Connection) -> anyhow::Result<Option<LeafRow>> {
    log_leaf::Entity::find()
        .order_by(log_leaf::Column::Idx, Order::Desc)
        .one(connection)
        .await
        .context("reading the last leaf")
}

/// Leaf 0.
pub(super) async fn first_leaf(connection: &impl Connection) -> anyhow::Result<Option<LeafRow>> {
    log_leaf::Entity::find_by_id(0)
        .one(connection)
        .await
        .context("reading the first leaf")
}

/// Whether there is a leaf from index `from` on that is of another kind.
pub(super) async fn holds_other_than(connection: &impl Connection, from: u64, kind: &str) -> anyhow::Result<bool> {
    let found: Option<i64> = log_leaf::Entity::find()
        .select_only()
        .column(log_leaf::Column::Idx)
        .filter(log_leaf::Column::Idx.gte(from as i64))
        .filter(log_leaf::Column::Kind.ne(kind))
        .limit(1)
        .into_tuple()
        .one(connection)
        .await
        .context("looking for what is new in the log")?;
    Ok(found.is_some())
}

/// The last leaf of a kind.
pub(crate) async fn last_of_kind(connection: &impl Connection, kind: &str) -> anyhow::Result<Option<LeafRow>> {
    log_leaf::Entity::find()
        .filter(log_leaf::Column::Kind.eq(kind))
        .order_by(log_leaf::Column::Idx, Order::Desc)
        .one(connection)
        .await
        .context("reading the last leaf of a kind")
}

/// The indexes of the leaves of a kind from this one on, newest first.
pub(super) async fn of_kind(connection: &impl Connection, kind: &str, from: i64) -> anyhow::Result<Vec<u64>> {
    let indexes: Vec<i64> = log_leaf::Entity::find()
        .select_only()
        .column(log_leaf::Column::Idx)
        .filter(log_leaf::Column::Idx.gte(from))
        .filter(log_leaf::Column::Kind.eq(kind))
        .order_by(log_leaf::Column::Idx, Order::Desc)
        .into_tuple()
        .all(connection)
        .await
        .context("reading the leaves of a kind")?;
    Ok(indexes.into_iter().map(|index| index as u64).collect())
}

/// The leaves that name the log's keys: entry 0, then the rotations in their order.
pub(super) async fn leaves_with_keys(connection: &impl Connection) -> anyhow::Result<Vec<LeafRow>> {
    log_leaf::Entity::find()
        .filter(
            Condition::any()
                .add(log_leaf::Column::Idx.eq(0))
                .add(log_leaf::Column::Kind.eq(Kind::KeyRotated.name())),
        )
        .order_by(log_leaf::Column::Idx, Order::Asc)
        .all(connection)
        .await
        .context("reading the leaves that name the log's keys")
}

/// The record of the leaf at that index.
pub(super) async fn record(connection: &impl Connection, index: u64) -> anyhow::Result<Option<RecordId>> {
    let rec: Option<String> = log_leaf::Entity::find_by_id(index as i64)
        .select_only()
        .column(log_leaf::Column::Rec)
        .into_tuple()
        .one(connection)
        .await
        .context("reading a leaf's record")?;
    Ok(rec.map(RecordId::new))
}

/// The leaf of a record.
pub(super) async fn leaf_of(connection: &impl Connection, rec: &str) -> anyhow::Result<Option<LeafRow>> {
    log_leaf::Entity::find()
        .filter(log_leaf::Column::Rec.eq(rec))
        .one(connection)
        .await
        .context("looking up a record")
}

/// The leaf of an index.
pub(super) async fn leaf_at(connection: &impl Connection, index: u64) -> anyhow::Result<Option<LeafRow>> {
    let Ok(index) = i64::try_from(index) else {
        return Ok(None);
    };
    log_leaf::Entity::find_by_id(index)
        .one(connection)
        .await
        .context("reading a leaf")
}

/// The disclosures that are kept for a record, in the order of their names.
pub(crate) async fn disclosures_of(connection: &impl Connection, rec: &str) -> anyhow::Result<Vec<String>> {
    log_disclosure::Entity::find()
        .select_only()
        .column(log_disclosure::Column::Disclosure)
        .filter(log_disclosure::Column::Rec.eq(rec))
        .order_by(log_disclosure::Column::Name, Order::Asc)
        .into_tuple()
        .all(connection)
        .await
        .context("reading disclosures")
}

/// The checkpoint of the largest tree.
pub(crate) async fn last_checkpoint(connection: &impl Connection) -> anyhow::Result<Option<CheckpointRow>> {
    log_checkpoint::Entity::find()
        .order_by(log_checkpoint::Column::Size, Order::Desc)
        .one(connection)
        .await
        .context("reading the last checkpoint")
}

/// The note of the checkpoint of that size.
pub(super) async fn note(connection: &impl Connection, size: u64) -> anyhow::Result<Option<String>> {
    let row = log_checkpoint::Entity::find_by_id(size as i64)
        .one(connection)
        .await
        .context("reading a checkpoint")?;
    Ok(row.map(|row| row.note))
}

/// The indexes of those records that are in the log.
pub(crate) async fn indexes(connection: &impl Connection, recs: &[&str]) -> anyhow::Result<HashMap<String, u64>> {
    let mut found = HashMap::new();
    for chunk in recs.chunks(CHUNK) {
        let rows: Vec<(String, i64)> = log_leaf::Entity::find()
            .select_only()
            .columns([log_leaf::Column::Rec, log_leaf::Column::Idx])
            .filter(log_leaf::Column::Rec.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(connection)
            .await
            .context("looking up records")?;
        found.extend(rows.into_iter().map(|(rec, idx)| (rec, idx as u64)));
    }
    Ok(found)
}

/// Rebuilds the right edge of the tree with `size` leaves from less than a tile's worth of each level.
pub(crate) async fn edge(connection: &impl Connection, size: u64) -> anyhow::Result<Edge> {
    let width = TILE_WIDTH as u64;
    let unfinished = |count: u64| count - count % width..count;
    let leaves = leaves(connection, unfinished(size)).await?;
    let mut levels: Vec<Vec<Hash>> = vec![leaves.iter().map(|leaf| leaf_hash(leaf)).collect()];
    let mut tiles = size / width;
    while tiles > 0 {
        let level = levels.len() as i32 - 1;
        let rows: Vec<Vec<u8>> = log_tile::Entity::find()
            .select_only()
            .column(log_tile::Column::Data)
            .filter(log_tile::Column::Level.eq(level))
            .filter(within(log_tile::Column::N, unfinished(tiles)))
            .order_by(log_tile::Column::N, Order::Asc)
            .into_tuple()
            .all(connection)
            .await
            .context("reading the last tiles")?;
        let roots: Option<Vec<Hash>> = rows
            .iter()
            .map(|data| tile_hashes(data).map(|hashes| root_of(&hashes)))
            .collect();
        let roots = roots.ok_or_else(|| unsound(format!("a tile of level {level} has a wrong length")));
        levels.push(roots?);
        tiles /= width;
    }
    Edge::from_parts(size, levels).ok_or_else(|| unsound("leaves or tiles are missing".to_owned()).into())
}

const fn unsound(reason: String) -> GuardError {
    GuardError::Unsound { reason }
}

/// The bytes of these leaves, in order; those that are not there are left out.
pub(super) async fn leaves(connection: &impl Connection, range: std::ops::Range<u64>) -> anyhow::Result<Vec<Vec<u8>>> {
    log_leaf::Entity::find()
        .select_only()
        .column(log_leaf::Column::Leaf)
        .filter(within(log_leaf::Column::Idx, range))
        .order_by(log_leaf::Column::Idx, Order::Asc)
        .into_tuple()
        .all(connection)
        .await
        .context("reading leaves")
}

fn within(column: impl ColumnTrait, range: std::ops::Range<u64>) -> Condition {
    Condition::all()
        .add(column.gte(range.start as i64))
        .add(column.lt(range.end as i64))
}

/// Those of the full tiles that are stored and whole.
pub(super) async fn tiles(
    connection: &impl Connection,
    wanted: &BTreeSet<(u8, u64)>,
) -> anyhow::Result<BTreeMap<(u8, u64), Vec<Hash>>> {
    let mut found = BTreeMap::new();
    for (level, n) in wanted {
        if let Some(hashes) = tile(connection, *level, *n).await? {
            found.insert((*level, *n), hashes);
        }
    }
    Ok(found)
}

/// The hashes of a stored tile; none when it is missing or its length is wrong.
pub(crate) async fn tile(connection: &impl Connection, level: u8, n: u64) -> anyhow::Result<Option<Vec<Hash>>> {
    let row = log_tile::Entity::find_by_id((i32::from(level), n as i64))
        .one(connection)
        .await
        .context("reading a tile")?;
    Ok(row.and_then(|row| tile_hashes(&row.data)))
}
