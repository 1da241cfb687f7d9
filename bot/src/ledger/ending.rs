//! The end of a transaction: committed, rolled back, or in doubt until another connection knows.

use std::time::Duration;

use anyhow::{Context, anyhow};
use tokio::time::timeout;

use super::doubt::{Doubt, Outcome};
use super::job::Unknown;
use super::writer::Writer;
use crate::db::Transaction;
use crate::evidence::Head;

/// The pause between two questions about what happened to a transaction.
const PAUSE: Duration = Duration::from_millis(250);

/// How a transaction ended that should have been committed.
pub(super) enum Ending {
    Committed,
    /// Nothing of it is in the database.
    Undone(anyhow::Error),
    /// The database cannot be asked, or cannot tell.
    Unknown(anyhow::Error),
}

impl Ending {
    pub(super) fn answer(&self) -> anyhow::Result<()> {
        match self {
            Self::Committed => Ok(()),
            Self::Undone(error) => Err(anyhow!("nothing was written: {error:#}")),
            Self::Unknown(error) => Err(Unknown(format!("{error:#}")).into()),
        }
    }

    pub(super) fn error(&self) -> Option<&anyhow::Error> {
        match self {
            Self::Committed => None,
            Self::Undone(error) | Self::Unknown(error) => Some(error),
        }
    }
}

impl Writer {
    pub(super) async fn committed(&mut self, head: Option<Head>) {
        self.trouble.over(&self.db, self.clock.now());
        if let Some(head) = head {
            self.log.committed(head).await;
        }
    }

    /// Abandons a connection that hangs, or on which a transaction may still be open.
    pub(super) async fn give_up(&self) {
        if let Err(error) = self.db.give_up_writer().await {
            tracing::warn!("the writing connection could not be renewed: {error:#}");
        }
    }

    /// Rolls back what should not be committed.
    pub(super) async fn undo(&self, transaction: Transaction, error: anyhow::Error) -> Ending {
        let undone = timeout(self.limits.transaction, transaction.rollback()).await;
        // The error that led here says more than one from rolling back.
        if !matches!(undone, Ok(Ok(()))) {
            self.give_up().await;
        }
        Ending::Undone(error)
    }

    /// Finds out what happened to a transaction whose COMMIT did not succeed.
    pub(super) async fn conclude(&mut self, doubt: Doubt, error: anyhow::Error) -> Ending {
        let found = timeout(self.limits.transaction, self.find_out(&doubt)).await;
        match found {
            Ok(Outcome::Kept) => {
                self.committed(doubt.head).await;
                Ending::Committed
            }
            Ok(Outcome::Absent) => Ending::Undone(error),
            Ok(Outcome::Untold) => Ending::Unknown(error),
            Err(_) => {
                self.doubt = Some(doubt);
                Ending::Unknown(error)
            }
        }
    }

    /// Asks until there is an answer.
    async fn find_out(&self, doubt: &Doubt) -> Outcome {
        loop {
            self.give_up().await;
            match doubt.look(&self.db, &self.log).await {
                Ok(outcome) => return outcome,
                Err(error) => tracing::debug!("it is not known yet whether a transaction was committed: {error:#}"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Looks once more after a transaction in doubt; the reason if it still is.
    pub(super) async fn still_in_doubt(&mut self) -> Option<anyhow::Error> {
        let doubt = self.doubt.take()?;
        self.give_up().await;
        let looked = timeout(self.limits.transaction, doubt.look(&self.db, &self.log)).await;
        match looked.context("the database does not answer").flatten() {
            Ok(Outcome::Kept) => {
                self.committed(doubt.head).await;
                None
            }
            Ok(Outcome::Absent | Outcome::Untold) => None,
            Err(error) => {
                self.doubt = Some(doubt);
                Some(error)
            }
        }
    }
}
