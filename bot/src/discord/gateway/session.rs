//! One run of serenity's shard, on threads of its own.
//!
//! A shard whose connection has ended in certain ways never yields again; on its own runtime it can be left behind
//! without holding up anything else.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::Stream;
use secrecy::ExposeSecret;
use serenity::all::{GatewayError, GatewayIntents, ShardId, ShardManager, ShardManagerOptions};
use serenity::http::HttpBuilder;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex as AsyncMutex;

use super::events::Listener;
use super::fatal::Fatal;
use super::{Shared, gate};
use crate::memory;

/// How often it is looked whether a session is alive.
const LOOK: Duration = Duration::from_secs(1);
/// How long closing may take.
const CLOSE: Duration = Duration::from_secs(3);

/// How a session ended, where another one may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Stopped,
    Dead,
}

/// Runs until stopped, dead, or refused for good.
pub(super) async fn run(shared: &Arc<Shared>, url: &str) -> Result<Ended, Fatal> {
    let address = Arc::new(AsyncMutex::new(url.to_owned()));
    let threads = Threads::start()?;
    let (keeper, (manager, mut refused)) = {
        let _inside = threads.enter();
        // On the shard's own thread: what it does there in one go, the shard cannot come between.
        let keeper = tokio::spawn(gate::keep(Arc::clone(shared), Arc::clone(&address)));
        (keeper, begin(shared, &address))
    };
    let ended = tokio::select! {
        end = refused.next() => Err(why(end)),
        () = silence(shared, &manager) => Ok(Ended::Dead),
        () = shared.bot.stopping.cancelled() => Ok(Ended::Stopped),
        fatal = shared.too_many() => Err(fatal),
    };
    keeper.abort();
    // A dead or refused shard would never answer the close.
    if ended == Ok(Ended::Stopped) && tokio::time::timeout(CLOSE, manager.shutdown_all()).await.is_err() {
        tracing::debug!("the gateway did not close in time");
    }
    drop(threads);
    ended
}

fn begin(
    shared: &Arc<Shared>,
    address: &Arc<AsyncMutex<String>>,
) -> (Arc<ShardManager>, impl Stream<Item = Result<(), GatewayError>> + use<>) {
    let discord = &shared.bot.asking.config.discord;
    // Our own client makes all requests. This one only carries the token; it points where ours does, in case
    // serenity ever asks something.
    let api = discord.api_url.as_str().trim_end_matches('/').trim_end_matches("/api");
    let http = HttpBuilder::new(shared.token.expose_secret())
        .proxy(api)
        .ratelimiter_disabled(true)
        .build();
    let mut intents = GatewayIntents::GUILDS | GatewayIntents::DIRECT_MESSAGES;
    if discord.members_intent {
        intents |= GatewayIntents::GUILD_MEMBERS;
    }
    let (manager, refused) = ShardManager::new(ShardManagerOptions {
        data: Arc::default(),
        event_handlers: Vec::new(),
        raw_event_handlers: vec![Arc::new(Listener(Arc::clone(shared)))],
        shard_index: 0,
        shard_init: 1,
        shard_total: 1,
        ws_url: Arc::clone(address),
        http: Arc::new(http),
        intents,
        presence: None,
    });
    // It only queues the start, which cannot fail in this version.
    let _ = manager.initialize();
    (manager, refused)
}

/// Returns when nothing has stirred for too long: no event, no heartbeat answer, no change of stage.
async fn silence(shared: &Shared, manager: &ShardManager) {
    let mut last = None;
    let mut quiet = Duration::ZERO;
    loop {
        tokio::time::sleep(LOOK).await;
        let runners = manager.runners.lock().await;
        let shard = runners.get(&ShardId(0)).map(|runner| (runner.latency, runner.stage));
        drop(runners);
        let now = Some((shard, shared.counters.read().events));
        quiet = if now == last { quiet + LOOK } else { Duration::ZERO };
        last = now;
        if quiet >= shared.attempts.pace().silence {
            tracing::warn!("the gateway is silent; a new session begins");
            return;
        }
    }
}

fn why(end: Option<Result<(), GatewayError>>) -> Fatal {
    match end {
        Some(Err(GatewayError::InvalidAuthentication | GatewayError::NoAuthentication)) => Fatal::TokenRefused,
        Some(Err(GatewayError::DisallowedGatewayIntents)) => Fatal::IntentsDisallowed,
        Some(Err(GatewayError::InvalidGatewayIntents)) => Fatal::IntentsUnknown,
        Some(Err(other)) => Fatal::Refused(other.to_string()),
        Some(Ok(())) | None => Fatal::Broken,
    }
}

/// The session's own threads; left behind when dropped, also when one of them never yields.
struct Threads(Option<Runtime>);

impl Threads {
    fn start() -> Result<Self, Fatal> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("gateway")
            // It reads what people send: nothing of that is to lie on its stack until somebody sends the like.
            .on_thread_park(memory::wipe_stack::<{ memory::READER_STACK }>)
            .enable_all()
            .build()
            .map_err(|error| Fatal::Refused(format!("no thread for it: {}", error.kind())))?;
        Ok(Self(Some(runtime)))
    }

    fn enter(&self) -> Option<tokio::runtime::EnterGuard<'_>> {
        self.0.as_ref().map(Runtime::enter)
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
