//! Connections to the database. Together with the `store.rs` files this is the only place that names sea-orm.
//!
//! SQLite: one writer (`BEGIN IMMEDIATE`) and a pool of readers, WAL, `synchronous=FULL`,
//! `secure_delete`. PostgreSQL: two pools,
//! writers in line behind an advisory lock. All writing goes through the [ledger](crate::ledger).

mod condition;
mod copy;
mod given_up;
mod scrub;
mod trouble;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use migration::MigratorTrait;
use parking_lot::Mutex;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use secrecy::SecretString;

pub use condition::Condition;
pub(crate) use copy::is_unused;
pub use copy::sqlite_url;
pub(crate) use given_up::{number, was_committed};
pub use scrub::Scrubbed;
pub(crate) use trouble::is_trouble;

/// What a query needs: a connection or a transaction.
pub use sea_orm::ConnectionTrait as Connection;
/// An open transaction, or a savepoint within one.
pub use sea_orm::DatabaseTransaction as Transaction;
/// What a savepoint needs.
pub(crate) use sea_orm::TransactionTrait as Savepoints;

/// How many readers may ask at the same time.
const READERS: u32 = 8;
/// SQLite's page cache in KiB, for a reader and for the writer. Each connection has its own, and the operating system
/// caches the rest.
const READER_CACHE: u32 = 512;
const WRITER_CACHE: u32 = 2_000;
/// How often the program tries to open a database that does not answer, 5 s each.
const OPENINGS: u32 = 4;
/// How long to wait for a locked database.
const BUSY: Duration = Duration::from_secs(5);
/// Key of PostgreSQL's advisory lock that keeps writers of one log in line: "bellwthr" in ASCII, read as a number.
const WRITER_LOCK: i64 = 0x6265_6c6c_7774_6872;

/// The database: readers for everybody, a writer for the ledger alone.
#[derive(Clone, Debug)]
pub struct Db {
    url: SecretString,
    reader: DatabaseConnection,
    /// The same for all clones, also after one was given up.
    writer: Arc<Mutex<DatabaseConnection>>,
    /// Writing connections that were given up and may not be closed yet.
    given_up: Arc<tokio::sync::Mutex<Vec<DatabaseConnection>>>,
}

impl Db {
    /// Connects, and creates an SQLite file that is not there yet. Does not migrate.
    ///
    /// `url` is `sqlite://PATH` or `postgres://USER@HOST/DATABASE`.
    ///
    /// # Errors
    /// When the database cannot be reached or opened; the text names no password.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        let writer = connect(url, 1).await.context("opening the database")?;
        Ok(Self {
            url: SecretString::from(url),
            writer: Arc::new(Mutex::new(writer)),
            given_up: Arc::default(),
            reader: connect(url, READERS)
                .await
                .context("opening the database for reading")?,
        })
    }

    /// Brings the tables up to date. Harmless when they are.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        migration::Migrator::up(&self.writer(), None)
            .await
            .context("migrating the database")
    }

    /// For queries outside a transaction.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    pub fn is_sqlite(&self) -> bool {
        self.reader.get_database_backend() == DbBackend::Sqlite
    }

    /// Begins the one writing transaction; on PostgreSQL it waits for other processes' writers.
    pub(crate) async fn begin(&self) -> anyhow::Result<DatabaseTransaction> {
        self.close_given_up().await?;
        if self.is_sqlite() {
            let immediate = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            return Ok(self.writer().begin_with_options(immediate).await?);
        }
        // Read committed, so that what was committed while waiting for the lock is seen.
        let isolation = Some(IsolationLevel::ReadCommitted);
        let transaction = self.writer().begin_with_config(isolation, None).await?;
        let busy = BUSY.as_millis();
        transaction
            .execute_unprepared(&format!(
                "SET LOCAL lock_timeout = {busy}; SELECT pg_advisory_xact_lock({WRITER_LOCK})"
            ))
            .await?;
        Ok(transaction)
    }

    /// A view of the database as it is now, however long it is read. Must be rolled back.
    pub(crate) async fn snapshot(&self) -> anyhow::Result<DatabaseTransaction> {
        let transaction = if self.is_sqlite() {
            self.reader.begin().await
        } else {
            let (isolation, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
            self.reader.begin_with_config(Some(isolation), Some(access)).await
        };
        transaction.context("beginning to read the database")
    }

    /// The writing connection.
    pub(crate) fn writer(&self) -> DatabaseConnection {
        self.writer.lock().clone()
    }

    /// Closes all connections; SQLite then merges its write-ahead log into the main file. Does not wait long for one
    /// that hangs.
    pub async fn close(self) -> anyhow::Result<()> {
        let writer = self.writer();
        let given_up = std::mem::take(&mut *self.given_up.lock().await);
        for connection in [self.reader, writer].into_iter().chain(given_up) {
            if let Ok(closed) = tokio::time::timeout(BUSY, connection.close()).await {
                closed?;
            } else {
                tracing::warn!("a database connection did not close in time and is left behind");
            }
        }
        Ok(())
    }
}

/// Connects for the first time. Later 5 s are long, because somebody waits; a machine that has just started may need
/// more.
async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut left = OPENINGS;
    loop {
        left -= 1;
        match Database::connect(options(url, connections)).await {
            Err(DbErr::Conn(RuntimeErr::SqlxError(error)))
                if left > 0 && url.starts_with("sqlite") && is_late(&error) => {}
            ended => return ended,
        }
    }
}

fn is_late(error: &sea_orm::sqlx::Error) -> bool {
    matches!(error, sea_orm::sqlx::Error::PoolTimedOut)
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    let cache = if connections > 1 { READER_CACHE } else { WRITER_CACHE };
    options
        .max_connections(connections)
        .acquire_timeout(BUSY)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            for_its_owner_alone(sqlite.get_filename());
            sqlite
                .create_if_missing(true)
                .busy_timeout(BUSY)
                .foreign_keys(true)
                .pragma("cache_size", format!("-{cache}"))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("secure_delete", "ON")
        })
        .map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|connection, _| Box::pin(given_up::is_free(connection))))
        .map_sqlx_postgres_opts(|postgres| postgres.options([("synchronous_commit", "on")]));
    options
}

/// Creates a database file that is not there yet, so that only its owner can read it and the files that SQLite puts
/// beside it. What prevents that prevents SQLite too, which says so.
fn for_its_owner_alone(file: &Path) {
    let mut create = std::fs::OpenOptions::new();
    create.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut create, 0o600);
    if file != Path::new(":memory:") {
        drop(create.open(file));
    }
}
