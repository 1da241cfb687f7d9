//! Whether concerns can be raised, and whether somebody could read each.

use super::line::Lines;
use super::local::readable;
use crate::catalogue::Catalogue;
use crate::concerns::{self, Coverage};
use crate::config::Config;

const REMEDY: &str = "handlers propose keys with /case key, and a second person agrees";

pub(super) async fn concerns(config: &Config, catalogue: &Catalogue, lines: &mut Lines) {
    if !config.concerns.enabled || config.database.file().is_some_and(|file| !file.exists()) {
        return;
    }
    // Why it cannot be read is said elsewhere.
    let Some(db) = readable(config).await else { return };
    if db.condition().await.is_ok_and(|condition| condition.is_migrated()) {
        for organisation in &config.organisations {
            let what = format!("organisation {}, concerns", organisation.id);
            match concerns::coverage(&db, organisation, catalogue).await {
                Ok(coverage) => describe(what, &coverage, config.concerns.handlers_needed, lines),
                Err(error) => lines.fail(what, format!("{error:#}"), "see the lines about database and log"),
            }
        }
    }
    drop(db.close().await);
}

fn describe(what: String, coverage: &Coverage, needed: usize, lines: &mut Lines) {
    let Coverage::Keys {
        handlers,
        independent,
        unread,
    } = coverage
    else {
        return lines.fail(
            what,
            "the handlers' keys in the database do not match the evidence log: nothing is sealed to them",
            "compare handler_key with a backup",
        );
    };
    let there = format!("{handlers} handlers with keys, {independent} of them independent");
    if *handlers < needed {
        return lines.warn(
            what,
            format!("{there}; {needed} are needed (concerns.handlers_needed), so no concern can be raised yet"),
            REMEDY,
        );
    }
    if unread.is_empty() {
        return lines.ok(what, there);
    }
    lines.warn(
        what,
        format!("{there}; nobody could read: {}", unread.join("; ")),
        "a handler with another role needs a key, in most cases an independent handler: set roles.independent_handler",
    );
}
