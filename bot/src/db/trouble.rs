//! Whether the database itself is in trouble: no space, no disk, no server. Unlike a statement that breaks a rule, such
//! trouble passes without any change to what is written.

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::{DbErr, RuntimeErr};
use secrecy::ExposeSecret;
use tokio::time::error::Elapsed;

use super::Db;

/// Primary codes of SQLite: busy, out of memory, read-only, input and output, damaged, full, cannot be opened.
const SQLITE: [i32; 7] = [5, 7, 8, 10, 11, 13, 14];
/// How codes of PostgreSQL begin: connection, resources (such as a full disk), intervention, system, internal; and the
/// code of a server that takes no writes.
const POSTGRES: [&str; 6] = ["08", "53", "57P", "58", "XX", "25006"];

/// Whether this error says so. An error that says the database did not answer in time counts, too.
pub(crate) fn is_trouble(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.is::<Elapsed>() || cause.downcast_ref().is_some_and(is_of_the_database))
}

fn is_of_the_database(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => lies_in(error),
        _ => false,
    }
}

fn lies_in(error: &SqlxError) -> bool {
    match error {
        SqlxError::Database(told) => told.code().is_some_and(|code| {
            // PostgreSQL's have five characters, SQLite's four digits at most.
            match code.parse::<i32>() {
                Ok(extended) if code.len() < 5 => SQLITE.contains(&(extended & 0xff)),
                Ok(_) | Err(_) => POSTGRES.iter().any(|begins| code.starts_with(begins)),
            }
        }),
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => true,
        _ => false,
    }
}

impl Db {
    /// Where the database is, for an operator who has to fix something there. Without user and password.
    pub(crate) fn place(&self) -> String {
        let url = self.url.expose_secret();
        if let Some(path) = url.strip_prefix("sqlite://") {
            let path = path.split('?').next().unwrap_or_default();
            return format!("the file system with {path}");
        }
        let parsed = url::Url::parse(url).ok();
        let host = parsed.as_ref().and_then(|url| url.host_str()).unwrap_or("this machine");
        let name = parsed.as_ref().map_or("", |url| url.path().trim_start_matches('/'));
        format!("the PostgreSQL server on {host}, database {name}")
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait;

    use super::*;
    use crate::clock::Millis;
    use crate::trial;

    #[tokio::test]
    async fn a_full_disk_is_trouble_and_a_broken_rule_is_not() {
        for trial in trial::databases(Millis(0)).await {
            let writer = trial.db.writer();
            let row = "INSERT INTO setting (name, value, updated_at) VALUES ('a', 'b', 0)";
            writer.execute_unprepared(row).await.expect("a row");
            let twice = writer.execute_unprepared(row).await.expect_err("a key twice").into();
            assert!(!is_trouble(&twice), "{}: {twice:#}", trial.engine);
            let full = if trial.engine == "sqlite" {
                "PRAGMA max_page_count = 1; CREATE TABLE more (id INTEGER)"
            } else {
                "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$"
            };
            let full: anyhow::Error = writer.execute_unprepared(full).await.expect_err("no room").into();
            assert!(is_trouble(&full.context("writing")), "{}", trial.engine);
            let place = trial.db.place();
            assert!(!place.contains('@') && place.contains(if trial.engine == "sqlite" { "trial.db" } else { "bw_" }));
        }
    }
}
