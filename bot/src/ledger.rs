//! The one way to write: a change, its evidence and its promises in one transaction.
//!
//! A single task owns writing. It takes what is waiting (at most [`BATCH`]), runs each piece of work inside a
//! savepoint of one transaction, integrates all their leaves into the evidence log, commits, and only then answers.
//! Work that fails or panics takes back only its own savepoint.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, anyhow};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, TransactionTrait};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::clock::{Clock, Millis};
use crate::db::Db;
use crate::evidence::{Batch, Head, Log, NewLeaf};

/// Most pieces of work in one transaction.
const BATCH: usize = 256;
/// Most pieces of work that may wait; more callers wait to be let in.
const WAITING: usize = 1_024;

/// What a use case writes through: the open transaction and the leaves it will leave behind.
pub struct Tx {
    connection: DatabaseTransaction,
    now: Millis,
    leaves: Mutex<Vec<NewLeaf>>,
}

impl Tx {
    /// For queries inside the transaction.
    pub fn connection(&self) -> &DatabaseTransaction {
        &self.connection
    }

    /// When this transaction began, on the clock.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// Promises a leaf: it enters the log when the transaction commits, in the order of these calls.
    pub fn evidence(&self, leaf: NewLeaf) {
        self.leaves.lock().unwrap_or_else(PoisonError::into_inner).push(leaf);
    }
}

type Work = Box<dyn for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, anyhow::Result<()>> + Send>;
type Done = oneshot::Sender<anyhow::Result<()>>;

struct Job {
    work: Work,
    done: Done,
}

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
        let (jobs, waiting) = mpsc::channel(WAITING);
        let (closing, stopped) = (CancellationToken::new(), CancellationToken::new());
        let writer = Writer {
            db,
            log,
            clock,
            closing: closing.clone(),
            _stopped: stopped.clone().drop_guard(),
        };
        tokio::spawn(writer.run(waiting));
        Self { jobs, closing, stopped }
    }

    /// Runs `work` in the writing transaction and returns what it returned, once committed.
    ///
    /// `work` must not touch the reading connections, and must bear being lost: when this returns an error, nothing
    /// of it happened, unless the error says that this is not known. When the caller goes away before its turn, the
    /// work is not begun; once begun, it is carried through.
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
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            })
        });
        let (done, committed) = oneshot::channel();
        self.jobs
            .send(Job { work, done })
            .await
            .map_err(|_| anyhow!("the ledger has stopped"))?;
        committed.await.context("the ledger stopped before it answered")??;
        let value = result.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.context("the ledger answered without a value")
    }

    /// Takes no more work, finishes what was taken, and returns when the writing task has ended.
    pub async fn close(&self) {
        self.closing.cancel();
        self.stopped.cancelled().await;
    }
}

struct Writer {
    db: Db,
    log: Log,
    clock: Clock,
    closing: CancellationToken,
    _stopped: DropGuard,
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
    async fn run(mut self, mut waiting: mpsc::Receiver<Job>) {
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
        transaction: DatabaseTransaction,
        batch: Vec<Job>,
        callers: &mut Vec<Done>,
    ) -> (DatabaseTransaction, anyhow::Result<Option<Head>>) {
        let now = self.clock.now();
        let mut leaves = Batch::default();
        let transaction = match <[Job; 1]>::try_from(batch) {
            Ok([job]) => match run_alone(transaction, now, job, &mut leaves).await {
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

async fn undo(transaction: DatabaseTransaction, error: anyhow::Error) -> Ending {
    // The error that led here says more than one from rolling back, which happens in any case.
    drop(transaction.rollback().await);
    Ending::Undone(error)
}

/// Runs a piece of work that has the transaction for itself. Without a caller it failed, and was answered.
async fn run_alone(
    transaction: DatabaseTransaction,
    now: Millis,
    job: Job,
    batch: &mut Batch,
) -> (DatabaseTransaction, Option<Done>) {
    let (transaction, outcome) = run_one(transaction, now, job.work, batch).await;
    let probed = match outcome {
        // It turns COMMIT into ROLLBACK without a word when a statement has failed; this one then fails too.
        Ok(()) if transaction.get_database_backend() == DbBackend::Postgres => transaction
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

/// Runs each piece of work in a savepoint. An error means that the transaction is broken.
async fn run_beside_others(
    transaction: &DatabaseTransaction,
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
    transaction: &DatabaseTransaction,
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
    connection: DatabaseTransaction,
    now: Millis,
    work: Work,
    batch: &mut Batch,
) -> (DatabaseTransaction, anyhow::Result<()>) {
    let tx = Tx {
        connection,
        now,
        leaves: Mutex::default(),
    };
    // What the work had borrowed is dropped with it, and its savepoint is rolled back.
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

#[cfg(test)]
mod tests;
