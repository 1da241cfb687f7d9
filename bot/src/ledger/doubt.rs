//! A transaction whose COMMIT brought no success: what became of it is asked on another connection.

use crate::db::{Db, was_committed};
use crate::evidence::{Head, Log};

/// Such a transaction.
pub(super) struct Doubt {
    /// The log as it would be, where there were leaves.
    pub head: Option<Head>,
    /// PostgreSQL's number of it, where there were none.
    pub number: Option<i64>,
    /// Whether COMMIT brought an error, rather than nothing within the time.
    pub answered: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Every other connection sees it.
    Kept,
    /// No connection will ever see it.
    Absent,
    /// It has ended, and nothing in the database tells how.
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
