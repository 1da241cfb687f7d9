//! The writing task: batches of work, each a transaction.

use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, anyhow};
use futures_util::FutureExt;
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{Done, Job, Tx, Work};
use crate::clock::{Clock, Millis};
use crate::db::{Connection, Db, Savepoints, Transaction};
use crate::evidence::{Batch, Head, Log};

/// Most pieces of work in one transaction.
pub(super) const BATCH: usize = 256;

pub(super) struct Writer {
    pub db: Db,
    pub log: Log,
    pub clock: Clock,
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
        let transaction = match self.db.begin().await {
            Ok(transaction) => transaction,
            Err(error) => {
                callers.extend(batch.into_iter().map(|job| job.done));
                return Ending::Undone(error.context("beginning the transaction"));
            }
        };
        let (transaction, written) = self.run_all(transaction, batch, callers).await;
        let head = match written {
            Ok(_) if callers.is_empty() => return undo(transaction, anyhow!("all work failed")).await,
            Ok(head) => head,
            Err(error) => return undo(transaction, error).await,
        };
        let committed = transaction.commit().await.context("committing");
        self.conclude(committed, head).await
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
                let ran = run_beside_others(&transaction, now, batch, &mut leaves, callers).await;
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
        let (transaction, outcome) = run_one(transaction, now, job.work, batch).await;
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
            (Err(error), Some(head)) => match self.log.landed(&self.db, head).await {
                Ok(true) => None,
                Ok(false) => Some(Ending::Undone(error)),
                Err(_) => Some(Ending::Unknown(error)),
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

async fn undo(transaction: Transaction, error: anyhow::Error) -> Ending {
    // The error that led here says more than one from rolling back, which happens in any case.
    drop(transaction.rollback().await);
    Ending::Undone(error)
}

/// Runs each piece of work in a savepoint. An error means that the transaction is broken.
async fn run_beside_others(
    transaction: &Transaction,
    now: Millis,
    jobs: Vec<Job>,
    batch: &mut Batch,
    callers: &mut Vec<Done>,
) -> anyhow::Result<()> {
    let mut broken = None;
    for job in jobs {
        if broken.is_some() {
            callers.push(job.done);
            continue;
        }
        match run_in_savepoint(transaction, now, job.work, batch).await {
            Ok(Ok(())) => callers.push(job.done),
            Ok(Err(refused)) => drop(job.done.send(Err(refused))),
            Err(error) => {
                callers.push(job.done);
                broken = Some(error);
            }
        }
    }
    broken.map_or(Ok(()), Err)
}

/// The inner result is the work's own, the outer one the transaction's health.
async fn run_in_savepoint(
    transaction: &Transaction,
    now: Millis,
    work: Work,
    batch: &mut Batch,
) -> anyhow::Result<anyhow::Result<()>> {
    let savepoint = transaction.begin().await.context("setting a savepoint")?;
    let (savepoint, outcome) = run_one(savepoint, now, work, batch).await;
    match outcome {
        Ok(()) => savepoint.commit().await.context("releasing a savepoint").map(Ok),
        Err(error) => {
            let undone = savepoint.rollback().await;
            undone.with_context(|| format!("rolling back to a savepoint after: {error:#}"))?;
            Ok(Err(error))
        }
    }
}

/// Runs the work and admits its leaves to the batch; hands the connection back in any case.
async fn run_one(
    connection: Transaction,
    now: Millis,
    work: Work,
    batch: &mut Batch,
) -> (Transaction, anyhow::Result<()>) {
    let tx = Tx {
        connection,
        now,
        leaves: Mutex::default(),
    };
    // What a panic leaves half done is rolled back with the connection's transaction or savepoint.
    let outcome = AssertUnwindSafe(async { work(&tx).await }).catch_unwind().await;
    let outcome = outcome.unwrap_or_else(|_| Err(anyhow!("the work panicked")));
    let Tx { connection, leaves, .. } = tx;
    let leaves = leaves.into_inner().unwrap_or_else(PoisonError::into_inner);
    let outcome = match outcome {
        Ok(()) => batch.admit(&connection, leaves).await,
        Err(error) => Err(error),
    };
    (connection, outcome)
}
