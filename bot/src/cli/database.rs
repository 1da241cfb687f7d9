//! Opening the database for a command.

use anyhow::Context;
use secrecy::ExposeSecret;

use crate::config::Config;
use crate::db::Db;
use crate::erasure::{self, Journal};

/// Opens a database that must be there and up to date.
pub(super) async fn migrated(config: &Config) -> anyhow::Result<Db> {
    const REMEDY: &str = "run `bellwether migrate` first";
    if let Some(file) = config.database.file() {
        anyhow::ensure!(file.exists(), "there is no database at {}: {REMEDY}", file.display());
    }
    let db = Db::open(config.database.url.expose_secret())
        .await
        .context("the database of database.url")?;
    let condition = db.condition().await?;
    anyhow::ensure!(condition.pending.is_empty(), "the database is not up to date: {REMEDY}");
    anyhow::ensure!(
        condition.unknown.is_empty(),
        "the database was used by a newer version of this program: use that version"
    );
    Ok(db)
}

/// As [`migrated`], for commands that show or hand out what is kept: refuses while something can be read that was
/// erased, because a backup has brought it back.
pub(super) async fn cleared(config: &Config) -> anyhow::Result<Db> {
    let db = migrated(config).await?;
    anyhow::ensure!(
        !erasure::came_back(db.reader(), &Journal::beside(&config.evidence)).await?,
        "a backup has brought back what was erased, or an erasure is under way: run `bellwether evidence recover` or \
         start the bot, which erase it again, and then run this command again"
    );
    Ok(db)
}
