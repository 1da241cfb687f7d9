//! The SQL of the evidence log.

mod tiles;

use std::collections::HashMap;

use anyhow::Context;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::tree::Tile;
use entity::{log_checkpoint, log_disclosure, log_leaf, log_tile};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect};

pub(crate) use entity::log_checkpoint::Model as CheckpointRow;
pub(crate) use entity::log_leaf::Model as LeafRow;
pub(crate) use tiles::{edge, tile};
pub(super) use tiles::{leaves, tiles};

use crate::db::Connection;
use crate::ids::RecordId;

/// Rows in one statement; SQLite takes at most 32,766 values.
const CHUNK: usize = 1_000;

/// What a batch adds.
#[derive(Default)]
pub(super) struct Rows {
    leaves: Vec<log_leaf::Model>,
    disclosures: Vec<log_disclosure::Model>,
    tiles: Vec<log_tile::Model>,
}

impl Rows {
    pub(super) fn leaf(&mut self, idx: u64, rec: &str, kind: &str, leaf: Vec<u8>) {
        self.leaves.push(log_leaf::Model {
            idx: idx as i64,
            rec: rec.to_owned(),
            kind: kind.to_owned(),
            leaf,
        });
    }

    pub(super) fn disclosure(&mut self, rec: &str, name: &str, disclosure: String) {
        self.disclosures.push(log_disclosure::Model {
            rec: rec.to_owned(),
            name: name.to_owned(),
            disclosure,
        });
    }

    pub(super) fn tile(&mut self, tile: &Tile) {
        self.tiles.push(log_tile::Model {
            level: i32::from(tile.level),
            n: tile.n as i64,
            data: tile.bytes(),
        });
    }

    pub(super) async fn insert(self, connection: &impl Connection) -> anyhow::Result<()> {
        insert::<log_leaf::Entity>(connection, self.leaves)
            .await
            .context("writing leaves")?;
        insert::<log_disclosure::Entity>(connection, self.disclosures)
            .await
            .context("writing disclosures")?;
        insert::<log_tile::Entity>(connection, self.tiles)
            .await
            .context("writing tiles")
    }
}

async fn insert<E: EntityTrait>(connection: &impl Connection, rows: Vec<E::Model>) -> anyhow::Result<()>
where
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    loop {
        let chunk: Vec<E::ActiveModel> = rows.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        E::insert_many(chunk).exec_without_returning(connection).await?;
    }
}

pub(super) async fn insert_checkpoint(connection: &impl Connection, size: u64, note: &str) -> anyhow::Result<()> {
    let row = log_checkpoint::Model {
        size: size as i64,
        note: note.to_owned(),
    };
    log_checkpoint::Entity::insert(log_checkpoint::ActiveModel::from(row))
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
