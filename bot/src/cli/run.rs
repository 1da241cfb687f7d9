//! `bellwether run`: the bot, until it is told to stop.

use tokio_util::sync::CancellationToken;

use super::exit::Exit;
use crate::app::{App, Parts};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::concerns::Stretch;
use crate::config::{self, Config};
use crate::discord::gateway::Fatal;
use crate::discord::{courier, gateway};
use crate::document::{Problem, Problems};
use crate::evidence::GuardPolicy;
use crate::{catalogue, memory, scheduler, telemetry};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Start even if the signing guard is missing. Use it for one start only, after `bellwether evidence verify`.
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
    memory::keep_private();
    let app = App::build(Parts {
        config,
        catalogue,
        token,
        clock: Clock::system(),
        chance: Chance::system()?,
        gateway: gateway::Pace::default(),
        openings: courier::Pace::default(),
        stretch: Stretch::default(),
        guard: if arguments.accept_missing_guard {
            GuardPolicy::Accept
        } else {
            GuardPolicy::Require
        },
    })
    .await?;
    let stop = CancellationToken::new();
    tokio::spawn(stop_on_signal(stop.clone()));
    Box::pin(scheduler::run(app, stop)).await?;
    Ok(Exit::Done)
}

/// Cancels `stop` on the first Ctrl-C or SIGTERM.
async fn stop_on_signal(stop: CancellationToken) {
    let asked = async {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            if let Ok(mut terminate) = signal(SignalKind::terminate()) {
                tokio::select! {
                    _ = terminate.recv() => return,
                    _ = tokio::signal::ctrl_c() => return,
                }
            }
        }
        drop(tokio::signal::ctrl_c().await);
    };
    asked.await;
    tracing::info!("stopping; finishing what was acknowledged");
    stop.cancel();
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

/// Whether Discord ended the program for good, so that no service manager should start it again.
pub(super) fn refused(error: &anyhow::Error) -> Option<Exit> {
    match error.downcast_ref::<Fatal>()? {
        Fatal::TokenRefused
        | Fatal::IntentsDisallowed
        | Fatal::IntentsUnknown
        | Fatal::Refused(_)
        | Fatal::StartsSpent { .. }
        | Fatal::TooManyStarts => Some(Exit::Refused),
        Fatal::Broken => None,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn a_refusal_has_its_own_exit_code() {
        let refused_token = anyhow::Result::<()>::Err(Fatal::TokenRefused.into()).context("running");
        assert_eq!(refused(&refused_token.expect_err("it is refused")), Some(Exit::Refused));
        assert_eq!(refused(&Fatal::Broken.into()), None);
        assert_eq!(refused(&anyhow::anyhow!("the disk is full")), None);
    }
}
