//! What can be looked at without Discord: configuration, catalogue, database, pepper, token.

use std::collections::BTreeSet;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use super::line::Lines;
use crate::catalogue::{self, Catalogue};
use crate::concerns::{Fit, Pepper};
use crate::config::{self, Config, Role};
use crate::db::{Condition, Db};

pub(super) fn configuration(config: &Config, lines: &mut Lines) {
    if config.organisations.is_empty() {
        lines.fail(
            "organisations",
            "none",
            "add an [[organisation]] block with id, name, zone and roles.manager; config.example.toml shows one",
        );
    }
    for organisation in &config.organisations {
        let what = format!("organisation {}", organisation.id);
        if organisation.discord_roles(Role::Owner).next().is_none() {
            lines.warn(
                &what,
                "no owner role: nobody can ask for streaks",
                "set roles.owner to the role of the people who run the programme",
            );
        }
        if organisation.channels.fallback.is_none() {
            lines.warn(
                &what,
                "no fallback channel: people who refuse direct messages are not reached",
                "set channels.fallback to a channel that managers can see",
            );
        }
        lines.ok(what, format!("{} in {}", organisation.name, organisation.zone));
    }
}

/// The catalogue, if it can be read.
pub(super) fn catalogue(config: &Config, lines: &mut Lines) -> Option<Catalogue> {
    let catalogue = match catalogue::load(&config.catalogue) {
        Ok(catalogue) => catalogue,
        Err(problems) => {
            lines.problems("catalogue", &problems);
            return None;
        }
    };
    lines.ok(
        "catalogue",
        format!(
            "{} {} with {} prompts, sha256 {}",
            catalogue.id,
            catalogue.version,
            catalogue.prompts.len(),
            catalogue.sha256
        ),
    );
    let packed: BTreeSet<&String> = catalogue.packs.iter().flat_map(|pack| &pack.prompts).collect();
    let idle = catalogue.prompts.iter().filter(|prompt| !packed.contains(&prompt.id));
    let idle: Vec<&str> = idle.map(|prompt| prompt.id.as_str()).collect();
    if !idle.is_empty() {
        lines.warn(
            "catalogue",
            format!("in no pack, so nobody is asked: {}", idle.join(", ")),
            "add them to a pack's prompts, or remove them",
        );
    }
    if let Err(problems) = config::fits(config, &catalogue) {
        lines.problems("catalogue", &problems);
    }
    Some(catalogue)
}

pub(super) async fn database(config: &Config, lines: &mut Lines) {
    const WHAT: &str = "database";
    if let Some(file) = config.database.file()
        && !file.exists()
    {
        let folder = file.parent().filter(|folder| folder.is_dir());
        return match folder {
            Some(_) => lines.warn(
                WHAT,
                format!("{} does not exist yet", file.display()),
                "`bellwether migrate` or the first `bellwether run` creates it",
            ),
            None => lines.fail(
                WHAT,
                format!("the folder of {} does not exist", file.display()),
                "create the folder, owned by the bot's user",
            ),
        };
    }
    let condition = match Db::open(config.database.url.expose_secret()).await {
        Ok(db) => db.condition().await,
        Err(error) => Err(error),
    };
    match condition {
        Ok(condition) => describe(&condition, lines),
        Err(error) => lines.fail(
            WHAT,
            format!("{error:#}"),
            "check database.url, that the server runs, and that the bot's user may use it",
        ),
    }
}

fn describe(condition: &Condition, lines: &mut Lines) {
    const WHAT: &str = "database";
    if condition.unknown.is_empty() && condition.pending.is_empty() {
        lines.ok(WHAT, "reachable, its tables are up to date");
    } else if !condition.unknown.is_empty() {
        lines.fail(
            WHAT,
            format!("used by a newer version: {}", condition.unknown.join(", ")),
            "run that version; going back would lose what it keeps",
        );
    } else {
        lines.warn(
            WHAT,
            format!("tables to be brought up to date: {}", condition.pending.join(", ")),
            "`bellwether migrate` or the next `bellwether run` does it",
        );
    }
    match &condition.not_writable {
        None => lines.ok(WHAT, "takes writes"),
        Some(why) => lines.fail(
            WHAT,
            format!("takes no writes: {why}"),
            "let the bot's user write to the file and its folder, free space on the disk, or stop what locks it",
        ),
    }
    for (name, wanted, found) in &condition.settings {
        lines.warn(
            WHAT,
            format!("{name} is {found:?}: after a power failure the last answers may be gone"),
            format!("set {name} to {wanted}"),
        );
    }
}

/// What case keys are derived with.
pub(super) async fn pepper(config: &Config, lines: &mut Lines) {
    const WHAT: &str = "pepper";
    let file = config.concerns.pepper_file.display();
    match Pepper::look(&config.concerns) {
        Ok(Some(pepper)) => match fit(config, &pepper).await {
            Some(Fit::Other { found, allowed }) => lines.fail(
                WHAT,
                format!("not the one that the database was used with: its fingerprint is {found}, expected: {allowed}"),
                "restore the right one from its copy; with another pepper no case key opens its case",
            ),
            Some(Fit::Fits | Fit::Any) | None => lines.ok(
                WHAT,
                "present; keep its copy with the log key's copy, not with the database",
            ),
        },
        Ok(None) if needs_pepper(config).await => lines.fail(
            WHAT,
            format!("{file} is missing, but there are concerns: without it no case key opens its case"),
            "restore the file from its copy",
        ),
        Ok(None) => lines.warn(
            WHAT,
            format!("{file} does not exist yet"),
            "the first `bellwether run` creates it; then keep a copy with the log key's copy, not with the database",
        ),
        Err(error) => lines.fail(
            WHAT,
            format!("{error:#}"),
            "restore it from its copy, with mode 0600, owned by the bot's user",
        ),
    }
}

/// False also where the database cannot be read.
async fn needs_pepper(config: &Config) -> bool {
    match readable(config).await {
        Some(db) => Pepper::is_needed(&db).await.unwrap_or(false),
        None => false,
    }
}

/// `None` if the database cannot be read.
async fn fit(config: &Config, pepper: &Pepper) -> Option<Fit> {
    pepper.fits(&readable(config).await?).await.ok()
}

/// `None` if the database does not exist yet or cannot be read, which another line says.
pub(super) async fn readable(config: &Config) -> Option<Db> {
    if config.database.file().is_some_and(|file| !file.exists()) {
        return None;
    }
    Db::open(config.database.url.expose_secret()).await.ok()
}

/// The token, if there is one that can be used.
pub(super) fn token(lines: &mut Lines, env: impl Fn(&str) -> Option<String>) -> Option<SecretString> {
    const WHAT: &str = "token";
    if let Some(path) = env("DISCORD_TOKEN_FILE")
        && let Some(warning) = config::token_file_warning(Path::new(&path))
    {
        lines.warn(WHAT, "others can read its file", warning);
    }
    match config::token(env) {
        Ok(token) => {
            lines.ok(WHAT, "present");
            Some(token)
        }
        Err(config::TokenError::Missing) => {
            lines.warn(
                WHAT,
                "none",
                "set DISCORD_TOKEN_FILE to a file with mode 0600 that holds it, or DISCORD_TOKEN to the token",
            );
            None
        }
        Err(error) => {
            lines.fail(
                WHAT,
                error.to_string(),
                "correct DISCORD_TOKEN or DISCORD_TOKEN_FILE in the environment of \
                                                 the bot's service",
            );
            None
        }
    }
}
