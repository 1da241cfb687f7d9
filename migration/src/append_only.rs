//! Triggers that refuse changes to rows which are evidence, on both engines.
//!
//! A table may name a few columns that can still be written once or be emptied; everything else is refused, including
//! deletions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// What a table may still allow after a row was written.
pub(crate) struct Rule {
    pub table: &'static str,
    /// Columns that must never change.
    pub frozen: &'static [&'static str],
    /// A further condition under which an update is refused, in terms of `OLD` and `NEW`.
    pub refuse_when: Option<&'static str>,
}

impl Rule {
    fn refused(&self, distinct: &str) -> String {
        let mut conditions: Vec<String> = self
            .frozen
            .iter()
            .map(|column| format!("OLD.{column} {distinct} NEW.{column}"))
            .collect();
        conditions.extend(self.refuse_when.map(|extra| format!("({extra})")));
        conditions.join(" OR ")
    }

    fn statements(&self, backend: DbBackend) -> Vec<String> {
        let table = self.table;
        if backend == DbBackend::Sqlite {
            let refused = self.refused("IS NOT");
            return vec![
                format!(
                    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {refused} \
                     BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                ),
                format!(
                    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} \
                     BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                ),
            ];
        }
        let refused = self.refused("IS DISTINCT FROM");
        vec![
            format!(
                "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
            ),
            format!(
                "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({refused}) \
                 EXECUTE FUNCTION {table}_append_only()"
            ),
            format!(
                "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW \
                 EXECUTE FUNCTION {table}_append_only()"
            ),
            format!(
                "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT \
                 EXECUTE FUNCTION {table}_append_only()"
            ),
        ]
    }
}

/// Protects a table from now on.
pub(crate) async fn protect(manager: &SchemaManager<'_>, rule: &Rule) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    for statement in rule.statements(connection.get_database_backend()) {
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Removes the protection again, and with it the table.
pub(crate) async fn drop_protected(manager: &SchemaManager<'_>, table: &'static str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    connection.execute_unprepared(&format!("DROP TABLE {table}")).await?;
    if connection.get_database_backend() == DbBackend::Postgres {
        connection
            .execute_unprepared(&format!("DROP FUNCTION {table}_append_only()"))
            .await?;
    }
    Ok(())
}

/// Removes the protection of a table, for a change that replaces it.
pub(crate) async fn release(manager: &SchemaManager<'_>, table: &'static str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if connection.get_database_backend() == DbBackend::Sqlite {
        for what in ["update", "delete"] {
            connection
                .execute_unprepared(&format!("DROP TRIGGER {table}_no_{what}"))
                .await?;
        }
        return Ok(());
    }
    // The triggers go with the function that they call.
    connection
        .execute_unprepared(&format!("DROP FUNCTION {table}_append_only() CASCADE"))
        .await?;
    Ok(())
}
