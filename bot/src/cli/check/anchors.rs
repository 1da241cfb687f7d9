//! Whether copies of the log's checkpoints get out of the operator's reach.

use secrecy::ExposeSecret;

use super::line::Lines;
use crate::anchors::{self, Outside};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::evidence::Halt;

const WHAT: &str = "log anchors";

pub(super) async fn anchors(config: &Config, lines: &mut Lines, env: impl Fn(&str) -> Option<String>) {
    let outside = match Outside::read(&config.evidence, env) {
        Ok(outside) => outside,
        Err(problems) => return lines.problems(WHAT, &problems),
    };
    match Halt::of(&config.evidence).reason() {
        Ok(None) => {}
        Ok(Some(reason)) => lines.fail(
            WHAT,
            format!("signing is stopped: {reason}"),
            "restore the database with all leaves, or find out which side is wrong; then delete the file that ends in \
             .stopped",
        ),
        Err(error) => lines.fail(WHAT, format!("{error:#}"), "let the bot's user read the guard's folder"),
    }
    match status(config, &outside).await {
        Ok(Some(status)) => describe(&status, config, lines),
        Ok(None) => planned(config, &outside, lines),
        // The line about the database says why.
        Err(_) => lines.skip(WHAT, "not checked, because the database cannot be read"),
    }
}

/// `None` if there is no database to read yet.
async fn status(config: &Config, outside: &Outside) -> anyhow::Result<Option<anchors::Status>> {
    if config.database.file().is_some_and(|file| !file.exists()) {
        return Ok(None);
    }
    let db = Db::open(config.database.url.expose_secret()).await?;
    if !db.condition().await?.is_migrated() {
        return Ok(None);
    }
    let status = anchors::status(db.reader(), config, outside, Clock::system().now()).await?;
    db.close().await?;
    Ok(Some(status))
}

fn describe(status: &anchors::Status, config: &Config, lines: &mut Lines) {
    let nags = status.nags(Clock::system().now(), config.evidence.anchor_warn_after);
    for nag in &nags {
        lines.warn(WHAT, nag.to_string(), nag.remedy());
    }
    if nags.is_empty() {
        let last = status.last_outside();
        let last = last.map_or_else(
            || "none so far".to_owned(),
            |last| format!("the last at {}", last.rfc3339()),
        );
        lines.ok(
            WHAT,
            format!("places outside that get checkpoints: {}; {last}", status.targets.len()),
        );
    }
}

fn planned(config: &Config, outside: &Outside, lines: &mut Lines) {
    let targets = anchors::planned(config, outside);
    if targets.is_empty() {
        let nag = anchors::Nag::Nobody;
        lines.warn(WHAT, nag.to_string(), nag.remedy());
    } else {
        lines.ok(
            WHAT,
            format!("places outside that will get checkpoints: {}", targets.len()),
        );
    }
}
