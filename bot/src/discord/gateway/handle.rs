//! Running handlers.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use tokio::sync::Semaphore;

use super::state::Shared;
use crate::discord::edge::reply::Ended;

/// Runs a handler, bounded by `slots`.
pub(super) fn spawn<F>(shared: &Arc<Shared>, slots: &Arc<Semaphore>, work: F)
where
    F: Future<Output = Ended> + Send + 'static,
{
    let slots = Arc::clone(slots);
    run(shared, async move {
        let _slot = slots.acquire_owned().await;
        work.await
    });
}

/// Runs a handler on the program's own threads: counted, and caught when it panics.
pub(super) fn run<F>(shared: &Arc<Shared>, work: F)
where
    F: Future<Output = Ended> + Send + 'static,
{
    let busy = shared.bot.busy.enter();
    let shared = Arc::clone(shared);
    shared.handle.clone().spawn(async move {
        let _busy = busy;
        match AssertUnwindSafe(work).catch_unwind().await {
            Ok(Ended::Well) => {}
            Ok(Ended::WithError) => shared.counters.failed(),
            Ok(Ended::Panicked) | Err(_) => {
                shared.counters.panicked();
                tracing::error!("a handler panicked; its event is lost, the program goes on");
            }
        }
    });
}
