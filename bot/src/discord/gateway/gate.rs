//! Paces connects. serenity resumes without any pause, hundreds of times a second when a server drops each time.
//!
//! Before every connect, first, resumed or new, a shard locks the gateway's address. So the gatekeeper holds that lock,
//! and opens it for one connect at a time, after a pause that grows until the connection has lasted for a while. It
//! also sees when a connect got no answer: neither READY nor RESUMED, although heartbeats may be exchanged.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serenity::all::{ShardId, ShardManager};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use super::state::Shared;

/// How often the gatekeeper checks whether somebody waits.
const LOOK: Duration = Duration::from_millis(50);

/// The gate of one session.
pub(super) struct Gate {
    pub(super) address: Arc<AsyncMutex<String>>,
    /// Shut from before the first connect.
    pub(super) held: OwnedMutexGuard<String>,
    pub(super) manager: Arc<ShardManager>,
}

/// Keeps it; ends if a connect got no answer for too long. Must run on the one thread that the shard runs on: on
/// another, a shard could pass between the opening and the look, uncounted and unpaced.
pub(super) async fn keep(shared: Arc<Shared>, gate: Gate) {
    let (attempts, chance) = (&shared.attempts, &shared.bot.core.chance);
    let pace = attempts.pace;
    let Gate {
        address,
        mut held,
        manager,
    } = gate;
    // The first connect waits for the pauses that earlier sessions have caused.
    let mut pause = pace.after(attempts.in_a_row.load(Ordering::Relaxed), chance);
    let mut resume = pause;
    let mut since = Duration::ZERO;
    let mut connected = false;
    let mut events = 0;
    loop {
        // Only a shard that runs can resume; one that will begin a session is not among them yet.
        let resumes = manager.runners.lock().await.contains_key(&ShardId(0));
        let due = if resumes { resume } else { pause };
        if since >= due {
            drop(held);
            // The lock is fair: if a shard waits, it has the lock now, and trying fails.
            if let Ok(mine) = Arc::clone(&address).try_lock_owned() {
                held = mine;
                if connected && since >= pace.answer && !attempts.answered.load(Ordering::Relaxed) {
                    tracing::warn!("the gateway does not answer; a new session begins");
                    return;
                }
                // A connection over which nothing came began a session in vain, however long it lasted.
                if since >= pace.calm && shared.counters.events_so_far() > events {
                    attempts.in_a_row.store(0, Ordering::Relaxed);
                }
            } else {
                held = Arc::clone(&address).lock_owned().await;
                attempts.answered.store(false, Ordering::Relaxed);
                connected = true;
                since = Duration::ZERO;
                shared.counters.connected();
                events = shared.counters.events_so_far();
                let connects = attempts.in_a_row.fetch_add(1, Ordering::Relaxed) + 1;
                pause = pace.after(connects, chance);
                resume = pace.before_resume(pause, chance);
            }
        }
        tokio::time::sleep(LOOK).await;
        since += LOOK;
    }
}
