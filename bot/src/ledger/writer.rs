//! The writing task: batches of work, each a transaction.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use anyhow::{Context, anyhow};
use futures_util::FutureExt;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::work::{run_beside_others, run_one};
use super::{Done, Job};
use crate::clock::{Clock, Millis};
use crate::db::{Connection, Db, Transaction};
use crate::evidence::{Batch, Head, Log};

/// Most pieces of work in one transaction.
pub(super) const BATCH: usize = 256;

/// How long writing may take, so that what hangs cannot keep the others from writing for ever.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// A piece of work; longer, and it alone is taken back.
    pub work: Duration,
    /// All work of a transaction, and then once more its end; longer, and the connection is given up for a new one.
    pub transaction: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            work: Duration::from_secs(10),
            transaction: Duration::from_secs(30),
        }
    }
}

pub(super) struct Writer {
    pub db: Db,
    pub log: Log,
    pub clock: Clock,
    pub limits: Limits,
    /// Cancelled when no more work is to be taken.
    pub closing: CancellationToken,
    /// Tells, by being dropped, that the task has ended.
    pub _stopped: DropGuard,
}

/// How a transaction ended that should have been committed.
enum Ending {
    Committed,
    /// Nothing of it is in the database.
    Undone(anyhow::Error),
    /// The connection was lost while committing, and the database cannot be asked.
    Unknown(anyhow::Error),
}

impl Ending {
    fn answer(&self) -> anyhow::Result<()> {
        match self {
            Self::Committed => Ok(()),
            Self::Undone(error) => Err(anyhow!("nothing was written: {error:#}")),
            Self::Unknown(error) => Err(anyhow!("it is not known whether it was written: {error:#}")),
        }
    }
}

impl Writer {
    pub(super) async fn run(mut self, mut waiting: mpsc::Receiver<Job>) {
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            tokio::select! {
                biased;
                () = self.closing.cancelled(), if !waiting.is_closed() => waiting.close(),
                taken = waiting.recv_many(&mut batch, BATCH) => {
                    if taken == 0 {
                        return;
                    }
                    self.write_batch(std::mem::take(&mut batch)).await;
                }
            }
        }
    }

    async fn write_batch(&mut self, mut batch: Vec<Job>) {
        batch.retain(|job| !job.done.is_closed());
        if batch.is_empty() {
            return;
        }
        if let Err(ahead) = self.clock.believed() {
            for job in batch {
                drop(job.done.send(Err(ahead.into())));
            }
            return;
        }
        let mut callers = Vec::with_capacity(batch.len());
        let ending = AssertUnwindSafe(self.try_batch(batch, &mut callers))
            .catch_unwind()
            .await;
        let ending = ending.unwrap_or_else(|_| Ending::Unknown(anyhow!("the ledger panicked")));
        if let Err(error) = ending.answer() {
            self.log.forget();
            tracing::warn!(callers = callers.len(), "the ledger could not commit: {error:#}");
        }
        for done in callers {
            drop(done.send(ending.answer()));
        }
    }

    /// Leaves in `callers` those who wait for the commit; those whose own work failed are answered here.
    async fn try_batch(&mut self, batch: Vec<Job>, callers: &mut Vec<Done>) -> Ending {
        let limit = self.limits.transaction;
        let (transaction, written) = match timeout(limit, self.begin_and_run(batch, callers)).await {
            Ok(Ok(ran)) => ran,
            Ok(Err(error)) => return Ending::Undone(error.context("beginning the transaction")),
            Err(_) => {
                self.renew().await;
                return Ending::Undone(anyhow!("the database took longer than {limit:?}"));
            }
        };
        let head = match written {
            Ok(_) if callers.is_empty() => return undo(transaction, anyhow!("all work failed"), limit).await,
            Ok(head) => head,
            Err(error) => return undo(transaction, error, limit).await,
        };
        let committed = if let Ok(committed) = timeout(limit, transaction.commit()).await {
            committed.context("committing")
        } else {
            self.renew().await;
            Err(anyhow!("committing took longer than {limit:?}"))
        };
        self.conclude(committed, head).await
    }

    async fn begin_and_run(
        &mut self,
        batch: Vec<Job>,
        callers: &mut Vec<Done>,
    ) -> anyhow::Result<(Transaction, anyhow::Result<Option<Head>>)> {
        match self.db.begin().await {
            Ok(transaction) => Ok(self.run_all(transaction, batch, callers).await),
            Err(error) => {
                callers.extend(batch.into_iter().map(|job| job.done));
                Err(error)
            }
        }
    }

    /// Leaves a connection that hangs behind.
    async fn renew(&mut self) {
        match self.db.with_new_writer().await {
            Ok(db) => self.db = db,
            Err(error) => tracing::warn!("the writing connection could not be renewed: {error:#}"),
        }
    }

    /// Runs the work and integrates its leaves.
    async fn run_all(
        &mut self,
        transaction: Transaction,
        batch: Vec<Job>,
        callers: &mut Vec<Done>,
    ) -> (Transaction, anyhow::Result<Option<Head>>) {
        let now = self.clock.now();
        let mut leaves = Batch::default();
        let transaction = match <[Job; 1]>::try_from(batch) {
            Ok([job]) => match self.run_alone(transaction, now, job, &mut leaves).await {
                (transaction, Some(done)) => {
                    callers.push(done);
                    transaction
                }
                (transaction, None) => return (transaction, Ok(None)),
            },
            Err(batch) => {
                let when = (now, self.limits.work);
                let ran = run_beside_others(&transaction, when, batch, &mut leaves, callers).await;
                if let Err(error) = ran {
                    return (transaction, Err(error));
                }
                transaction
            }
        };
        let head = self.log.integrate(&transaction, now, leaves).await;
        (transaction, head)
    }

    /// Runs a piece of work that has the transaction for itself. Without a caller it failed, and was answered.
    async fn run_alone(
        &self,
        transaction: Transaction,
        now: Millis,
        job: Job,
        batch: &mut Batch,
    ) -> (Transaction, Option<Done>) {
        let (transaction, outcome) = run_one(transaction, (now, self.limits.work), job.work, batch).await;
        let probed = match outcome {
            // It turns COMMIT into ROLLBACK without a word when a statement has failed; this one then fails too.
            Ok(()) if !self.db.is_sqlite() => transaction
                .execute_unprepared("SELECT 1")
                .await
                .map(drop)
                .map_err(Into::into),
            outcome => outcome,
        };
        match probed {
            Ok(()) => (transaction, Some(job.done)),
            Err(error) => {
                drop(job.done.send(Err(error)));
                (transaction, None)
            }
        }
    }

    /// Finds out what became of the transaction when committing gave an error.
    async fn conclude(&mut self, committed: anyhow::Result<()>, head: Option<Head>) -> Ending {
        let error = match (committed, &head) {
            (Ok(()), _) => None,
            (Err(error), None) => return Ending::Unknown(error),
            (Err(error), Some(head)) => match timeout(self.limits.transaction, self.log.landed(&self.db, head)).await {
                Ok(Ok(true)) => None,
                Ok(Ok(false)) => Some(Ending::Undone(error)),
                Ok(Err(_)) | Err(_) => Some(Ending::Unknown(error)),
            },
        };
        if let Some(ending) = error {
            return ending;
        }
        if let Some(head) = head {
            self.log.committed(head).await;
        }
        Ending::Committed
    }
}

async fn undo(transaction: Transaction, error: anyhow::Error, limit: Duration) -> Ending {
    // The error that led here says more than one from rolling back, which happens in any case.
    drop(timeout(limit, transaction.rollback()).await);
    Ending::Undone(error)
}
