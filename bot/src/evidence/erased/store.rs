//! The SQL of what a log says about erasures.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use bellwether_tlog::disclosure;
use bellwether_tlog::erased::{Named, Told, told};
use bellwether_tlog::kind::Kind;
use bellwether_tlog::leaf::Leaf;
use entity::{log_disclosure, log_leaf};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Erased, Said};
use crate::db::Connection;
use crate::ids::RecordId;

/// Rows in one statement.
const CHUNK: usize = 1_000;

/// What the log says about erased records from this index on, in order.
pub(crate) async fn erased_since(connection: &impl Connection, index: u64) -> anyhow::Result<Vec<Told>> {
    let which = Condition::all().add(log_leaf::Column::Idx.gte(index as i64));
    let said = said(connection, which).await?;
    Ok(said.into_iter().map(|said| said.told).collect())
}

/// What the first `size` leaves say about erased records, in order.
pub(crate) async fn said_before(connection: &impl Connection, size: u64) -> anyhow::Result<Vec<Said>> {
    said(connection, Condition::all().add(log_leaf::Column::Idx.lt(size as i64))).await
}

async fn said(connection: &impl Connection, which: Condition) -> anyhow::Result<Vec<Said>> {
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_erasure()).map(Kind::name);
    let rows: Vec<(i64, Vec<u8>)> = log_leaf::Entity::find()
        .select_only()
        .columns([log_leaf::Column::Idx, log_leaf::Column::Leaf])
        .filter(which)
        .filter(log_leaf::Column::Kind.is_in(kinds))
        .order_by_asc(log_leaf::Column::Idx)
        .into_tuple()
        .all(connection)
        .await
        .context("reading which records were erased")?;
    let leaves: Vec<(u64, Leaf)> = rows
        .iter()
        .filter_map(|(index, leaf)| Some((*index as u64, Leaf::parse(leaf)?)))
        .collect();
    let recs: Vec<&str> = leaves.iter().map(|(_, leaf)| leaf.rec.as_str()).collect();
    let mut texts = texts(connection, &recs).await?;
    let mut found = Vec::new();
    for (index, leaf) in &leaves {
        let mut texts = texts.remove(&leaf.rec).unwrap_or_default();
        // Somebody who can write to the database can put rows here, but no digests into the leaf.
        texts.retain(|_, text| leaf.commits_to(text));
        let fields: Vec<_> = texts.values().filter_map(|text| disclosure::read(text)).collect();
        for told in told(leaf, &fields) {
            let text = texts.remove(&told.by);
            let index = *index;
            found.push(Said { index, told, text });
        }
    }
    Ok(found)
}

/// What is kept of these records, by the names of the fields.
async fn texts(
    connection: &impl Connection,
    recs: &[&str],
) -> anyhow::Result<HashMap<String, HashMap<String, String>>> {
    let mut found: HashMap<String, HashMap<String, String>> = HashMap::new();
    for chunk in recs.chunks(CHUNK) {
        let rows = log_disclosure::Entity::find()
            .filter(log_disclosure::Column::Rec.is_in(chunk.iter().copied()))
            .all(connection)
            .await
            .context("reading which records were erased")?;
        for row in rows {
            found.entry(row.rec).or_default().insert(row.name, row.disclosure);
        }
    }
    Ok(found)
}

pub(super) async fn erased(connection: &impl Connection) -> anyhow::Result<Vec<Erased>> {
    let (mut indexes, mut recs) = (BTreeSet::new(), BTreeSet::new());
    for told in erased_since(connection, 0).await? {
        match told.record {
            Named::Index(index) => drop(indexes.insert(index)),
            Named::Record(record) => drop(recs.insert(record)),
        }
    }
    recs.extend(records(connection, indexes).await?.into_values());
    let recs: Vec<String> = recs.into_iter().collect();
    let mut kept = kept(connection, &recs).await?;
    let found = recs.into_iter().map(|rec| Erased {
        kept: kept.remove(&rec).unwrap_or_default(),
        record: RecordId::new(rec),
    });
    Ok(found.collect())
}

/// The ids of the records with these indexes.
pub(in crate::evidence) async fn records(
    connection: &impl Connection,
    indexes: impl IntoIterator<Item = u64>,
) -> anyhow::Result<HashMap<u64, String>> {
    let indexes: Vec<i64> = indexes.into_iter().map(|index| index as i64).collect();
    let mut found = HashMap::new();
    for chunk in indexes.chunks(CHUNK) {
        let rows: Vec<(i64, String)> = log_leaf::Entity::find()
            .select_only()
            .columns([log_leaf::Column::Idx, log_leaf::Column::Rec])
            .filter(log_leaf::Column::Idx.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(connection)
            .await
            .context("looking up erased records")?;
        found.extend(rows.into_iter().map(|(index, rec)| (index as u64, rec)));
    }
    Ok(found)
}

/// The names of the fields of these records that are kept.
pub(in crate::evidence) async fn kept(
    connection: &impl Connection,
    recs: &[String],
) -> anyhow::Result<HashMap<String, Vec<String>>> {
    let mut kept: HashMap<String, Vec<String>> = HashMap::new();
    for chunk in recs.chunks(CHUNK) {
        let rows: Vec<(String, String)> = log_disclosure::Entity::find()
            .select_only()
            .columns([log_disclosure::Column::Rec, log_disclosure::Column::Name])
            .filter(log_disclosure::Column::Rec.is_in(chunk))
            .into_tuple()
            .all(connection)
            .await
            .context("reading which fields are kept")?;
        for (rec, name) in rows {
            kept.entry(rec).or_default().push(name);
        }
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
