//! What only SQLite has: its database is a file that can be copied.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, DbErr, Statement};

use super::Db;

/// How long to wait for somebody else's lock when checking whether there is one.
const PATIENCE: Duration = Duration::from_millis(500);

impl Db {
    /// Writes the database as it is now into an empty file, while others may read and write it.
    pub(crate) async fn copy_to(&self, path: &Path) -> anyhow::Result<()> {
        ensure!(self.is_sqlite(), "only SQLite's database is a file");
        let path = path.to_str().context("the path is not UTF-8")?.replace('\'', "''");
        self.reader.execute_unprepared(&format!("VACUUM INTO '{path}'")).await?;
        Ok(())
    }
}

/// The address of the SQLite database in that file.
pub fn sqlite_url(path: &Path) -> String {
    // The driver decodes percent signs and cuts at a question mark.
    let path = path.display().to_string().replace('%', "%25").replace('?', "%3F");
    format!("sqlite://{path}")
}

/// Whether no program has the SQLite database open. If so, merges its write-ahead log into the main file.
pub(crate) async fn is_unused(path: &Path) -> anyhow::Result<bool> {
    let mut options = ConnectOptions::new(sqlite_url(path));
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| sqlite.busy_timeout(PATIENCE));
    let connection = match Database::connect(options).await {
        Ok(connection) => connection,
        // Nobody can be using it.
        Err(error) if is_no_database(&error) => return Ok(true),
        Err(error) => return Err(error).context("opening the present database"),
    };
    // Only the sole user of a database may leave the mode with a write-ahead log.
    let leave = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode = DELETE");
    let answer = connection.query_one_raw(leave).await;
    let mode: Option<String> = match answer {
        Ok(row) => row.and_then(|row| row.try_get_by_index(0).ok()),
        Err(error) if error.to_string().contains("locked") => None,
        // Not a database, or a damaged one: nobody can be using it.
        Err(_) => Some("delete".to_owned()),
    };
    connection.close().await?;
    Ok(mode.as_deref() == Some("delete"))
}

/// Whether SQLite says that the file is not a database (26), or a damaged one (11).
fn is_no_database(error: &DbErr) -> bool {
    let said = error.to_string();
    ["(code: 26)", "(code: 11)"].into_iter().any(|code| said.contains(code))
}
