//! Whether the log could be signed: its name, its key, and the database against the signing guard, as `run` does.

use std::path::Path;

use super::line::Lines;
use super::local::readable;
use crate::config::Config;
use crate::db::Db;
use crate::evidence::{self, GuardError, Log};

/// The origin that the example has.
const EXAMPLE_ORIGIN: &str = "bellwether.example.org/log";

pub(super) async fn log(config: &Config, lines: &mut Lines) {
    const WHAT: &str = "log key";
    let settings = &config.evidence;
    if settings.origin == EXAMPLE_ORIGIN {
        lines.warn(
            "log name",
            "evidence.origin is the one of the example",
            "choose your own name before the first start; it can never be changed",
        );
    }
    match evidence::at_hand(settings).map(|keys| keys.into_iter().next()) {
        Ok(Some(key)) => lines.ok(WHAT, key.vkey.to_string()),
        Ok(None) => missing_key(&settings.key_file, &settings.guard_file, lines),
        Err(error) => {
            return lines.error(
                WHAT,
                &error,
                "restore the key from its backup, with mode 0600, owned by the bot's user",
            );
        }
    }
    continues(config, lines).await;
    for file in [&settings.key_file, &settings.guard_file] {
        if file.parent().is_none_or(|folder| !folder.is_dir()) {
            lines.fail(
                WHAT,
                format!("the folder of {} does not exist", file.display()),
                "create the folder, owned by the bot's user",
            );
        }
    }
}

fn missing_key(key: &Path, guard: &Path, lines: &mut Lines) {
    const WHAT: &str = "log key";
    if guard.exists() {
        lines.fail(
            WHAT,
            format!("{} is missing, but there is a signing guard", key.display()),
            "restore the key from its backup",
        );
    } else {
        lines.warn(
            WHAT,
            format!("{} does not exist yet", key.display()),
            "the first `bellwether run` creates it; then back it up",
        );
    }
}

/// Whether the database continues what was signed.
async fn continues(config: &Config, lines: &mut Lines) {
    const WHAT: &str = "log";
    const REMEDY: &str = "see \"When the log is stopped\" in docs/operating.md, step by step; delete nothing";
    if let Some(file) = config.database.file()
        && !file.exists()
    {
        if let Ok(signed @ 1..) = evidence::signed_leaves(&config.evidence) {
            lines.fail(
                WHAT,
                format!(
                    "there is no database at {}, but {signed} leaves were signed",
                    file.display()
                ),
                "restore the database, or correct database.url; the next `bellwether run` would find an empty log and \
                 stop",
            );
        }
        return;
    }
    // Why it cannot be read is said elsewhere.
    let Some(db) = readable(config).await else { return };
    if let Some(said) = inspected(&db, config).await {
        match said {
            Ok(found) => lines.ok(WHAT, found),
            Err(error) => lines.error(WHAT, &error, REMEDY),
        }
    }
    drop(db.close().await);
}

/// What was found, unless there is nothing to say or another line says it.
async fn inspected(db: &Db, config: &Config) -> Option<anyhow::Result<&'static str>> {
    if !db.condition().await.is_ok_and(|condition| condition.is_migrated()) {
        return None;
    }
    match Log::inspect(db, &config.evidence).await {
        Ok(Some(_)) => Some(Ok("the database continues what was signed")),
        Ok(None) => None,
        Err(error) if matches!(error.downcast_ref(), Some(GuardError::Stopped { .. })) => None,
        Err(error) => Some(Err(error)),
    }
}
