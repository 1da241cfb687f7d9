//! The SQL of recovering: reading another database of the log, and setting a closed log aside.

use std::collections::BTreeMap;

use anyhow::Context;
use entity::{log_checkpoint, log_disclosure, log_leaf};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Connection;
use crate::evidence::store as log;

pub(super) async fn head(connection: &impl Connection) -> anyhow::Result<Option<String>> {
    Ok(log::last_checkpoint(connection).await?.map(|row| row.note))
}

/// The bytes of this many leaves from an index on, up to the first that is missing.
pub(super) async fn leaves(connection: &impl Connection, from: u64, most: u64) -> anyhow::Result<Vec<Vec<u8>>> {
    let rows: Vec<(i64, Vec<u8>)> = log_leaf::Entity::find()
        .select_only()
        .columns([log_leaf::Column::Idx, log_leaf::Column::Leaf])
        .filter(log_leaf::Column::Idx.gte(from as i64))
        .order_by_asc(log_leaf::Column::Idx)
        .limit(most)
        .into_tuple()
        .all(connection)
        .await
        .context("reading leaves")?;
    let expected = from as i64..;
    let together = rows.into_iter().zip(expected);
    Ok(together
        .take_while(|((found, _), index)| found == index)
        .map(|((_, leaf), _)| leaf)
        .collect())
}

pub(super) async fn notes(connection: &impl Connection, after: u64) -> anyhow::Result<BTreeMap<u64, String>> {
    let rows = log_checkpoint::Entity::find()
        .filter(log_checkpoint::Column::Size.gt(after as i64))
        .all(connection)
        .await
        .context("reading checkpoints")?;
    Ok(rows.into_iter().map(|row| (row.size as u64, row.note)).collect())
}

pub(super) async fn fields(connection: &impl Connection, rec: &str) -> anyhow::Result<Vec<String>> {
    log_disclosure::Entity::find()
        .select_only()
        .column(log_disclosure::Column::Disclosure)
        .filter(log_disclosure::Column::Rec.eq(rec))
        .order_by_asc(log_disclosure::Column::Name)
        .into_tuple()
        .all(connection)
        .await
        .context("reading disclosures")
}
