//! `bellwether run`: the bot, until it is told to stop.

use super::Exit;
use crate::config::{self, Config};
use crate::document::{Problem, Problems};
use crate::{catalogue, telemetry};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Start although the signing guard is missing. For one start, after `bellwether evidence verify`.
    #[arg(long)]
    accept_missing_guard: bool,
}

pub(super) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<Exit> {
    if config.organisations.is_empty() {
        return Err(no_organisation().into());
    }
    let token = config::token(|name| std::env::var(name).ok())?;
    let catalogue = catalogue::load(&config.catalogue)?;
    config::fits(&config, &catalogue)?;
    telemetry::start(&config.telemetry, std::env::var("RUST_LOG").ok().as_deref())?;
    let _ = (token, arguments.accept_missing_guard);
    anyhow::bail!("not yet")
}

fn no_organisation() -> Problems {
    Problems::one(
        "the configuration",
        Problem {
            at: "organisation".to_owned(),
            found: "none".to_owned(),
            allowed: "at least one [[organisation]]".to_owned(),
            mend: "add a block with id, name, zone and roles.manager; config.example.toml shows one".to_owned(),
        },
    )
}

pub(super) fn refused(_error: &anyhow::Error) -> Option<Exit> {
    None
}
