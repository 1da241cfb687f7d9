//! From a file to a [`Config`]: the example's values, overlaid by the operator's, read and checked.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::given_key::{given_key, given_pepper};
use super::{Config, Problems, organisation, read};
use crate::catalogue::Catalogue;
use crate::document::{self, Notes, Problem};

/// The documented example. Its values are the defaults.
pub const EXAMPLE: &str = include_str!("../../../config.example.toml");

/// The environment variable that takes the place of `database.url`.
const DATABASE_URL: &str = "BELLWETHER_DATABASE_URL";
/// Names of keys that would hold a secret.
const SECRETS: [&str; 6] = [
    "token",
    "discord_token",
    "bot_token",
    "secret",
    "password",
    "client_secret",
];

/// Reads and checks the configuration file at `path`; `BELLWETHER_DATABASE_URL`, where set, replaces `database.url`,
/// and a key that the environment hands over replaces the one in `evidence.key_file`.
///
/// # Errors
/// Every problem there is, each with its key and remedy.
pub fn load(path: &Path) -> Result<Config, Problems> {
    let source = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Problems::one(
            &source,
            Problem {
                at: "the configuration file".to_owned(),
                found: format!("a file that cannot be read: {error}"),
                allowed: "a TOML file in UTF-8".to_owned(),
                mend: "name the file with --config or BELLWETHER_CONFIG; config.example.toml shows every key"
                    .to_owned(),
            },
        )
    })?;
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let folder = std::path::absolute(&folder)
        .or_else(|_| std::env::current_dir())
        .unwrap_or(folder);
    let environment = |name: &str| std::env::var(name).ok();
    let mut config = read_text(&text, &folder, &source, environment(DATABASE_URL))?;
    config.evidence.given_key = given_key(environment).map_err(|problem| Problems::one("the environment", problem))?;
    config.concerns.given_pepper =
        given_pepper(environment).map_err(|problem| Problems::one("the environment", problem))?;
    Ok(config)
}

/// As [`load`], from a text; paths in it are relative to `folder`. Looks at no environment.
pub fn parse(text: &str, folder: &Path) -> Result<Config, Problems> {
    read_text(text, folder, "the configuration", None)
}

fn read_text(text: &str, folder: &Path, source: &str, database: Option<String>) -> Result<Config, Problems> {
    let mut own = document::parse(text).map_err(|problem| Problems::one(source, problem))?;
    let notes = Notes::default();
    refuse_secrets(&mut own, "", &notes);
    let mut table = defaults();
    if own_due(&own) {
        forget_default_due(&mut table, &own);
    }
    overlay(&mut table, own);
    if let Some(url) = database {
        overlay(
            &mut table,
            Table::from_iter([(
                "database".to_owned(),
                Value::Table(Table::from_iter([("url".to_owned(), Value::String(url))])),
            )]),
        );
    }
    organisation::spread_defaults(&mut table);
    let config = read::config(&table, folder, &notes);
    notes.settle(source, config)
}

fn defaults() -> Table {
    document::parse(EXAMPLE).expect("the example is TOML: a test parses it")
}

/// Whether a cadence of the operator's names its own due day.
fn own_due(own: &Table) -> bool {
    own.get("schedule").is_some_and(Value::is_table)
}

/// Of `due_weekday` and `due_days` only one may stand: the operator's choice drops the default.
fn forget_default_due(table: &mut Table, own: &Table) {
    for cadence in ["weekly", "monthly", "quarterly"] {
        let chosen = |key: &str| own["schedule"].get(cadence).is_some_and(|own| own.get(key).is_some());
        if !chosen("due_weekday") && !chosen("due_days") {
            continue;
        }
        if let Some(Value::Table(cadence)) = table.get_mut("schedule").and_then(|all| all.get_mut(cadence)) {
            cadence.remove("due_weekday");
            cadence.remove("due_days");
        }
    }
}

/// Tables are merged key by key; everything else is replaced.
fn overlay(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

/// Takes secrets out, so that no later message can show one, and says where they belong.
fn refuse_secrets(table: &mut Table, at: &str, notes: &Notes) {
    let found = table
        .keys()
        .filter(|key| SECRETS.contains(&key.to_lowercase().as_str()))
        .cloned()
        .collect::<Vec<_>>();
    for key in found {
        table.remove(&key);
        notes.problem(
            format!("{at}{key}"),
            "a secret in the configuration file",
            "no secrets in this file",
            "remove it; give the token in DISCORD_TOKEN, or in a file that DISCORD_TOKEN_FILE names; if others \
             could read this file, reset the token in Discord's developer portal",
        );
    }
    for (key, value) in table.iter_mut() {
        let at = format!("{at}{key}.");
        match value {
            Value::Table(inner) => refuse_secrets(inner, &at, notes),
            Value::Array(entries) => entries
                .iter_mut()
                .filter_map(Value::as_table_mut)
                .for_each(|entry| refuse_secrets(entry, &at, notes)),
            _ => {}
        }
    }
}

/// Whether every pack and audience that the configuration names is in the catalogue.
///
/// # Errors
/// Those that are not.
pub fn fits(config: &Config, catalogue: &Catalogue) -> Result<(), Problems> {
    let notes = Notes::default();
    for organisation in &config.organisations {
        let at = format!("organisation \"{}\"", organisation.id);
        for pack in organisation.packs.iter().filter(|pack| catalogue.pack(pack).is_none()) {
            let packs = catalogue.packs.iter().map(|pack| pack.id.as_str()).collect::<Vec<_>>();
            unknown(&notes, format!("{at}.packs"), pack, &packs);
        }
        for audience in organisation.audiences.keys() {
            if catalogue.audience(audience).is_none() {
                let audiences = catalogue
                    .audiences
                    .iter()
                    .map(|known| known.id.as_str())
                    .collect::<Vec<_>>();
                unknown(&notes, format!("{at}.audiences"), audience, &audiences);
            }
        }
    }
    notes.settle("the configuration compared with the catalogue", ())
}

fn unknown(notes: &Notes, at: String, found: &str, known: &[&str]) {
    let mend = document::nearest(found, known.iter().copied()).map_or_else(
        || "choose one of them, or add it to the catalogue".to_owned(),
        |near| format!("did you mean {near:?}?"),
    );
    notes.problem(at, format!("{found:?}"), known.join(", "), mend);
}

#[cfg(test)]
mod tests;
