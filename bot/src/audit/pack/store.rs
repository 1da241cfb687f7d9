//! The SQL of packs: what goes into one, in pages, and the register of those that were handed out.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use anyhow::Context;
use entity::{log_anchor, log_checkpoint, log_disclosure, log_leaf, log_pack, log_pack_span, log_publication};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

pub(super) use entity::log_anchor::Model as AnchorRow;

use crate::clock::Millis;
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

/// Notes that the pack holds something of the leaves in these ranges, ends included.
pub(super) async fn insert_spans(connection: &impl Connection, pack: &str, spans: &[(u64, u64)]) -> anyhow::Result<()> {
    let rows = spans.iter().map(|(first, last)| log_pack_span::Model {
        pack: pack.to_owned(),
        first: *first as i64,
        last: *last as i64,
    });
    log_pack_span::Entity::insert_many(rows.map(log_pack_span::ActiveModel::from))
        .exec_without_returning(connection)
        .await
        .context("noting which records a pack discloses")?;
    Ok(())
}

/// Whether the pack holds something of that leaf.
pub(super) async fn holds(connection: &impl Connection, pack: &str, index: u64) -> anyhow::Result<bool> {
    let row = log_pack_span::Entity::find()
        .filter(log_pack_span::Column::Pack.eq(pack))
        .filter(log_pack_span::Column::First.lte(index as i64))
        .filter(log_pack_span::Column::Last.gte(index as i64))
        .one(connection)
        .await
        .context("looking up a record in a pack")?;
    Ok(row.is_some())
}

pub(super) async fn insert(connection: &impl Connection, pack: &Handed) -> anyhow::Result<()> {
    let row = log_pack::Model {
        rec: pack.rec.clone(),
        origin: pack.origin.clone(),
        at: pack.at.0,
        to_whom: pack.to_whom.clone(),
        scope: pack.scope.clone(),
        fields: pack.fields.clone(),
        size: pack.size as i64,
        records: pack.records as i64,
        sha256: pack.sha256.clone(),
    };
    log_pack::Entity::insert(log_pack::ActiveModel::from(row))
        .exec_without_returning(connection)
        .await
        .context("noting a pack")?;
    Ok(())
}

/// A pack that discloses something, as it is in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Record id of its leaf.
    pub rec: String,
    /// Name of the log; a closed one has another name than the one that took its place.
    pub origin: String,
    pub at: Millis,
    pub to_whom: String,
    /// Which records were asked for, in words.
    pub scope: String,
    /// Names of the fields that were disclosed, with commas between.
    pub fields: String,
    /// Leaves of the log that the pack holds.
    pub size: u64,
    /// Records of which it discloses something.
    pub records: u64,
    /// SHA-256 of its SHA256SUMS, hexadecimal.
    pub sha256: String,
}

/// The packs that were handed out, oldest first; with a leaf, by its log's name and its index, only those that disclose
/// something of it.
///
/// # Errors
/// When the database does not answer.
pub async fn packs(connection: &impl Connection, leaf: Option<(&str, u64)>) -> anyhow::Result<Vec<Handed>> {
    let mut query = log_pack::Entity::find()
        .order_by(log_pack::Column::At, Order::Asc)
        .order_by(log_pack::Column::Rec, Order::Asc);
    if let Some((origin, index)) = leaf {
        let holding: Vec<String> = log_pack_span::Entity::find()
            .select_only()
            .distinct()
            .column(log_pack_span::Column::Pack)
            .filter(log_pack_span::Column::First.lte(index as i64))
            .filter(log_pack_span::Column::Last.gte(index as i64))
            .into_tuple()
            .all(connection)
            .await
            .context("looking up the packs that hold a record")?;
        query = query
            .filter(log_pack::Column::Origin.eq(origin))
            .filter(log_pack::Column::Rec.is_in(holding));
    }
    let rows = query.all(connection).await.context("listing packs")?;
    let handed = rows.into_iter().map(|row| Handed {
        rec: row.rec,
        origin: row.origin,
        at: Millis(row.at),
        to_whom: row.to_whom,
        scope: row.scope,
        fields: row.fields,
        size: row.size as u64,
        records: row.records as u64,
        sha256: row.sha256,
    });
    Ok(handed.collect())
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
