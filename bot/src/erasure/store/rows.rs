//! Finding rows in the tables that features declare erasable.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use sea_orm::TryGetableMany;
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement};

use super::CHUNK;
use crate::db::Connection;
use crate::erasable::{Emptied, Erasable, Field, Whose};
use crate::erasure::plan::{Rows, erasable};

async fn selected<T: TryGetableMany>(connection: &impl Connection, query: &SelectStatement) -> anyhow::Result<Vec<T>> {
    let rows = connection.query_all(query).await.context("looking for what to erase")?;
    rows.iter().map(|row| Ok(row.try_get_many_by_index()?)).collect()
}

/// Selects a column of the rows that match.
pub(super) async fn column<T: TryGetableMany>(
    connection: &impl Connection,
    table: &Erasable,
    column: &'static str,
    fit: Expr,
) -> anyhow::Result<Vec<T>> {
    let mut query = Query::select();
    query.column(column).from(table.table).and_where(fit);
    selected(connection, query.order_by(column, Order::Asc)).await
}

/// The organisation of a row.
fn organisation(table: &Erasable) -> Expr {
    let Some((column, above)) = table.through else {
        return Expr::col("organisation");
    };
    let mut query = Query::select();
    query
        .column("organisation")
        .from(above)
        .and_where(Expr::col((above, "id")).equals((table.table, column)));
    query.into()
}

/// That a row names somebody.
pub(super) fn of(table: &Erasable, whose: Whose) -> Expr {
    let named = Expr::col("member").eq(whose.member.get());
    match whose.organisation {
        Some(id) => named.and(organisation(table).eq(id.get())),
        None => named,
    }
}

pub(super) fn among(column: &'static str, texts: &[String]) -> Expr {
    Expr::col(column).is_in(texts.iter().map(String::as_str))
}

/// All rows that name somebody.
pub(in crate::erasure) async fn rows(connection: &impl Connection, whose: Whose) -> anyhow::Result<Rows> {
    let mut rows = Rows::default();
    for table in erasable() {
        let ids: Vec<Option<String>> = column(connection, table, table.id, of(table, whose)).await?;
        rows.add(table, ids.into_iter().map(Option::unwrap_or_default).collect());
    }
    Ok(rows)
}

/// The records that begin what is kept about somebody.
pub(in crate::erasure) async fn beginnings(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for table in erasable().filter(|table| table.begins) {
        found.extend(column::<String>(connection, table, "rec", of(table, whose)).await?);
    }
    Ok(found)
}

/// Ids of the rows that begin with these records.
pub(in crate::erasure) async fn begun_by(connection: &impl Connection, recs: &[String]) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for table in erasable().filter(|table| table.begins) {
        for chunk in recs.chunks(CHUNK) {
            found.extend(column::<String>(connection, table, table.id, among("rec", chunk)).await?);
        }
    }
    Ok(found)
}

/// Organisation and member that rows with these random ids name, if they still name somebody.
pub(in crate::erasure) async fn named_by(
    connection: &impl Connection,
    ids: &[String],
) -> anyhow::Result<BTreeSet<(i64, i64)>> {
    let mut found = BTreeSet::new();
    for table in erasable() {
        for chunk in ids.chunks(CHUNK) {
            let mut query = Query::select();
            query
                .distinct()
                .expr(organisation(table))
                .column("member")
                .from(table.table)
                .and_where(among(table.id, chunk))
                .and_where(Expr::col("member").gt(0_i64))
                .and_where(organisation(table).is_not_null());
            found.extend(selected::<(i64, i64)>(connection, &query).await?);
        }
    }
    Ok(found)
}

/// Those of these ids that are in rows of a table.
pub(in crate::erasure) async fn there(
    connection: &impl Connection,
    table: &Erasable,
    ids: &[String],
) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        found.extend(column::<String>(connection, table, table.id, among(table.id, chunk)).await?);
    }
    Ok(found)
}

pub(super) fn fields() -> impl Iterator<Item = (&'static Erasable, &'static Field)> {
    erasable().flat_map(|table| table.fields.iter().map(move |field| (table, field)))
}

/// That a row holds this field of one of these records, not emptied yet.
pub(super) fn holds(field: &Field, recs: &[String]) -> Expr {
    let column = Expr::col(field.column);
    let readable = match field.emptied {
        Emptied::Null => column.is_not_null(),
        Emptied::Word(word) => column.ne(word),
        Emptied::Nobody => column.gte(0_i64),
    };
    let told = among("rec", recs);
    readable.and(match field.copied_from {
        None => told,
        Some((table, column, which)) => {
            let mut origin = Query::select();
            origin
                .column(column)
                .from(table)
                .and_where(told)
                .and_where(Expr::cust(which));
            Expr::col("id").in_subquery(origin)
        }
    })
}

/// Which fields of these records the tables still hold: names by record.
pub(in crate::erasure) async fn readable(
    connection: &impl Connection,
    recs: &[String],
) -> anyhow::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, field) in fields().filter(|(_, field)| field.copied_from.is_none()) {
        for chunk in recs.chunks(CHUNK) {
            for rec in column::<String>(connection, table, "rec", holds(field, chunk)).await? {
                found.entry(rec).or_default().insert(field.name.to_owned());
            }
        }
    }
    Ok(found)
}
