//! Emptying and deleting rows in the tables that features declare erasable.

use std::collections::BTreeSet;

use anyhow::Context;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, UpdateStatement};

use super::CHUNK;
use super::rows::{among, column, fields, holds, of};
use crate::chance::Chance;
use crate::db::Connection;
use crate::erasable::{Emptied, Erasable, Goes, Whose};
use crate::erasure::plan::erasable;

async fn delete(connection: &impl Connection, table: &Erasable, fit: Expr) -> anyhow::Result<()> {
    let delete = Query::delete().from_table(table.table).and_where(fit).to_owned();
    let done = connection.execute(&delete).await;
    done.with_context(|| format!("deleting from {}", table.table))?;
    Ok(())
}

async fn update(connection: &impl Connection, table: &Erasable, mut set: UpdateStatement) -> anyhow::Result<()> {
    let done = connection.execute(set.table(table.table)).await;
    done.with_context(|| format!("emptying {}", table.table))?;
    Ok(())
}

/// Deletes rows of a table by their ids.
pub(in crate::erasure) async fn delete_rows(
    connection: &impl Connection,
    table: &Erasable,
    ids: &[String],
) -> anyhow::Result<()> {
    for chunk in ids.chunks(CHUNK) {
        delete(connection, table, among(table.id, chunk)).await?;
    }
    Ok(())
}

/// What a column gets in place of its value.
fn in_place(emptied: Emptied, nobody: i64) -> Expr {
    match emptied {
        Emptied::Null => Expr::cust("NULL"),
        Emptied::Word(word) => Expr::value(word),
        Emptied::Nobody => Expr::value(nobody),
    }
}

/// Empties the columns that hold these fields of these records.
pub(in crate::erasure) async fn empty(
    connection: &impl Connection,
    chance: &Chance,
    recs: &[String],
    names: &BTreeSet<String>,
) -> anyhow::Result<()> {
    for (table, field) in fields().filter(|(_, field)| names.contains(field.name)) {
        for chunk in recs.chunks(CHUNK) {
            let mut fit = vec![holds(field, chunk)];
            if field.emptied == Emptied::Nobody {
                // No two rows may get the same number.
                let ids: Vec<String> = column(connection, table, table.id, fit.remove(0)).await?;
                fit = ids.into_iter().map(|id| Expr::col(table.id).eq(id)).collect();
            }
            for fit in fit {
                let value = in_place(field.emptied, nobody(chance));
                let set = Query::update().value(field.column, value).and_where(fit).to_owned();
                update(connection, table, set).await?;
            }
        }
    }
    Ok(())
}

/// Takes somebody out of all tables.
pub(in crate::erasure) async fn unname(
    connection: &impl Connection,
    chance: &Chance,
    whose: Whose,
) -> anyhow::Result<()> {
    let nobody = nobody(chance);
    for table in erasable() {
        match table.goes {
            Goes::Row => delete(connection, table, of(table, whose)).await?,
            Goes::Columns(columns) => {
                let mut set = Query::update();
                set.value("member", nobody).and_where(of(table, whose));
                set.values(
                    columns
                        .iter()
                        .map(|(column, emptied)| (*column, in_place(*emptied, nobody))),
                );
                update(connection, table, set).await?;
            }
        }
        for column in table.others {
            let mut set = Query::update();
            set.value(*column, nobody)
                .and_where(Expr::col(*column).eq(whose.member.get()));
            update(connection, table, set).await?;
        }
    }
    Ok(())
}

/// A random number below zero: stands for somebody, and leads to nobody.
fn nobody(chance: &Chance) -> i64 {
    -1 - chance.below(i64::MAX as u64) as i64
}
