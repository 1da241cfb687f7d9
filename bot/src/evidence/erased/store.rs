//! The SQL of what a log says of erasures.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use entity::{log_disclosure, log_leaf};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Erased, closed_record};
use crate::db::Connection;
use crate::evidence::disclosure;
use crate::evidence::kind::Kind;
use crate::evidence::leaf::Leaf;
use crate::ids::RecordId;

/// Rows in one statement.
const CHUNK: usize = 1_000;

pub(super) async fn erased(connection: &impl Connection) -> anyhow::Result<Vec<Erased>> {
    let leaves: Vec<(String, Vec<u8>)> = log_leaf::Entity::find()
        .select_only()
        .columns([log_leaf::Column::Rec, log_leaf::Column::Leaf])
        .filter(log_leaf::Column::Kind.eq(Kind::RecordErased.name()))
        .order_by_asc(log_leaf::Column::Idx)
        .into_tuple()
        .all(connection)
        .await
        .context("reading which records were erased")?;
    let (mut indexes, mut unnamed) = (BTreeSet::new(), Vec::new());
    for (rec, leaf) in leaves {
        match Leaf::parse(&leaf).and_then(|leaf| leaf.of) {
            Some(of) => drop(indexes.insert(of as i64)),
            None => unnamed.push(rec),
        }
    }
    let mut recs = of_closed_logs(connection, &unnamed).await?;
    let indexes: Vec<i64> = indexes.into_iter().collect();
    for chunk in indexes.chunks(CHUNK) {
        let more: Vec<String> = log_leaf::Entity::find()
            .select_only()
            .column(log_leaf::Column::Rec)
            .filter(log_leaf::Column::Idx.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(connection)
            .await?;
        recs.extend(more);
    }
    let mut kept = kept(connection, &recs).await?;
    let found = recs.into_iter().map(|rec| Erased {
        kept: kept.remove(&rec).unwrap_or_default(),
        record: RecordId::new(rec),
    });
    Ok(found.collect())
}

/// The records that are named by their ids.
async fn of_closed_logs(connection: &impl Connection, leaves: &[String]) -> anyhow::Result<Vec<String>> {
    let mut found = BTreeSet::new();
    for chunk in leaves.chunks(CHUNK) {
        let told: Vec<String> = log_disclosure::Entity::find()
            .select_only()
            .column(log_disclosure::Column::Disclosure)
            .filter(log_disclosure::Column::Rec.is_in(chunk))
            .filter(log_disclosure::Column::Name.eq("fields"))
            .into_tuple()
            .all(connection)
            .await
            .context("reading which records of closed logs were erased")?;
        let told = told.iter().filter_map(|text| disclosure::read(text));
        found.extend(told.filter_map(|(_, value)| closed_record(&value).map(str::to_owned)));
    }
    Ok(found.into_iter().collect())
}

async fn kept(connection: &impl Connection, recs: &[String]) -> anyhow::Result<HashMap<String, Vec<String>>> {
    let mut kept: HashMap<String, Vec<String>> = HashMap::new();
    for chunk in recs.chunks(CHUNK) {
        let rows: Vec<(String, String)> = log_disclosure::Entity::find()
            .select_only()
            .columns([log_disclosure::Column::Rec, log_disclosure::Column::Name])
            .filter(log_disclosure::Column::Rec.is_in(chunk))
            .into_tuple()
            .all(connection)
            .await?;
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
