//! `bellwether migrate`: tables that are there and up to date.

use std::io::Write;

use anyhow::Context;
use secrecy::ExposeSecret;

use super::exit::Exit;
use crate::config::Config;
use crate::db::Db;

pub(super) async fn migrate(config: &Config, out: &mut impl Write) -> anyhow::Result<Exit> {
    let db = Db::open(config.database.url.expose_secret())
        .await
        .context("the database of database.url")?;
    let before = db.condition().await?;
    anyhow::ensure!(
        before.unknown.is_empty(),
        "the database was used by a newer version of this program: use that version"
    );
    if before.pending.is_empty() {
        writeln!(out, "The database is up to date.")?;
    } else {
        db.migrate().await?;
        for name in &before.pending {
            writeln!(out, "done  {name}")?;
        }
    }
    db.close().await?;
    Ok(Exit::Done)
}
