//! The SQL of publications.

use anyhow::Context;
use entity::log_publication;
use sea_orm::{EntityTrait, QueryOrder};

use crate::clock::Millis;
use crate::db::Connection;
use crate::ledger::Tx;

/// A checkpoint as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Number of leaves.
    pub size: u64,
    /// The signed note, exactly the bytes that went out.
    pub note: String,
    pub published_at: Millis,
}

impl From<log_publication::Model> for Publication {
    fn from(row: log_publication::Model) -> Self {
        Self {
            size: row.size as u64,
            note: row.note,
            published_at: Millis(row.published_at),
        }
    }
}

/// The publication over the most leaves.
pub(in crate::anchors) async fn last_publication(connection: &impl Connection) -> anyhow::Result<Option<Publication>> {
    let row = log_publication::Entity::find()
        .order_by_desc(log_publication::Column::Size)
        .one(connection)
        .await
        .context("reading the last publication")?;
    Ok(row.map(Publication::from))
}

/// The publication of that size.
pub(in crate::anchors) async fn publication(
    connection: &impl Connection,
    size: u64,
) -> anyhow::Result<Option<Publication>> {
    let row = log_publication::Entity::find_by_id(size as i64)
        .one(connection)
        .await
        .with_context(|| format!("reading publication {size}"))?;
    Ok(row.map(Publication::from))
}

/// Fails if that size was published before: the key decides between two processes.
pub(in crate::anchors) async fn insert_publication(tx: &Tx, size: u64, note: &str) -> anyhow::Result<()> {
    let row = log_publication::Model {
        size: size as i64,
        note: note.to_owned(),
        published_at: tx.now().0,
    };
    log_publication::Entity::insert(log_publication::ActiveModel::from(row))
        .exec_without_returning(tx.connection())
        .await
        .with_context(|| format!("writing publication {size}"))?;
    Ok(())
}
