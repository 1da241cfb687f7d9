//! Records and their fields.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use entity::{log_disclosure, log_leaf};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::CHUNK;
use crate::db::Connection;

/// Leaves in one page.
const PAGE: u64 = 1_000;

/// A leaf as it is stored.
pub(in crate::erasure) use entity::log_leaf::Model as LeafRow;

/// The next leaves after an index.
pub(in crate::erasure) async fn leaves_after(connection: &impl Connection, after: i64) -> anyhow::Result<Vec<LeafRow>> {
    log_leaf::Entity::find()
        .filter(log_leaf::Column::Idx.gt(after))
        .order_by_asc(log_leaf::Column::Idx)
        .limit(PAGE)
        .all(connection)
        .await
        .context("reading leaves")
}

/// The leaves of these records.
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
        found.extend(rows);
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

/// The fields that disclose exactly this value: record and name.
pub(in crate::erasure) async fn disclosing(
    connection: &impl Connection,
    value: &str,
) -> anyhow::Result<Vec<(String, String)>> {
    let names: Vec<String> = log_disclosure::Entity::find()
        .select_only()
        .column(log_disclosure::Column::Name)
        .distinct()
        .into_tuple()
        .all(connection)
        .await
        .context("reading the names of fields")?;
    let mut found = Vec::new();
    for name in names {
        // A disclosure is base64url of ["SALT","NAME","VALUE"], and the salt has 43 characters: what comes before the
        // salt's closing quote fills 15 groups of three bytes, so that the rest has base64 of its own, from the
        // 61st character on.
        let rest = BASE64URL.encode(format!(
            "\",{},{}]",
            serde_json::to_string(&name)?,
            serde_json::to_string(value)?
        ));
        let rows: Vec<(String, String)> = log_disclosure::Entity::find()
            .select_only()
            .columns([log_disclosure::Column::Rec, log_disclosure::Column::Name])
            .filter(log_disclosure::Column::Name.eq(&name))
            .filter(Expr::cust("substr(disclosure, 61)").eq(rest))
            .into_tuple()
            .all(connection)
            .await
            .context("looking for fields by their value")?;
        found.extend(rows);
    }
    Ok(found)
}

/// The disclosures of a record, by name.
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
