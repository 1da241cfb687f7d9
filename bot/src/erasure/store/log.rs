//! Records and their fields, in the log and in those that were closed.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use entity::{log_disclosure, log_leaf};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

use super::CHUNK;
use crate::db::Connection;
use crate::erasure::plan::Which;
use crate::evidence;

/// Leaves in one page.
const PAGE: u64 = 1_000;

/// A leaf as it is stored.
#[derive(Clone, Debug)]
pub(in crate::erasure) struct LeafRow {
    pub log: Which,
    pub idx: i64,
    pub rec: String,
    pub kind: String,
    pub leaf: Vec<u8>,
}

fn row(log: Which, model: log_leaf::Model) -> LeafRow {
    let log_leaf::Model { idx, rec, kind, leaf } = model;
    LeafRow {
        log,
        idx,
        rec,
        kind,
        leaf,
    }
}

/// The index of the last leaf; -1 without leaves.
pub(in crate::erasure) async fn last_index(connection: &impl Connection) -> anyhow::Result<i64> {
    let last: Option<i64> = log_leaf::Entity::find()
        .select_only()
        .column(log_leaf::Column::Idx)
        .order_by(log_leaf::Column::Idx, Order::Desc)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await
        .context("reading the log's end")?;
    Ok(last.unwrap_or(-1))
}

/// The next leaves of a log after an index, a page of them.
pub(in crate::erasure) async fn leaves_after(
    connection: &impl Connection,
    log: Which,
    after: i64,
) -> anyhow::Result<Vec<LeafRow>> {
    let page = match log {
        Which::Closed(number) => evidence::closed_leaves_after(connection, number, after, PAGE).await?,
        Which::Living => log_leaf::Entity::find()
            .filter(log_leaf::Column::Idx.gt(after))
            .order_by_asc(log_leaf::Column::Idx)
            .limit(PAGE)
            .all(connection)
            .await
            .context("reading leaves")?,
    };
    Ok(page.into_iter().map(|model| row(log, model)).collect())
}

/// The leaves of these records, wherever they are.
pub(in crate::erasure) async fn leaves_of(
    connection: &impl Connection,
    recs: &[String],
) -> anyhow::Result<Vec<LeafRow>> {
    let mut found = Vec::new();
    for chunk in recs.chunks(CHUNK) {
        let rows = log_leaf::Entity::find()
            .filter(log_leaf::Column::Rec.is_in(chunk))
            .all(connection)
            .await
            .context("looking up records")?;
        found.extend(rows.into_iter().map(|model| row(Which::Living, model)));
    }
    if found.len() < recs.len() {
        for number in evidence::closed(connection).await? {
            let rows = evidence::closed_leaves_of(connection, number, recs).await?;
            found.extend(rows.into_iter().map(|model| row(Which::Closed(number), model)));
        }
    }
    Ok(found)
}

/// Which fields of these records can still be read: names by record.
pub(in crate::erasure) async fn kept(
    connection: &impl Connection,
    recs: &[String],
) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut kept: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
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
            kept.entry(rec).or_default().insert(name);
        }
    }
    Ok(kept)
}

/// The disclosures of those fields, by name and value: record and name. Reads all that are kept or, if records are
/// given, those of these records alone.
pub(in crate::erasure) async fn disclosing(
    connection: &impl Connection,
    fields: &[(&str, String)],
    among: Option<&[String]>,
) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for chunk in fields.chunks(CHUNK) {
        let rests: Result<Vec<String>, _> = chunk.iter().map(|(name, value)| rest(name, value)).collect();
        let says = Condition::all().add(Expr::cust("substr(disclosure, 61)").is_in(rests?));
        let Some(recs) = among else {
            found.extend(naming(connection, says).await?);
            continue;
        };
        for chunk in recs.chunks(CHUNK) {
            let here = says.clone().add(log_disclosure::Column::Rec.is_in(chunk));
            found.extend(naming(connection, here).await?);
        }
    }
    Ok(found)
}

/// What a disclosure of this field ends with, from the 61st character on. It is base64url of `["SALT","NAME","VALUE"]`,
/// and the salt has 43 characters: what comes before the salt's closing quote fills 15 groups of three bytes, so that
/// the rest has base64 of its own.
fn rest(name: &str, value: &str) -> anyhow::Result<String> {
    let (name, value) = (serde_json::to_string(name)?, serde_json::to_string(value)?);
    Ok(BASE64URL.encode(format!("\",{name},{value}]")))
}

async fn naming(connection: &impl Connection, condition: Condition) -> anyhow::Result<Vec<(String, String)>> {
    log_disclosure::Entity::find()
        .select_only()
        .columns([log_disclosure::Column::Rec, log_disclosure::Column::Name])
        .filter(condition)
        .into_tuple()
        .all(connection)
        .await
        .context("looking for fields by their value")
}

/// The disclosures of a record.
pub(in crate::erasure) async fn disclosures(connection: &impl Connection, rec: &str) -> anyhow::Result<Vec<String>> {
    log_disclosure::Entity::find()
        .select_only()
        .column(log_disclosure::Column::Disclosure)
        .filter(log_disclosure::Column::Rec.eq(rec))
        .into_tuple()
        .all(connection)
        .await
        .context("reading disclosures")
}

/// Destroys salts and values of these records' fields. Returns how many there were.
pub(in crate::erasure) async fn delete_disclosures(
    connection: &impl Connection,
    recs: &[String],
    names: &BTreeSet<String>,
) -> anyhow::Result<u64> {
    let mut gone = 0;
    for chunk in recs.chunks(CHUNK) {
        let deleted = log_disclosure::Entity::delete_many()
            .filter(log_disclosure::Column::Rec.is_in(chunk))
            .filter(log_disclosure::Column::Name.is_in(names))
            .exec(connection)
            .await
            .context("deleting disclosures")?;
        gone += deleted.rows_affected;
    }
    Ok(gone)
}
