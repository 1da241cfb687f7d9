//! The SQL of setting a log aside. Table names are built here from numbers alone.

use std::collections::HashSet;

use anyhow::Context;
use entity::log_leaf;
use sea_orm::{DbBackend, EntityTrait, Statement, Value};

use crate::db::Connection;

/// The tables of a log, except the fields.
const TABLES: [&str; 5] = [
    "log_leaf",
    "log_tile",
    "log_checkpoint",
    "log_publication",
    "log_anchor",
];
/// Records in one query.
const CHUNK: usize = 500;

/// The numbers of the closed logs, ascending.
pub(in crate::evidence) async fn numbers(connection: &impl Connection) -> anyhow::Result<Vec<u32>> {
    let tables = if is_sqlite(connection) {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'closed!_%!_log!_leaf' ESCAPE '!'"
    } else {
        "SELECT table_name FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_name LIKE 'closed!_%!_log!_leaf' ESCAPE '!'"
    };
    let names = texts(connection, tables).await.context("looking for closed logs")?;
    let number = |name: &String| name.strip_prefix("closed_")?.strip_suffix("_log_leaf")?.parse().ok();
    let mut numbers: Vec<u32> = names.iter().filter_map(number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Moves the log's rows into tables of their own, which allow no changes, and returns their number.
pub(in crate::evidence) async fn set_aside(connection: &impl Connection) -> anyhow::Result<u32> {
    let number = numbers(connection).await?.last().map_or(1, |last| last + 1);
    for table in TABLES {
        let closed = format!("closed_{number}_{table}");
        let copy = format!("CREATE TABLE {closed} AS SELECT * FROM {table}");
        run(connection, &copy).await?;
        for statement in protection(connection, &closed) {
            run(connection, &statement).await?;
        }
        empty(connection, table).await?;
    }
    // Not unique: a log may be closed because it is damaged.
    for column in ["rec", "idx"] {
        let index = format!("CREATE INDEX closed_{number}_by_{column} ON closed_{number}_log_leaf ({column})");
        run(connection, &index).await?;
    }
    Ok(number)
}

/// The leaves of these records in a closed log.
pub(crate) async fn closed_leaves_of(
    connection: &impl Connection,
    number: u32,
    recs: &[String],
) -> anyhow::Result<Vec<log_leaf::Model>> {
    let mut found = Vec::new();
    for chunk in recs.chunks(CHUNK) {
        let places: Vec<String> = (1..=chunk.len()).map(|place| format!("${place}")).collect();
        let condition = format!("rec IN ({})", places.join(", "));
        let values = chunk.iter().map(|rec| rec.as_str().into()).collect();
        found.extend(leaves(connection, number, &condition, values).await?);
    }
    Ok(found)
}

/// The next leaves of a closed log after an index, at most this number.
pub(crate) async fn closed_leaves_after(
    connection: &impl Connection,
    number: u32,
    after: i64,
    most: u64,
) -> anyhow::Result<Vec<log_leaf::Model>> {
    let condition = format!("idx > $1 ORDER BY idx LIMIT {most}");
    leaves(connection, number, &condition, vec![after.into()]).await
}

async fn leaves(
    connection: &impl Connection,
    number: u32,
    condition: &str,
    values: Vec<Value>,
) -> anyhow::Result<Vec<log_leaf::Model>> {
    let query = format!("SELECT idx, rec, kind, leaf FROM closed_{number}_log_leaf WHERE {condition}");
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), query, values);
    log_leaf::Entity::find()
        .from_raw_sql(statement)
        .all(connection)
        .await
        .context("reading a closed log")
}

/// Makes the names of the log's tables mean a closed log, until the transaction is rolled back.
pub(super) async fn shadow(connection: &impl Connection, number: u32) -> anyhow::Result<()> {
    for table in TABLES {
        let view = format!("CREATE TEMPORARY VIEW {table} AS SELECT * FROM closed_{number}_{table}");
        run(connection, &view).await?;
    }
    Ok(())
}

/// Those of the records that are in a closed log.
pub(in crate::evidence) async fn holds(
    connection: &impl Connection,
    records: &[&str],
) -> anyhow::Result<HashSet<String>> {
    let mut found = HashSet::new();
    for number in numbers(connection).await? {
        for chunk in records.chunks(CHUNK) {
            let places: Vec<String> = (1..=chunk.len()).map(|place| format!("${place}")).collect();
            let query = format!(
                "SELECT rec FROM closed_{number}_log_leaf WHERE rec IN ({})",
                places.join(", ")
            );
            let values = chunk.iter().map(|rec| (*rec).into());
            let statement = Statement::from_sql_and_values(connection.get_database_backend(), query, values);
            let rows = connection
                .query_all_raw(statement)
                .await
                .context("looking into a closed log")?;
            for row in rows {
                found.insert(row.try_get_by_index(0)?);
            }
        }
    }
    Ok(found)
}

/// Selects all records of closed logs, to be appended to another selection; empty if there are none.
pub(in crate::evidence) async fn and_closed_records(connection: &impl Connection) -> anyhow::Result<String> {
    let numbers = numbers(connection).await?;
    let selections = numbers
        .iter()
        .map(|number| format!(" UNION ALL SELECT rec FROM closed_{number}_log_leaf"));
    Ok(selections.collect())
}

fn protection(connection: &impl Connection, closed: &str) -> Vec<String> {
    if is_sqlite(connection) {
        let refuse = |event: &str| {
            format!(
                "CREATE TRIGGER {closed}_no_{event} BEFORE {event} ON {closed} \
                 BEGIN SELECT RAISE(ABORT, '{closed} is closed'); END"
            )
        };
        return ["INSERT", "UPDATE", "DELETE"].map(refuse).to_vec();
    }
    vec![format!(
        "CREATE TRIGGER {closed}_no_change BEFORE INSERT OR UPDATE OR DELETE ON {closed} FOR EACH ROW \
         EXECUTE FUNCTION log_leaf_append_only()"
    )]
}

/// Takes all rows out of a table that otherwise lets none go.
async fn empty(connection: &impl Connection, table: &str) -> anyhow::Result<()> {
    if !is_sqlite(connection) {
        for statement in [
            format!("ALTER TABLE {table} DISABLE TRIGGER USER"),
            format!("DELETE FROM {table}"),
            format!("ALTER TABLE {table} ENABLE TRIGGER USER"),
        ] {
            run(connection, &statement).await?;
        }
        return Ok(());
    }
    let of_table = format!("FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}' ORDER BY name");
    let names = texts(connection, &format!("SELECT name {of_table}")).await?;
    let definitions = texts(connection, &format!("SELECT sql {of_table}")).await?;
    for name in names {
        run(connection, &format!("DROP TRIGGER {name}")).await?;
    }
    run(connection, &format!("DELETE FROM {table}")).await?;
    for definition in definitions {
        run(connection, &definition).await?;
    }
    Ok(())
}

async fn run(connection: &impl Connection, statement: &str) -> anyhow::Result<()> {
    let done = connection.execute_unprepared(statement).await;
    done.context("setting a closed log aside")?;
    Ok(())
}

async fn texts(connection: &impl Connection, query: &str) -> anyhow::Result<Vec<String>> {
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let rows = connection.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

fn is_sqlite(connection: &impl Connection) -> bool {
    connection.get_database_backend() == DbBackend::Sqlite
}
