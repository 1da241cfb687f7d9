//! A transaction whose COMMIT did not succeed: another connection is asked what happened to it.

use crate::db::{Db, was_committed};
use crate::evidence::{Head, Log};

/// Such a transaction.
pub(super) struct Doubt {
    /// The log as it would be, if there were leaves.
    pub head: Option<Head>,
    /// PostgreSQL's number for it, if there were none.
    pub number: Option<i64>,
    /// Whether COMMIT gave an error, and not just no answer in time.
    pub answered: bool,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Every other connection sees it.
    Kept,
    /// No connection will ever see it.
    Absent,
    /// It has ended, and nothing in the database shows how.
    Untold,
}

impl Doubt {
    /// Looks for it in the database, from a connection that has no part in it.
    ///
    /// # Errors
    /// When it may still be under way, or the database cannot be asked.
    pub(super) async fn look(&self, db: &Db, log: &Log) -> anyhow::Result<Outcome> {
        if let Some(head) = &self.head {
            let kept = log.landed(db, head).await?;
            return Ok(if kept { Outcome::Kept } else { Outcome::Absent });
        }
        let view = db.settled().await?;
        let committed = match self.number {
            Some(number) => was_committed(&view, number).await?,
            // SQLite's COMMIT gives no error once it has made the transaction seen.
            None => (self.answered && db.is_sqlite()).then_some(false),
        };
        view.rollback().await?;
        Ok(match committed {
            Some(true) => Outcome::Kept,
            Some(false) => Outcome::Absent,
            None => Outcome::Untold,
        })
    }
}
