//! The SQL of checking: everything in pages, and what does not belong there.

use std::collections::HashMap;

use anyhow::Context;
pub(super) use entity::log_checkpoint::Model as CheckpointRow;
pub(in crate::evidence) use entity::log_disclosure::Model as DisclosureRow;
pub(super) use entity::log_leaf::Model as LeafRow;
use entity::{log_checkpoint, log_disclosure, log_leaf, log_tile};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Statement};

use crate::db::Connection;
use crate::evidence::closed::store as closed;

/// Rows in one page.
const PAGE: usize = 1_000;

/// The next leaves after index `after`.
pub(super) async fn leaves_after(connection: &impl Connection, after: i64) -> anyhow::Result<Vec<LeafRow>> {
    log_leaf::Entity::find()
        .filter(log_leaf::Column::Idx.gt(after))
        .order_by(log_leaf::Column::Idx, Order::Asc)
        .limit(PAGE as u64)
        .all(connection)
        .await
        .context("reading leaves")
}

/// The next checkpoints after size `after`.
pub(super) async fn checkpoints_after(connection: &impl Connection, after: i64) -> anyhow::Result<Vec<CheckpointRow>> {
    log_checkpoint::Entity::find()
        .filter(log_checkpoint::Column::Size.gt(after))
        .order_by(log_checkpoint::Column::Size, Order::Asc)
        .limit(PAGE as u64)
        .all(connection)
        .await
        .context("reading checkpoints")
}

/// The disclosures that are kept for the records.
pub(in crate::evidence) async fn disclosures(
    connection: &impl Connection,
    recs: &[&str],
) -> anyhow::Result<HashMap<String, Vec<DisclosureRow>>> {
    let mut found: HashMap<String, Vec<DisclosureRow>> = HashMap::new();
    for chunk in recs.chunks(PAGE) {
        let rows = log_disclosure::Entity::find()
            .filter(log_disclosure::Column::Rec.is_in(chunk.iter().copied()))
            .all(connection)
            .await
            .context("reading disclosures")?;
        for row in rows {
            found.entry(row.rec.clone()).or_default().push(row);
        }
    }
    Ok(found)
}

/// A record that has disclosures but no leaf.
pub(super) async fn stray_disclosure(connection: &impl Connection) -> anyhow::Result<Option<String>> {
    // Not NOT IN: PostgreSQL reads all leaves again for each disclosure once they outgrow its work memory.
    let query = format!(
        "SELECT said.rec FROM log_disclosure AS said WHERE NOT EXISTS \
         (SELECT 1 FROM (SELECT rec FROM log_leaf{}) AS known WHERE known.rec = said.rec) LIMIT 1",
        closed::and_closed_records(connection).await?
    );
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let row = connection
        .query_one_raw(statement)
        .await
        .context("looking for stray disclosures")?;
    row.map(|row| row.try_get_by_index(0)).transpose().map_err(Into::into)
}

/// Level and number of every stored tile.
pub(super) async fn tile_numbers(connection: &impl Connection) -> anyhow::Result<Vec<(i32, i64)>> {
    log_tile::Entity::find()
        .select_only()
        .columns([log_tile::Column::Level, log_tile::Column::N])
        .order_by(log_tile::Column::Level, Order::Asc)
        .order_by(log_tile::Column::N, Order::Asc)
        .into_tuple()
        .all(connection)
        .await
        .context("listing tiles")
}

/// A record that two leaves have. The table's key forbids it, unless somebody has removed the key.
pub(super) async fn record_twice(connection: &impl Connection) -> anyhow::Result<Option<String>> {
    log_leaf::Entity::find()
        .select_only()
        .column(log_leaf::Column::Rec)
        .group_by(log_leaf::Column::Rec)
        .having(log_leaf::Column::Idx.count().gt(1))
        .into_tuple()
        .one(connection)
        .await
        .context("looking for records that occur twice")
}
