//! The one way to write: a change, its evidence and its promises in one transaction.
//!
//! A single task owns writing. It takes what is waiting (at most 256), runs each piece of work inside a savepoint of
//! one transaction, integrates all their leaves into the evidence log, commits, and only then answers. Work that fails
//! or panics rolls back only its own savepoint. If COMMIT does not succeed, the connection is given up, another one is
//! asked what happened to the transaction, and nothing is written until that is known.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use futures_util::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::db::Db;
use crate::evidence::Log;

mod doubt;
mod ending;
mod job;
mod trouble;
mod work;
mod writer;

use job::{Job, Work};
pub use job::{Tx, Unknown};
use parking_lot::Mutex;
use writer::Limits;

/// Maximum number of pieces of work that may wait; more callers wait for a place.
const WAITING: usize = 1_024;

/// A handle on the writing task. Cheap to clone; the task ends when the last handle is gone, or by [`Ledger::close`].
#[derive(Clone, Debug)]
pub struct Ledger {
    jobs: mpsc::Sender<Job>,
    closing: CancellationToken,
    stopped: CancellationToken,
}

impl Ledger {
    /// Starts the writing task.
    pub fn start(db: Db, log: Log, clock: Clock) -> Self {
        Self::start_with(db, log, clock, Limits::default())
    }

    fn start_with(db: Db, log: Log, clock: Clock, limits: Limits) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let (closing, stopped) = (CancellationToken::new(), CancellationToken::new());
        let writer = writer::Writer {
            db,
            log,
            clock,
            limits,
            doubt: None,
            trouble: trouble::Trouble::default(),
            closing: closing.clone(),
            _stopped: stopped.clone().drop_guard(),
        };
        tokio::spawn(writer.run(waiting));
        Self { jobs, closing, stopped }
    }

    /// Runs `work` in the writing transaction and returns what it returned, once committed.
    ///
    /// `work` must not touch the reading connections, and must tolerate being lost: if this returns an error, nothing
    /// of it happened, unless the error is [`Unknown`]. If the caller goes away before its turn, the work is not begun;
    /// once begun, it is carried through.
    ///
    /// # Errors
    /// Those of `work`; and when the transaction could not be begun or committed.
    pub async fn write<T, F>(&self, work: F) -> anyhow::Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, anyhow::Result<T>> + Send + 'static,
    {
        let result = Arc::new(Mutex::new(None));
        let slot = Arc::clone(&result);
        let work: Work = Box::new(move |tx| {
            Box::pin(async move {
                let value = work(tx).await?;
                *slot.lock() = Some(value);
                Ok(())
            })
        });
        let (done, committed) = oneshot::channel();
        self.jobs
            .send(Job { work, done })
            .await
            .map_err(|_| anyhow!("the ledger has stopped"))?;
        committed
            .await
            .context("the ledger gave the work up before it was committed")??;
        let value = result.lock().take();
        value.context("the ledger answered without a value")
    }

    /// Begins the log if it has not begun: entry 0 and its checkpoint, alone in a transaction.
    ///
    /// # Errors
    /// When the transaction could not be begun or committed.
    pub async fn begin(&self) -> anyhow::Result<()> {
        self.write(|_| Box::pin(async { Ok(()) })).await
    }

    /// Takes no more work, finishes what was taken, and returns when the writing task has ended.
    pub async fn close(&self) {
        self.closing.cancel();
        self.stopped.cancelled().await;
    }
}

#[cfg(test)]
mod tests;
