//! Whether the database can be written. The operator reads about it in the log once when it no longer can, and once
//! when it can again.

use crate::clock::Millis;
use crate::db::{self, Db};
use crate::settings;

/// The setting that is written to see whether writing is possible again; its value is when that was.
const AGAIN: &str = "ledger.written_again";

/// Since when it cannot be written; none while it can.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    since: Option<Millis>,
}

impl Trouble {
    /// Notes an error; returns whether the database is in trouble.
    pub(super) fn note(&mut self, db: &Db, now: Millis, error: &anyhow::Error) -> bool {
        if self.since.is_none() && db::is_trouble(error) {
            self.since = Some(now);
            tracing::error!(
                place = db.place(),
                since = %now.rfc3339(),
                "the database takes no writes, so nothing is saved and nothing is confirmed to anybody: {error:#}. \
                 When this is fixed, the bot goes on by itself"
            );
        }
        self.since.is_some()
    }

    /// Writes something, so that a transaction that commits shows that the trouble is over.
    pub(super) async fn probe<C: db::Connection>(&self, connection: &C, now: Millis) -> anyhow::Result<()> {
        if self.since.is_none() {
            return Ok(());
        }
        settings::remember(connection, AGAIN, &now.rfc3339(), now).await
    }

    /// A probing transaction was committed.
    pub(super) fn over(&mut self, db: &Db, now: Millis) {
        if let Some(since) = self.since.take() {
            tracing::info!(
                place = db.place(),
                since = %since.rfc3339(),
                until = %now.rfc3339(),
                "the database takes writes again; nothing that was confirmed to anybody is missing"
            );
        }
    }
}

#[cfg(test)]
mod tests;
