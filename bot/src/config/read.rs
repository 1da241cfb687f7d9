//! Sections of the configuration, one function each.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::{
    BelieveTime, Config, Database, Discord, LogFormat, Telemetry, concerns, evidence, organisation, schedule, url,
};
use crate::catalogue::CatalogueSource;
use crate::document::{Fields, Notes};

/// Discord's limit over all routes of a bot.
const MOST_REQUESTS_PER_SECOND: i64 = 50;

/// What stands in for a URL that is wrong, until the problem is told.
const PLACEHOLDER_URL: &str = "https://discord.com/api";

pub(super) fn config(table: &toml::Table, folder: &Path, notes: &Notes) -> Config {
    let root = Fields::root(table, notes);
    let discord = discord(root.table("discord"));
    let organisations = organisation::read(&root, discord.members_intent, folder, notes);
    let config = Config {
        discord,
        database: database(root.table("database"), folder),
        evidence: evidence::read(root.table("evidence"), folder),
        telemetry: telemetry(root.table("telemetry")),
        catalogue: catalogue(root.table("catalogue"), folder),
        schedule: schedule::read(root.table("schedule")),
        concerns: concerns::read(root.table("concerns"), folder),
        organisations,
    };
    root.finish();
    config
}

fn discord(fields: Fields<'_>) -> Discord {
    let text = fields.text("api_url");
    let api_url = url::api(&text).unwrap_or_else(|wrong| {
        if !text.is_empty() {
            fields.wrong("api_url", wrong.found, wrong.allowed, wrong.mend);
        }
        ::url::Url::parse(PLACEHOLDER_URL).expect("a URL written here")
    });
    let discord = Discord {
        api_url,
        members_intent: fields.yes("members_intent"),
        requests_per_second: fields.whole("requests_per_second", 1..=MOST_REQUESTS_PER_SECOND) as u32,
        believe_time: fields.word(
            "believe_time",
            &[
                ("https", BelieveTime::Https),
                ("always", BelieveTime::Always),
                ("never", BelieveTime::Never),
            ],
        ),
    };
    fields.finish();
    discord
}

fn database(fields: Fields<'_>, folder: &Path) -> Database {
    let text = fields.text("url");
    let url = url::database(&text, folder).unwrap_or_else(|wrong| {
        if !text.is_empty() {
            fields.wrong("url", wrong.found, wrong.allowed, wrong.mend);
        }
        String::new()
    });
    fields.finish();
    Database {
        url: SecretString::from(url),
    }
}

fn telemetry(fields: Fields<'_>) -> Telemetry {
    let telemetry = Telemetry {
        format: fields.word("format", &[("human", LogFormat::Human), ("json", LogFormat::Json)]),
        level: fields.text("level"),
    };
    if let Err(error) = telemetry.level.parse::<tracing_subscriber::filter::EnvFilter>() {
        fields.wrong(
            "level",
            format!("{:?}: {error}", telemetry.level),
            "error, warn, info, debug, trace, or a filter such as \"info,bellwether::outbox=debug\"",
            "write such a filter",
        );
    }
    fields.finish();
    telemetry
}

#[derive(Clone, Copy)]
enum Mode {
    BuiltIn,
    Replace,
    Extend,
}

fn catalogue(fields: Fields<'_>, folder: &Path) -> CatalogueSource {
    let mode = fields.word(
        "mode",
        &[
            ("built-in", Mode::BuiltIn),
            ("replace", Mode::Replace),
            ("extend", Mode::Extend),
        ],
    );
    let file = fields.optional_text("file").map(|file| folder.join(file));
    let file_of = |fields: &Fields<'_>| -> PathBuf {
        if file.is_none() {
            fields.wrong(
                "file",
                "nothing",
                "the path of a catalogue, because the mode is not \"built-in\"",
                "add the key `file`, or set the mode to \"built-in\"",
            );
        }
        file.clone().unwrap_or_default()
    };
    let source = match mode {
        Mode::BuiltIn => {
            if file.is_some() {
                fields.wrong(
                    "file",
                    "a file that is never read, because the mode is \"built-in\"",
                    "a file with the modes \"replace\" and \"extend\" only",
                    "set the mode, or remove the file",
                );
            }
            CatalogueSource::BuiltIn
        }
        Mode::Replace => CatalogueSource::Replace(file_of(&fields)),
        Mode::Extend => CatalogueSource::Extend(file_of(&fields)),
    };
    fields.finish();
    source
}
