//! Running pieces of work: each rolls back only itself if it fails, panics or never ends.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use anyhow::{Context, anyhow};
use futures_util::FutureExt;
use parking_lot::Mutex;
use tokio::time::timeout;

use super::job::{Done, Job, Tx, Work};
use crate::clock::Millis;
use crate::db::{Savepoints, Transaction};
use crate::evidence::Batch;

/// The transaction's instant, and how long a piece of work may take.
pub(super) type When = (Millis, Duration);

/// Is told of errors of single pieces of work.
pub(super) type Failed<'a> = &'a mut (dyn FnMut(&anyhow::Error) + Send);

/// Runs each piece of work in a savepoint. An error means that the transaction is broken.
pub(super) async fn run_beside_others(
    transaction: &Transaction,
    when: When,
    jobs: Vec<Job>,
    batch: &mut Batch,
    (callers, failed): (&mut Vec<Done>, Failed<'_>),
) -> anyhow::Result<()> {
    let mut broken = None;
    for job in jobs {
        if broken.is_some() {
            callers.push(job.done);
            continue;
        }
        match run_in_savepoint(transaction, when, job.work, batch).await {
            Ok(Ok(())) => callers.push(job.done),
            Ok(Err(refused)) => {
                failed(&refused);
                drop(job.done.send(Err(refused)));
            }
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
    when: When,
    work: Work,
    batch: &mut Batch,
) -> anyhow::Result<anyhow::Result<()>> {
    let savepoint = transaction.begin().await.context("setting a savepoint")?;
    let (savepoint, outcome) = run_one(savepoint, when, work, batch).await;
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
pub(super) async fn run_one(
    connection: Transaction,
    (now, limit): When,
    work: Work,
    batch: &mut Batch,
) -> (Transaction, anyhow::Result<()>) {
    let tx = Tx {
        connection,
        now,
        leaves: Mutex::default(),
    };
    // What a panic leaves half done is rolled back with the connection's transaction or savepoint.
    let outcome = AssertUnwindSafe(timeout(limit, async { work(&tx).await }))
        .catch_unwind()
        .await;
    let outcome = match outcome {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(anyhow!("the work took longer than {limit:?}")),
        Err(_) => Err(anyhow!("the work panicked")),
    };
    let Tx { connection, leaves, .. } = tx;
    let leaves = leaves.into_inner();
    let outcome = match outcome {
        Ok(()) => batch.admit(&connection, leaves).await,
        Err(error) => Err(error),
    };
    (connection, outcome)
}
