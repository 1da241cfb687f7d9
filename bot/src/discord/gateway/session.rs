//! One run of serenity's shard, on a thread of its own.
//!
//! A shard whose connection has ended in certain ways never yields again; on its own runtime it can be left behind
//! without blocking anything else.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::Stream;
use secrecy::ExposeSecret;
use serenity::all::{GatewayError, GatewayIntents, ShardId, ShardManager, ShardManagerOptions};
use serenity::http::HttpBuilder;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Mutex as AsyncMutex, oneshot};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::events::Listener;
use super::fatal::Fatal;
use super::gate::{self, Gate};
use super::state::Shared;
use crate::memory;

/// How often to check whether a session is alive.
const LOOK: Duration = Duration::from_secs(1);
/// How long closing may take.
const CLOSE: Duration = Duration::from_secs(3);

/// How a session ended, if another one may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Stopped,
    Dead,
}

/// Runs until stopped, dead, or refused for good.
pub(super) async fn run(shared: &Arc<Shared>, url: &str) -> Result<Ended, Fatal> {
    let runtime = Builder::new_current_thread()
        // It reads what people send: nothing of that should stay on its stack until somebody sends something similar.
        .on_thread_park(memory::wipe_stack::<{ memory::READER_STACK }>)
        .enable_all()
        .build()
        .map_err(|error| Fatal::Refused(format!("no thread for it: {}", error.kind())))?;
    let address = Arc::new(AsyncMutex::new(url.to_owned()));
    let held = Arc::clone(&address).lock_owned().await;
    let (manager, mut refused) = {
        let _inside = runtime.enter();
        begin(shared, &address)
    };
    let gate = Gate {
        address,
        held,
        manager: Arc::clone(&manager),
    };
    let (_thread, unanswered) = Thread::start(runtime, gate::keep(Arc::clone(shared), gate))?;
    let ended = tokio::select! {
        end = refused.next() => Err(why(end)),
        () = silence(shared, &manager) => Ok(Ended::Dead),
        _ = unanswered => Ok(Ended::Dead),
        () = shared.bot.stopping.cancelled() => Ok(Ended::Stopped),
        fatal = shared.too_many() => Err(fatal),
    };
    // A dead or refused shard would never answer the close.
    if ended == Ok(Ended::Stopped) && tokio::time::timeout(CLOSE, manager.shutdown_all()).await.is_err() {
        tracing::debug!("the gateway did not close in time");
    }
    ended
}

fn begin(
    shared: &Arc<Shared>,
    address: &Arc<AsyncMutex<String>>,
) -> (Arc<ShardManager>, impl Stream<Item = Result<(), GatewayError>> + use<>) {
    let discord = &shared.bot.core.config.discord;
    // Our own client makes all requests. This one only carries the token; it points where ours does, in case serenity
    // ever makes a request.
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

/// Returns when nothing has happened for too long: no event, no heartbeat answer, no change of stage.
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

/// The session's own thread. What is spawned on it runs in the order it was spawned, and so do events in which they
/// came. Left behind when dropped, also when the shard never yields.
struct Thread {
    _stop: DropGuard,
}

impl Thread {
    /// Drives `runtime` until dropped or until `keeper` ends, which the receiver tells.
    fn start(
        runtime: Runtime,
        keeper: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(Self, oneshot::Receiver<()>), Fatal> {
        let stop = CancellationToken::new();
        let (done, ended) = oneshot::channel();
        let stopped = stop.clone().cancelled_owned();
        let drive = move || {
            runtime.block_on(async {
                tokio::select! {
                    () = keeper => {}
                    () = stopped => {}
                }
            });
            // Nobody may listen any more.
            let _ = done.send(());
            runtime.shutdown_background();
        };
        let thread = std::thread::Builder::new().name("gateway".to_owned()).spawn(drive);
        thread.map_err(|error| Fatal::Refused(format!("no thread for it: {}", error.kind())))?;
        let stop = stop.drop_guard();
        Ok((Self { _stop: stop }, ended))
    }
}
