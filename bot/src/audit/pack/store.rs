//! The SQL of packs: what goes into one, in pages.

mod handed;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use anyhow::Context;
use entity::{log_anchor, log_checkpoint, log_disclosure, log_leaf, log_publication};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

pub(super) use entity::log_anchor::Model as AnchorRow;
pub use handed::{Handed, packs};
pub(super) use handed::{holds, insert, insert_spans};

use crate::db::Connection;

/// Rows in one page, and values in one condition.
pub(super) const PAGE: u64 = 1_024;

/// Bytes of the leaves with these indexes, in order.
pub(super) async fn leaves(connection: &impl Connection, range: Range<u64>) -> anyhow::Result<Vec<(u64, Vec<u8>)>> {
    let rows: Vec<(i64, Vec<u8>)> = log_leaf::Entity::find()
        .select_only()
        .columns([log_leaf::Column::Idx, log_leaf::Column::Leaf])
        .filter(log_leaf::Column::Idx.gte(range.start as i64))
        .filter(log_leaf::Column::Idx.lt(range.end as i64))
        .order_by(log_leaf::Column::Idx, Order::Asc)
        .into_tuple()
        .all(connection)
        .await
        .context("reading leaves")?;
    Ok(rows.into_iter().map(|(index, leaf)| (index as u64, leaf)).collect())
}

/// Bytes of single leaves; at most [PAGE].
pub(super) async fn leaves_at(
    connection: &impl Connection,
    indexes: impl IntoIterator<Item = u64>,
) -> anyhow::Result<Vec<(u64, Vec<u8>)>> {
    let rows: Vec<(i64, Vec<u8>)> = log_leaf::Entity::find()
        .select_only()
        .columns([log_leaf::Column::Idx, log_leaf::Column::Leaf])
        .filter(log_leaf::Column::Idx.is_in(indexes.into_iter().map(|index| index as i64)))
        .into_tuple()
        .all(connection)
        .await
        .context("reading earlier leaves")?;
    Ok(rows.into_iter().map(|(index, leaf)| (index as u64, leaf)).collect())
}

/// The next leaves of these kinds, at most [PAGE], in order.
pub(super) async fn leaves_of(
    connection: &impl Connection,
    kinds: &[&str],
    range: Range<u64>,
) -> anyhow::Result<Vec<(u64, Vec<u8>)>> {
    let rows: Vec<(i64, Vec<u8>)> = log_leaf::Entity::find()
        .select_only()
        .columns([log_leaf::Column::Idx, log_leaf::Column::Leaf])
        .filter(log_leaf::Column::Idx.gte(range.start as i64))
        .filter(log_leaf::Column::Idx.lt(range.end as i64))
        .filter(log_leaf::Column::Kind.is_in(kinds.iter().copied()))
        .order_by(log_leaf::Column::Idx, Order::Asc)
        .limit(PAGE)
        .into_tuple()
        .all(connection)
        .await
        .context("reading leaves about what was published")?;
    Ok(rows.into_iter().map(|(index, leaf)| (index as u64, leaf)).collect())
}

/// Name and text of a disclosure.
pub(super) type Field = (String, String);

/// What is kept of the records under one of these names; at most [PAGE] records.
pub(super) async fn fields(
    connection: &impl Connection,
    recs: &[String],
    names: &[&str],
) -> anyhow::Result<HashMap<String, Vec<Field>>> {
    let mut found: HashMap<String, Vec<Field>> = HashMap::new();
    if recs.is_empty() || names.is_empty() {
        return Ok(found);
    }
    let rows = log_disclosure::Entity::find()
        .filter(log_disclosure::Column::Rec.is_in(recs))
        .filter(log_disclosure::Column::Name.is_in(names.iter().copied()))
        .order_by(log_disclosure::Column::Name, Order::Asc)
        .all(connection)
        .await
        .context("reading disclosures")?;
    for row in rows {
        found.entry(row.rec).or_default().push((row.name, row.disclosure));
    }
    Ok(found)
}

/// A published checkpoint: its size and its exact bytes.
pub(super) type Published = (u64, String);

/// The next publications after `after` leaves, up to and including `until`.
pub(super) async fn publications(
    connection: &impl Connection,
    after: u64,
    until: u64,
) -> anyhow::Result<Vec<Published>> {
    let rows = log_publication::Entity::find()
        .filter(log_publication::Column::Size.gt(after as i64))
        .filter(log_publication::Column::Size.lte(until as i64))
        .order_by(log_publication::Column::Size, Order::Asc)
        .limit(PAGE)
        .all(connection)
        .await
        .context("reading published checkpoints")?;
    Ok(rows.into_iter().map(|row| (row.size as u64, row.note)).collect())
}

/// The newest publication of less than `before` leaves.
pub(super) async fn publication_before(connection: &impl Connection, before: u64) -> anyhow::Result<Option<Published>> {
    let row = log_publication::Entity::find()
        .filter(log_publication::Column::Size.lt(before as i64))
        .order_by(log_publication::Column::Size, Order::Desc)
        .one(connection)
        .await
        .context("reading the newest published checkpoint")?;
    Ok(row.map(|row| (row.size as u64, row.note)))
}

/// The signed checkpoints of these sizes, published or not.
pub(super) async fn checkpoints(connection: &impl Connection, sizes: &[u64]) -> anyhow::Result<BTreeMap<u64, String>> {
    let rows = log_checkpoint::Entity::find()
        .filter(log_checkpoint::Column::Size.is_in(sizes.iter().map(|size| *size as i64)))
        .all(connection)
        .await
        .context("reading checkpoints")?;
    Ok(rows.into_iter().map(|row| (row.size as u64, row.note)).collect())
}

/// Where copies of the publication of that size went, or will go.
pub(super) async fn anchors(connection: &impl Connection, size: u64) -> anyhow::Result<Vec<AnchorRow>> {
    log_anchor::Entity::find()
        .filter(log_anchor::Column::Size.eq(size as i64))
        .order_by(log_anchor::Column::Target, Order::Asc)
        .all(connection)
        .await
        .context("reading where copies of a checkpoint went")
}

/// Index of the leaf with that record id.
///
/// # Errors
/// When the database does not answer.
pub async fn index_of(connection: &impl Connection, rec: &str) -> anyhow::Result<Option<u64>> {
    let index: Option<i64> = log_leaf::Entity::find()
        .select_only()
        .column(log_leaf::Column::Idx)
        .filter(log_leaf::Column::Rec.eq(rec))
        .into_tuple()
        .one(connection)
        .await
        .context("looking up a record")?;
    Ok(index.map(|index| index as u64))
}
