//! The connection to Discord's gateway and everything that comes over it.
//!
//! A supervisor starts sessions, paces every connect, restarts what is dead, and ends with a [`Fatal`] where trying
//! again would be useless or harmful. Handlers run apart from it: counted, bounded, and caught when they panic.

mod attempts;
mod counters;
mod events;
mod fatal;
mod gate;
mod handle;
mod hint;
mod hinted;
mod members;
mod outlook;
mod pared;
mod read;
mod recent;
mod servers;
mod session;
mod state;
mod told;

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::runtime::Handle;
use tokio::sync::{Notify, Semaphore, watch};

pub use attempts::Pace;
pub use counters::{Counters, Counts};
pub use fatal::Fatal;

use super::edge::Bot;
use super::wire::rest::RestError;
use attempts::Attempts;
use hinted::Hints;
use recent::Recent;
use session::Ended;
use state::Shared;

/// Events other than interactions at the same time.
const EVENTS: usize = 8;
/// How long a stop waits for what is being handled, and for the connection to close.
const GOODBYE: Duration = Duration::from_secs(10);

/// The running gateway.
#[derive(Debug)]
pub struct Gateway {
    shared: Arc<Shared>,
    ended: watch::Receiver<Option<Result<(), Fatal>>>,
}

impl Gateway {
    /// Starts connecting. Returns at once; call it from within a tokio runtime.
    pub fn start(bot: Bot, token: SecretString, pace: Pace) -> Self {
        let shared = Arc::new(Shared {
            bot,
            token,
            counters: Counters::default(),
            attempts: Attempts::new(pace),
            recent: Recent::default(),
            hints: Hints::default(),
            events: Arc::new(Semaphore::new(EVENTS)),
            relearn: Notify::new(),
            overrun: watch::Sender::new(None),
            ready: watch::Sender::new(false),
            handle: Handle::current(),
        });
        let (end, ended) = watch::channel(None);
        tokio::spawn({
            let shared = Arc::clone(&shared);
            async move { drop(end.send(Some(supervise(&shared).await))) }
        });
        tokio::spawn(members::learn_again(Arc::clone(&shared)));
        Self { shared, ended }
    }

    /// Returns once connected for the first time, with commands registered and members known; or once all has ended.
    pub async fn ready(&self) {
        let mut ready = self.shared.ready.subscribe();
        let mut ended = self.ended.clone();
        tokio::select! {
            _ = ready.wait_for(|ready| *ready) => {}
            _ = ended.wait_for(Option::is_some) => {}
        }
    }

    /// Returns once no event is being handled.
    pub async fn idle(&self) {
        self.shared.bot.busy.idle().await;
    }

    pub fn counters(&self) -> Counts {
        self.shared.counters.read()
    }

    /// Returns once the gateway has ended.
    ///
    /// # Errors
    /// When it ended by itself, because trying again would be useless or harmful.
    pub async fn wait(&self) -> Result<(), Fatal> {
        let mut ended = self.ended.clone();
        match ended.wait_for(Option::is_some).await {
            Ok(end) => end.clone().unwrap_or(Ok(())),
            Err(_) => Err(Fatal::Broken),
        }
    }

    /// Takes nothing new, lets what is being handled finish within a bounded time, and closes the connection.
    pub async fn shutdown(&self) {
        self.shared.bot.stopping.cancel();
        let finished = async {
            self.idle().await;
            // `wait` says how it ended.
            let _ = self.wait().await;
        };
        if tokio::time::timeout(GOODBYE, finished).await.is_err() {
            tracing::warn!("the gateway was stopped before everything had finished");
        }
    }
}

async fn supervise(shared: &Arc<Shared>) -> Result<(), Fatal> {
    let stopping = &shared.bot.stopping;
    let mut failures = 0;
    while !stopping.is_cancelled() {
        match locate(shared).await? {
            Some(url) => {
                failures = 0;
                match session::run(shared, &url).await? {
                    Ended::Stopped => return Ok(()),
                    Ended::Dead => shared.counters.restarted(),
                }
            }
            None => failures += 1,
        }
        tokio::select! {
            () = tokio::time::sleep(shared.attempts.pace().after(failures, &shared.bot.core.chance)) => {}
            () = stopping.cancelled() => {}
        }
    }
    Ok(())
}

/// Where the gateway is; none if that cannot be found out now. Never a host that was not configured.
async fn locate(shared: &Shared) -> Result<Option<String>, Fatal> {
    match shared.bot.rest.get_gateway_bot().await {
        // Only Discord itself has to say how often a session may begin.
        Err(RestError::Refused { status: 404 | 405, .. }) => match shared.bot.rest.get_gateway().await {
            Ok(gateway) => Ok(Some(bare(&gateway.url))),
            Err(error) => {
                tracing::warn!("the server does not say where its gateway is: {error}");
                Ok(None)
            }
        },
        Ok(start) => {
            let left = &start.session_start_limit;
            let remaining = left["remaining"].as_u64().unwrap_or(u64::MAX);
            let hours = left["reset_after"].as_u64().unwrap_or(0).div_ceil(3_600_000);
            if remaining <= fatal::RESERVE {
                return Err(Fatal::StartsSpent { hours });
            }
            Ok(Some(bare(&start.url)))
        }
        Err(RestError::TokenRefused) => Err(Fatal::TokenRefused),
        Err(error) => {
            tracing::warn!("Discord does not say where its gateway is: {error}");
            Ok(None)
        }
    }
}

/// The address without a query: serenity appends its own.
fn bare(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or(url).to_owned()
}

#[cfg(test)]
mod tests;
