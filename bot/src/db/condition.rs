//! What state a database is in, without changing it.

use std::collections::BTreeSet;

use anyhow::Context;
use migration::MigratorTrait;
use sea_orm::{ConnectionTrait, Statement};

use super::Db;

/// The state of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// No migration was ever run.
    pub fresh: bool,
    /// Migrations that still have to be run.
    pub pending: Vec<String>,
    /// Migrations in the database that this program does not know: it was used by a newer one.
    pub unknown: Vec<String>,
    /// Why nothing can be written, if that is so.
    pub not_writable: Option<String>,
    /// Safety settings that differ from what the program sets: name, wanted, found.
    pub settings: Vec<(&'static str, &'static str, String)>,
}

impl Condition {
    pub fn is_migrated(&self) -> bool {
        self.pending.is_empty() && self.unknown.is_empty()
    }
}

impl Db {
    /// Looks at the database and changes nothing in it.
    pub async fn condition(&self) -> anyhow::Result<Condition> {
        let applied = self.applied().await?;
        let known = migration::Migrator::migrations()
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect::<Vec<_>>();
        let not_writable = match self.try_writing().await {
            Ok(()) => None,
            Err(error) => Some(format!("{error:#}")),
        };
        Ok(Condition {
            fresh: applied.is_empty(),
            unknown: applied.iter().filter(|name| !known.contains(name)).cloned().collect(),
            pending: known.into_iter().filter(|name| !applied.contains(name)).collect(),
            not_writable,
            settings: self.settings().await?,
        })
    }

    /// Names of the migrations that were run; none if the table for them is not there.
    async fn applied(&self) -> anyhow::Result<BTreeSet<String>> {
        let tables = if self.is_sqlite() {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'"
        } else {
            "SELECT table_name FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = 'seaql_migrations'"
        };
        if self.ask(tables).await?.is_empty() {
            return Ok(BTreeSet::new());
        }
        Ok(self
            .ask("SELECT version FROM seaql_migrations")
            .await?
            .into_iter()
            .collect())
    }

    /// Begins a writing transaction and rolls it back.
    async fn try_writing(&self) -> anyhow::Result<()> {
        let transaction = self.begin().await?;
        transaction.rollback().await?;
        if !self.is_sqlite() {
            let only = self.ask("SHOW transaction_read_only").await?;
            anyhow::ensure!(only == ["off"], "the server takes no writes (transaction_read_only)");
        }
        Ok(())
    }

    async fn settings(&self) -> anyhow::Result<Vec<(&'static str, &'static str, String)>> {
        let wanted: &[(&str, &str, &str)] = if self.is_sqlite() {
            &[
                ("journal_mode", "PRAGMA journal_mode", "wal"),
                (
                    "synchronous",
                    "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous",
                    "2",
                ),
                (
                    "secure_delete",
                    "SELECT CAST(secure_delete AS TEXT) FROM pragma_secure_delete",
                    "1",
                ),
                (
                    "foreign_keys",
                    "SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys",
                    "1",
                ),
            ]
        } else {
            &[
                ("fsync", "SHOW fsync", "on"),
                ("full_page_writes", "SHOW full_page_writes", "on"),
                ("synchronous_commit", "SHOW synchronous_commit", "on"),
            ]
        };
        let mut differ = Vec::new();
        for (name, query, wanted) in wanted {
            let found = self.ask(query).await?.join(", ");
            if found != *wanted {
                differ.push((*name, *wanted, found));
            }
        }
        Ok(differ)
    }

    /// The first column of a query's rows.
    async fn ask(&self, query: &str) -> anyhow::Result<Vec<String>> {
        let statement = Statement::from_string(self.reader.get_database_backend(), query);
        let rows = self
            .reader
            .query_all_raw(statement)
            .await
            .with_context(|| format!("asking the database: {query}"))?;
        rows.iter()
            .map(|row| row.try_get_by_index(0).context("reading the database's answer"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::clock::Millis;
    use crate::trial;

    #[tokio::test]
    async fn a_migrated_database_is_sound() {
        for trial in trial::databases(Millis(0)).await {
            let condition = trial.db.condition().await.expect("the database answers");
            // A server for tests may do without them: that makes it faster, and nobody pulls its plug.
            let hurried = !trial.db.is_sqlite() && trial.db.ask("SHOW fsync").await.expect("a setting") == ["off"];
            let differ = hurried.then(|| ("fsync", "on", "off".to_owned()));
            assert!(condition.is_migrated(), "{}: {condition:?}", trial.engine);
            assert_eq!(condition.not_writable, None, "{}", trial.engine);
            assert_eq!(condition.settings, Vec::from_iter(differ), "{}", trial.engine);
        }
    }

    #[tokio::test]
    async fn an_empty_database_stays_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}/empty.db", folder.path().display());
        let db = super::Db::open(&url).await.expect("the database opens");
        for _ in 0..2 {
            let condition = db.condition().await.expect("the database answers");
            assert!(!condition.pending.is_empty() && condition.unknown.is_empty());
        }
    }
}
