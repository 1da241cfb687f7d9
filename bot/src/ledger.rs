//! The one way to write: a change, its evidence and its promises in one transaction.
//!
//! A single task owns writing. It takes what is waiting (at most [`BATCH`]), runs each piece of work inside a
//! savepoint of one transaction, integrates all their leaves into the evidence log, commits, and only then answers.
//! Work that fails takes back only its own savepoint.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, anyhow};
use futures_util::future::BoxFuture;
use sea_orm::{DatabaseTransaction, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use crate::clock::{Clock, Millis};
use crate::db::Db;
use crate::evidence::{Log, NewLeaf};

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

struct Job {
    work: Work,
    done: oneshot::Sender<anyhow::Result<()>>,
}

/// A handle on the writing task. Cheap to clone; the task ends when the last handle is gone.
#[derive(Clone, Debug)]
pub struct Ledger {
    jobs: mpsc::Sender<Job>,
}

impl Ledger {
    /// Starts the writing task.
    pub fn start(db: Db, log: Log, clock: Clock) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        tokio::spawn(Writer { db, log, clock }.run(waiting));
        Self { jobs }
    }

    /// Runs `work` in the writing transaction and returns what it returned, once committed.
    ///
    /// `work` must not touch the reading connections, and must bear being lost: when this returns an error, nothing
    /// of it happened.
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
}

struct Writer {
    db: Db,
    log: Log,
    clock: Clock,
}

impl Writer {
    async fn run(mut self, mut waiting: mpsc::Receiver<Job>) {
        let mut batch = Vec::with_capacity(BATCH);
        while waiting.recv_many(&mut batch, BATCH).await > 0 {
            self.write_batch(std::mem::take(&mut batch)).await;
        }
    }

    async fn write_batch(&mut self, batch: Vec<Job>) {
        let mut callers = Vec::with_capacity(batch.len());
        let outcome = self.try_batch(batch, &mut callers).await;
        if let Err(error) = &outcome {
            self.log.forget();
            tracing::warn!(callers = callers.len(), "the ledger could not commit: {error:#}");
        }
        for done in callers {
            let answer = match &outcome {
                Ok(()) => Ok(()),
                Err(error) => Err(anyhow!("nothing was written: {error:#}")),
            };
            drop(done.send(answer));
        }
    }

    /// Leaves in `callers` those who wait for the commit; those whose own work failed are answered here.
    async fn try_batch(
        &mut self,
        batch: Vec<Job>,
        callers: &mut Vec<oneshot::Sender<anyhow::Result<()>>>,
    ) -> anyhow::Result<()> {
        let transaction = match self.db.begin().await {
            Ok(transaction) => transaction,
            Err(error) => {
                callers.extend(batch.into_iter().map(|job| job.done));
                return Err(error.context("beginning the transaction"));
            }
        };
        let now = self.clock.now();
        let mut leaves = Vec::new();
        let mut jobs = batch.into_iter();
        while let Some(job) = jobs.next() {
            match run_one(&transaction, now, job.work).await {
                Ok(Ok(own)) => {
                    leaves.extend(own);
                    callers.push(job.done);
                }
                Ok(Err(refused)) => drop(job.done.send(Err(refused))),
                Err(broken) => {
                    callers.push(job.done);
                    callers.extend(jobs.map(|job| job.done));
                    return Err(broken);
                }
            }
        }
        let head = self.log.integrate(&transaction, now, leaves).await?;
        transaction.commit().await.context("committing")?;
        self.log.committed(head)
    }
}

/// The inner result is the work's own, the outer one the transaction's health.
async fn run_one(
    transaction: &DatabaseTransaction,
    now: Millis,
    work: Work,
) -> anyhow::Result<anyhow::Result<Vec<NewLeaf>>> {
    let tx = Tx {
        connection: transaction.begin().await.context("setting a savepoint")?,
        now,
        leaves: Mutex::default(),
    };
    let outcome = work(&tx).await;
    let Tx { connection, leaves, .. } = tx;
    match outcome {
        Ok(()) => {
            connection.commit().await.context("releasing a savepoint")?;
            Ok(Ok(leaves.into_inner().unwrap_or_else(PoisonError::into_inner)))
        }
        Err(error) => {
            connection.rollback().await.context("rolling back to a savepoint")?;
            Ok(Err(error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Kind;
    use crate::ids::RecordId;
    use crate::trial;

    fn started(rec: &str) -> NewLeaf {
        NewLeaf {
            kind: Kind::ProgramStarted,
            rec: RecordId::new(rec),
            of: None,
            values: vec!["0".to_owned()],
        }
    }

    #[tokio::test]
    async fn work_that_fails_takes_back_only_itself() {
        for trial in trial::databases(Millis(0)).await {
            let good = trial.ledger.write(|tx| {
                Box::pin(async move {
                    tx.evidence(started(&"a".repeat(32)));
                    Ok(7)
                })
            });
            let bad = trial.ledger.write::<(), _>(|tx| {
                Box::pin(async move {
                    tx.evidence(started(&"b".repeat(32)));
                    anyhow::bail!("no")
                })
            });
            let (good, bad) = tokio::join!(good, bad);
            assert_eq!(good.expect("the good work is written"), 7, "{}", trial.engine);
            assert_eq!(bad.expect_err("the bad work is not").to_string(), "no");
        }
    }
}
