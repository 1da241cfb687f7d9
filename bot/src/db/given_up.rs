//! Connections that are given up because a transaction may still be open on them. A later write on such a connection
//! would become part of that transaction: the writer would take it for written, nobody else would see it, and it would
//! be lost when the connection ends.

use anyhow::Context;
use sea_orm::sqlx::{self, Connection as _};
use sea_orm::{ConnectionTrait, Database, DatabaseTransaction, DbBackend, Statement, TransactionTrait};
use secrecy::ExposeSecret;
use tokio::time::timeout;

use super::{BUSY, Db, options};

impl Db {
    /// Gives the writing connection up for good and puts a new one in its place, for all who write. Returns at once; if
    /// the database is away, the next transaction says so.
    pub(crate) async fn give_up_writer(&self) -> anyhow::Result<()> {
        let mut options = options(self.url.expose_secret(), 1);
        options.connect_lazy(true);
        let new = Database::connect(options).await?;
        let old = std::mem::replace(&mut *self.writer.lock(), new);
        self.given_up.lock().await.push(old);
        Ok(())
    }

    /// Closes what was given up, which rolls back what is open on it. PostgreSQL keeps writers apart by itself, and a
    /// server that is away need not be told.
    ///
    /// # Errors
    /// When it hangs, on SQLite.
    pub(super) async fn close_given_up(&self) -> anyhow::Result<()> {
        let mut given_up = self.given_up.lock().await;
        while let Some(old) = given_up.last() {
            let closed = timeout(BUSY, old.clone().close()).await;
            if self.is_sqlite() {
                closed.context("a connection that was given up does not close")??;
            }
            given_up.pop();
        }
        Ok(())
    }

    /// A view of the database in which every transaction has ended that this program began before. Must be rolled back.
    pub(crate) async fn settled(&self) -> anyhow::Result<DatabaseTransaction> {
        if !self.is_sqlite() {
            // Its lock is available once the server has ended the transaction that held it.
            return self.begin().await;
        }
        self.close_given_up().await?;
        // Takes no writers' lock, so that it works while nothing can be written.
        Ok(self.writer().begin().await?)
    }
}

/// The number under which PostgreSQL remembers what happened to this transaction. None if nothing was written in it,
/// and on SQLite.
///
/// # Errors
/// When a statement has failed in it: COMMIT would then be a ROLLBACK, without saying so.
pub(crate) async fn number(transaction: &DatabaseTransaction) -> anyhow::Result<Option<i64>> {
    if transaction.get_database_backend() == DbBackend::Sqlite {
        return Ok(None);
    }
    let asked = Statement::from_string(DbBackend::Postgres, "SELECT txid_current_if_assigned()");
    let row = transaction.query_one_raw(asked).await?;
    Ok(row.context("the server says nothing")?.try_get_by_index(0)?)
}

/// Whether the transaction with that number was committed. Returns nothing if the server does not know it (any more).
pub(crate) async fn was_committed(view: &DatabaseTransaction, number: i64) -> anyhow::Result<Option<bool>> {
    let known = format!("{number} < txid_snapshot_xmax(txid_current_snapshot())");
    let asked = format!("SELECT CASE WHEN {known} THEN txid_status({number}) END");
    let row = view
        .query_one_raw(Statement::from_string(DbBackend::Postgres, asked))
        .await?;
    let status: Option<String> = row.context("the server says nothing")?.try_get_by_index(0)?;
    Ok(match status.as_deref() {
        Some("committed") => Some(true),
        Some("aborted") => Some(false),
        Some(_) | None => None,
    })
}

/// Whether no transaction is open on a connection that goes back to its pool. If SQLite has ended one by itself, as it
/// does when the disk is full, sqlx still counts it, and would take the next BEGIN for a savepoint.
pub(super) async fn is_free(connection: &mut sqlx::SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // What was queued is carried out first.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}
