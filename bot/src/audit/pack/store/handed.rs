//! The register of packs that were handed out, and of which leaves each holds something.

use anyhow::Context;
use entity::{log_pack, log_pack_span};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use crate::clock::Millis;
use crate::db::Connection;

/// Notes that the pack holds something of the leaves in these ranges, ends included.
pub(in crate::audit::pack) async fn insert_spans(
    connection: &impl Connection,
    pack: &str,
    spans: &[(u64, u64)],
) -> anyhow::Result<()> {
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
pub(in crate::audit::pack) async fn holds(
    connection: &impl Connection,
    pack: &str,
    index: u64,
) -> anyhow::Result<bool> {
    let row = log_pack_span::Entity::find()
        .filter(log_pack_span::Column::Pack.eq(pack))
        .filter(log_pack_span::Column::First.lte(index as i64))
        .filter(log_pack_span::Column::Last.gte(index as i64))
        .one(connection)
        .await
        .context("looking up a record in a pack")?;
    Ok(row.is_some())
}

pub(in crate::audit::pack) async fn insert(connection: &impl Connection, pack: &Handed) -> anyhow::Result<()> {
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

/// A pack that discloses something, as the register has it.
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
