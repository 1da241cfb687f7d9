//! Faults that strike the database and are lifted again.

use std::time::Duration;

use anyhow::Context;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use super::disk::Disk;
use super::proxy::{Cut, Proxy};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No block is free at COMMIT.
    FullDisk,
    /// COMMIT gives an error; SQLite leaves the transaction open then.
    RefusedAtCommit,
    /// A statement fails, and SQLite ends the whole transaction by itself.
    EndedByItself,
    /// COMMIT does not reach the server.
    CutBefore,
    /// The answer to COMMIT does not come back.
    CutAfter,
    /// The server ends everybody's sessions.
    Ended,
}

/// Tables whose rows are struck.
const TABLES: [&str; 4] = ["answer", "absence", "concern_case", "concern_entry"];
/// Deferred rules are asked at COMMIT; here they find that something is wrong while a fault of that name is on.
const SQLITE: &str = "CREATE TABLE fault (kind TEXT);
    CREATE TABLE fault_parent (n INTEGER PRIMARY KEY);
    CREATE TABLE fault_child (n INTEGER REFERENCES fault_parent (n) DEFERRABLE INITIALLY DEFERRED);";
const POSTGRES: &str = "CREATE TABLE fault (kind TEXT);
    CREATE FUNCTION strike() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM fault) THEN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END IF;
        RETURN NULL;
    END $$;";

pub struct Weather<'a> {
    outside: DatabaseConnection,
    disk: Option<&'a Disk>,
    proxy: Option<&'a Proxy>,
}

impl<'a> Weather<'a> {
    /// Over the database that is reached from outside.
    pub async fn over(
        outside: DatabaseConnection,
        (disk, proxy): (Option<&'a Disk>, Option<&'a Proxy>),
    ) -> anyhow::Result<Self> {
        let sqlite = outside.get_database_backend() == DbBackend::Sqlite;
        let mut setup = vec![if sqlite { SQLITE } else { POSTGRES }.to_owned()];
        setup.extend(TABLES.iter().map(|table| {
            if sqlite {
                format!(
                    "CREATE TRIGGER fault_{table} AFTER INSERT ON {table} WHEN EXISTS (SELECT 1 FROM fault) BEGIN
                     INSERT INTO fault_child SELECT 1 FROM fault WHERE kind = 'RefusedAtCommit';
                     SELECT RAISE(ROLLBACK, 'ended by itself') FROM fault WHERE kind = 'EndedByItself'; END"
                )
            } else {
                format!(
                    "CREATE CONSTRAINT TRIGGER fault_{table} AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
                     FOR EACH ROW EXECUTE FUNCTION strike()"
                )
            }
        }));
        for statement in setup {
            outside
                .execute_unprepared(&statement)
                .await
                .with_context(|| statement.clone())?;
        }
        Ok(Self { outside, disk, proxy })
    }

    /// The fault begins.
    pub async fn strike(&self, fault: Fault) -> anyhow::Result<()> {
        match fault {
            Fault::FullDisk => self.disk()?.fill(&self.outside).await?,
            Fault::RefusedAtCommit | Fault::EndedByItself => {
                self.run(&format!("INSERT INTO fault (kind) VALUES ('{fault:?}')"))
                    .await?;
            }
            Fault::CutBefore => self.proxy()?.cut(Cut::Before),
            Fault::CutAfter => self.proxy()?.cut(Cut::After),
            Fault::Ended => {}
        }
        Ok(())
    }

    /// What it does meanwhile.
    pub async fn rage(&self, fault: Fault) -> anyhow::Result<()> {
        if fault == Fault::Ended {
            for _ in 0..3 {
                tokio::time::sleep(Duration::from_millis(2)).await;
                self.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE datname = current_database() AND pid <> pg_backend_pid()",
                )
                .await?;
            }
        }
        Ok(())
    }

    /// It is over.
    pub async fn lift(&self, fault: Fault) -> anyhow::Result<()> {
        match fault {
            Fault::FullDisk => self.disk()?.free()?,
            Fault::RefusedAtCommit | Fault::EndedByItself => self.run("DELETE FROM fault").await?,
            Fault::CutBefore | Fault::CutAfter => {
                self.proxy()?.leave();
            }
            Fault::Ended => {}
        }
        Ok(())
    }

    fn disk(&self) -> anyhow::Result<&Disk> {
        self.disk.context("a disk of its own")
    }

    fn proxy(&self) -> anyhow::Result<&Proxy> {
        self.proxy.context("a line of its own")
    }

    async fn run(&self, statement: &str) -> anyhow::Result<()> {
        self.outside.execute_unprepared(statement).await?;
        Ok(())
    }
}
