//! The SQL of the Merkle tree: full tiles, and the leaves that are in none yet.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use bellwether_tlog::tree::{Edge, Hash, TILE_WIDTH, leaf_hash, root_of, tile_hashes};
use entity::{log_leaf, log_tile};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Connection;
use crate::evidence::guard::GuardError;

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
pub(in crate::evidence) async fn leaves(
    connection: &impl Connection,
    range: std::ops::Range<u64>,
) -> anyhow::Result<Vec<Vec<u8>>> {
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
pub(in crate::evidence) async fn tiles(
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

/// The hashes of a stored tile; none if it is missing or its length is wrong.
pub(crate) async fn tile(connection: &impl Connection, level: u8, n: u64) -> anyhow::Result<Option<Vec<Hash>>> {
    let row = log_tile::Entity::find_by_id((i32::from(level), n as i64))
        .one(connection)
        .await
        .context("reading a tile")?;
    Ok(row.and_then(|row| tile_hashes(&row.data)))
}
