//! Getting rid of what deleted rows leave behind in the database's files.

use std::time::Duration;

use anyhow::Context;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr, Statement};
use secrecy::ExposeSecret;

use super::Db;

/// Tables that hold what people said, or who they are.
const TABLES: &str = "absence, answer, assignment, cycle, log_disclosure, member, outbound_message";
/// Tables of concerns, whose rows must not be stored in the order in which they came.
const CONCERNS: &str = "concern_barred, concern_case, concern_entry, concern_event, concern_file, concern_identity, \
                        concern_named, concern_notice, concern_unsealing, handler_key";
/// How often the program tries to empty the write-ahead log once the file is written anew, and the pause between
/// attempts.
const ATTEMPTS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(200);
/// How long an attempt waits for readers. Meanwhile nobody can write.
const PATIENCE: Duration = Duration::from_millis(100);

/// The outcome for the remains of deleted rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scrubbed {
    /// They are in no file of the database any more; on PostgreSQL, in no row that anybody could read.
    Done,
    /// Somebody was reading or writing all the time; the reason. They are removed the next time this is done.
    Busy(String),
}

impl Db {
    /// Rewrites the places that held deleted rows. May run beside a running bot, which waits meanwhile.
    ///
    /// SQLite: the file is written anew without remains (`VACUUM`; needs as much free space again) and the
    /// write-ahead log is cut to nothing. PostgreSQL: `VACUUM` of the tables that know people; its own write-ahead log
    /// and the free space of its files keep remains until they are used again.
    ///
    /// # Errors
    /// When the database cannot be reached. Being busy is no error.
    pub async fn scrub(&self) -> anyhow::Result<Scrubbed> {
        if self.is_sqlite() {
            return self.rewrite().await;
        }
        self.writer()
            .execute_unprepared(&format!("VACUUM {TABLES}, {CONCERNS}"))
            .await
            .context("vacuuming the tables")?;
        Ok(Scrubbed::Done)
    }

    /// Removes from the files in which order rows of concerns came, and when. May be called while the bot serves.
    ///
    /// SQLite: as [`Db::scrub`]. Afterwards the file is what anybody would get who writes the same rows into an empty
    /// one, in the order of their keys. PostgreSQL: the files of these tables are written anew unless somebody is
    /// reading them; its own write-ahead log keeps the order until it is used again.
    ///
    /// # Errors
    /// When the database cannot be reached. Being busy is no error.
    pub async fn forget_order(&self) -> anyhow::Result<Scrubbed> {
        if self.is_sqlite() {
            return self.rewrite().await;
        }
        // On a connection of its own, so that no other statement gives up as soon.
        let own = self.impatient().await?;
        let rewritten = own.execute_unprepared(&format!("VACUUM FULL {CONCERNS}")).await;
        own.close().await?;
        match rewritten {
            Ok(_) => Ok(Scrubbed::Done),
            Err(error) if is_lock_timeout(&error) => Ok(Scrubbed::Busy(error.to_string())),
            Err(error) => Err(error).context("writing the tables of concerns anew"),
        }
    }

    async fn rewrite(&self) -> anyhow::Result<Scrubbed> {
        let read = || Scrubbed::Busy("others were reading the write-ahead log all the time".to_owned());
        let own = self.impatient().await?;
        // If it cannot be cut, the file would be written anew for nothing, and the log would grow by its whole size.
        if !cut_log(&own).await? {
            return Ok(read());
        }
        if let Err(error) = self.writer().execute_unprepared("VACUUM").await {
            let busy = error.to_string();
            anyhow::ensure!(
                busy.contains("locked") || busy.contains("busy"),
                "rewriting the database: {busy}"
            );
            return Ok(Scrubbed::Busy(busy));
        }
        for _ in 0..ATTEMPTS {
            if cut_log(&own).await? {
                own.close().await?;
                return Ok(Scrubbed::Done);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(read())
    }

    /// A connection that hardly waits for others.
    async fn impatient(&self) -> anyhow::Result<DatabaseConnection> {
        let mut options = ConnectOptions::new(self.url.expose_secret());
        let patience = PATIENCE.as_millis().to_string();
        options
            .max_connections(1)
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(|sqlite| sqlite.busy_timeout(PATIENCE))
            .map_sqlx_postgres_opts(move |postgres| postgres.options([("lock_timeout", &patience)]));
        Database::connect(options).await.context("opening the database")
    }
}

/// Whether PostgreSQL says that it did not get a lock in time (`lock_not_available`).
fn is_lock_timeout(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner))) = error else {
        return false;
    };
    let answered = inner.as_database_error();
    answered.is_some_and(|error| error.code().is_some_and(|code| code == "55P03"))
}

/// Merges SQLite's write-ahead log into the main file and empties it; false if somebody still reads it.
async fn cut_log(connection: &DatabaseConnection) -> anyhow::Result<bool> {
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let row = connection.query_one_raw(statement).await;
    let row = row.context("emptying the write-ahead log")?;
    let busy: i32 = row.context("SQLite says nothing")?.try_get_by_index(0)?;
    Ok(busy == 0)
}
