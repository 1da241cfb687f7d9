//! The writing task: batches of work, each a transaction.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use anyhow::anyhow;
use futures_util::FutureExt;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::doubt::Doubt;
use super::ending::Ending;
use super::job::{Done, Job};
use super::trouble::Trouble;
use super::work::{run_beside_others, run_one};
use crate::clock::{Clock, Millis};
use crate::db::{self, Db, Transaction};
use crate::evidence::{Batch, Head, Log};

/// Maximum number of pieces of work in one transaction.
pub(super) const BATCH: usize = 256;

/// How long writing may take, so that work that hangs cannot keep the others from writing forever.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// A piece of work; if it takes longer, it alone is rolled back.
    pub work: Duration,
    /// All work of a transaction, then its end, and then finding out about that end; if one takes longer, the
    /// connection is given up for a new one.
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
    /// A transaction whose outcome is unknown. Nothing is written until it is known.
    pub doubt: Option<Doubt>,
    pub trouble: Trouble,
    /// Cancelled when no more work is accepted.
    pub closing: CancellationToken,
    /// Dropped when the task has ended.
    pub _stopped: DropGuard,
}

/// The log as it will be; without leaves, PostgreSQL's number of the transaction.
type Written = (Option<Head>, Option<i64>);

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
        let attempt = AssertUnwindSafe(self.try_batch(batch, &mut callers)).catch_unwind();
        let ending = if let Ok(ending) = attempt.await {
            ending
        } else {
            self.give_up().await;
            Ending::Unknown(anyhow!("the ledger panicked"))
        };
        if let Some(error) = ending.error() {
            self.log.forget();
            if !self.trouble.note(&self.db, self.clock.now(), error) {
                tracing::warn!(callers = callers.len(), "the ledger could not commit: {error:#}");
            }
        }
        for done in callers {
            drop(done.send(ending.answer()));
        }
    }

    /// Keeps in `callers` those who wait for the commit; those whose own work failed are answered here.
    async fn try_batch(&mut self, batch: Vec<Job>, callers: &mut Vec<Done>) -> Ending {
        let limit = self.limits.transaction;
        if let Some(error) = self.still_in_doubt().await {
            callers.extend(batch.into_iter().map(|job| job.done));
            return Ending::Undone(error.context("it is not known yet whether the last transaction was committed"));
        }
        let (transaction, written) = match timeout(limit, self.begin_and_run(batch, callers)).await {
            Ok(Ok(ran)) => ran,
            Ok(Err(error)) => return Ending::Undone(error.context("beginning the transaction")),
            Err(late) => {
                self.give_up().await;
                let error = anyhow::Error::from(late);
                return Ending::Undone(error.context(format!("the database took longer than {limit:?}")));
            }
        };
        let (head, number) = match written {
            Ok(_) if callers.is_empty() => return self.undo(transaction, anyhow!("all work failed")).await,
            Ok(written) => written,
            Err(error) => return self.undo(transaction, error).await,
        };
        let (error, answered) = match timeout(limit, transaction.commit()).await {
            Ok(Ok(())) => {
                self.committed(head).await;
                return Ending::Committed;
            }
            Ok(Err(error)) => (anyhow::Error::from(error).context("committing"), true),
            Err(late) => {
                let error = anyhow::Error::from(late);
                (error.context(format!("committing took longer than {limit:?}")), false)
            }
        };
        self.conclude(Doubt { head, number, answered }, error).await
    }

    async fn begin_and_run(
        &mut self,
        batch: Vec<Job>,
        callers: &mut Vec<Done>,
    ) -> anyhow::Result<(Transaction, anyhow::Result<Written>)> {
        match self.db.begin().await {
            Ok(transaction) => Ok(self.run_all(transaction, batch, callers).await),
            Err(error) => {
                callers.extend(batch.into_iter().map(|job| job.done));
                Err(error)
            }
        }
    }

    /// Runs the work and integrates its leaves.
    async fn run_all(
        &mut self,
        transaction: Transaction,
        batch: Vec<Job>,
        callers: &mut Vec<Done>,
    ) -> (Transaction, anyhow::Result<Written>) {
        let now = self.clock.now();
        let mut leaves = Batch::default();
        let transaction = match <[Job; 1]>::try_from(batch) {
            Ok([job]) => match self.run_alone(transaction, now, job, &mut leaves).await {
                (transaction, Some(done)) => {
                    callers.push(done);
                    transaction
                }
                (transaction, None) => return (transaction, Ok((None, None))),
            },
            Err(batch) => {
                let when = (now, self.limits.work);
                let (db, trouble) = (&self.db, &mut self.trouble);
                let mut failed = |error: &anyhow::Error| {
                    trouble.note(db, now, error);
                };
                let told = (callers, &mut failed as super::work::Failed<'_>);
                let ran = run_beside_others(&transaction, when, batch, &mut leaves, told).await;
                if let Err(error) = ran {
                    return (transaction, Err(error));
                }
                transaction
            }
        };
        let written = self.finish(&transaction, now, leaves).await;
        (transaction, written)
    }

    /// Integrates the leaves; the last thing before COMMIT.
    async fn finish(&mut self, transaction: &Transaction, now: Millis, leaves: Batch) -> anyhow::Result<Written> {
        self.trouble.probe(transaction, now).await?;
        let head = self.log.integrate(transaction, now, leaves).await?;
        // Leaves show by themselves what happened to a transaction.
        let number = if head.is_some() {
            None
        } else {
            db::number(transaction).await?
        };
        Ok((head, number))
    }

    /// Runs a piece of work that has the transaction for itself. Without a caller it failed, and was answered.
    async fn run_alone(
        &mut self,
        transaction: Transaction,
        now: Millis,
        job: Job,
        batch: &mut Batch,
    ) -> (Transaction, Option<Done>) {
        let (transaction, outcome) = run_one(transaction, (now, self.limits.work), job.work, batch).await;
        match outcome {
            Ok(()) => (transaction, Some(job.done)),
            Err(error) => {
                self.trouble.note(&self.db, now, &error);
                drop(job.done.send(Err(error)));
                (transaction, None)
            }
        }
    }
}
