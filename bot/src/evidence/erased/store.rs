//! The SQL of erasing again.

use std::collections::HashMap;

use anyhow::Context;
use entity::{log_disclosure, log_leaf};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Erased;
use crate::db::Connection;
use crate::evidence::kind::Kind;
use crate::evidence::leaf::Leaf;
use crate::ids::RecordId;

/// Rows in one statement.
const CHUNK: usize = 1_000;

pub(super) async fn erased(connection: &impl Connection) -> anyhow::Result<Vec<Erased>> {
    let leaves: Vec<Vec<u8>> = log_leaf::Entity::find()
        .select_only()
        .column(log_leaf::Column::Leaf)
        .filter(log_leaf::Column::Kind.eq(Kind::RecordErased.name()))
        .order_by_asc(log_leaf::Column::Idx)
        .into_tuple()
        .all(connection)
        .await
        .context("reading which records were erased")?;
    let mut indexes: Vec<i64> = leaves
        .iter()
        .filter_map(|leaf| Leaf::parse(leaf)?.of)
        .map(|of| of as i64)
        .collect();
    indexes.sort_unstable();
    indexes.dedup();
    let mut found = Vec::with_capacity(indexes.len());
    for chunk in indexes.chunks(CHUNK) {
        let recs: Vec<String> = log_leaf::Entity::find()
            .select_only()
            .column(log_leaf::Column::Rec)
            .filter(log_leaf::Column::Idx.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(connection)
            .await?;
        let mut kept = kept(connection, &recs).await?;
        found.extend(recs.into_iter().map(|rec| Erased {
            kept: kept.remove(&rec).unwrap_or_default(),
            record: RecordId::new(rec),
        }));
    }
    Ok(found)
}

async fn kept(connection: &impl Connection, recs: &[String]) -> anyhow::Result<HashMap<String, Vec<String>>> {
    let rows: Vec<(String, String)> = log_disclosure::Entity::find()
        .select_only()
        .columns([log_disclosure::Column::Rec, log_disclosure::Column::Name])
        .filter(log_disclosure::Column::Rec.is_in(recs.iter().map(String::as_str)))
        .into_tuple()
        .all(connection)
        .await?;
    let mut kept: HashMap<String, Vec<String>> = HashMap::new();
    for (rec, name) in rows {
        kept.entry(rec).or_default().push(name);
    }
    Ok(kept)
}

pub(super) async fn forget(connection: &impl Connection, erased: &[Erased]) -> anyhow::Result<u64> {
    let mut forgotten = 0;
    for one in erased {
        let done = log_disclosure::Entity::delete_many()
            .filter(log_disclosure::Column::Rec.eq(one.record.as_str()))
            .filter(log_disclosure::Column::Name.is_not_in(one.kept.iter().map(String::as_str)))
            .exec(connection)
            .await
            .context("erasing again")?;
        forgotten += done.rows_affected;
    }
    Ok(forgotten)
}
