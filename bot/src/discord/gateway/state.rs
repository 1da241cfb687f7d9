//! What the supervisor and the handlers share.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::runtime::Handle;
use tokio::sync::{Notify, Semaphore, watch};

use super::attempts::Attempts;
use super::counters::Counters;
use super::fatal::Fatal;
use super::hinted::Hints;
use super::recent::Recent;
use crate::discord::edge::Bot;
use crate::discord::wire::rest::RestError;

/// Pauses between attempts at start-up.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(1),
    Duration::from_secs(5),
];

/// What the supervisor and the handlers share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) bot: Bot,
    pub(super) token: SecretString,
    pub(super) counters: Counters,
    pub(super) attempts: Attempts,
    pub(super) recent: Recent,
    pub(super) hints: Hints,
    pub(super) events: Arc<Semaphore>,
    /// Notified when all members should be learned again.
    pub(super) relearn: Notify,
    /// Set when too many sessions have begun.
    pub(super) overrun: watch::Sender<Option<Fatal>>,
    pub(super) ready: watch::Sender<bool>,
    /// Handlers run here and not on the session's own threads.
    pub(super) handle: Handle,
}

impl Shared {
    /// Returns when too many sessions have begun.
    pub(super) async fn too_many(&self) -> Fatal {
        let mut overrun = self.overrun.subscribe();
        match overrun.wait_for(Option::is_some).await {
            Ok(fatal) => fatal.clone().unwrap_or(Fatal::TooManyStarts),
            // The sender is ours, so the channel stays open.
            Err(_) => Fatal::Broken,
        }
    }
}

/// Repeats a request at start-up a few times where a later attempt may succeed.
pub(super) async fn patient<T, F>(bot: &Bot, call: impl Fn() -> F) -> Result<T, RestError>
where
    F: Future<Output = Result<T, RestError>>,
{
    for pause in PAUSES {
        match bot.rest.patiently(&call).await {
            Err(RestError::Unreachable | RestError::Cut | RestError::Server { .. }) if !bot.stopping.is_cancelled() => {
                tokio::time::sleep(pause).await;
            }
            done => return done,
        }
    }
    bot.rest.patiently(&call).await
}
