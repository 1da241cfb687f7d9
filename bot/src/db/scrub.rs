//! Getting rid of what deleted rows leave behind in the database's files.

use std::time::Duration;

use anyhow::Context;
use sea_orm::{ConnectionTrait, Statement};

use super::Db;

/// Tables that hold what people said, or who they are.
const TABLES: &str = "absence, answer, assignment, cycle, log_disclosure, member, outbound_message";
/// Tables of concerns, whose rows must not lie in the order in which they came.
const CONCERNS: &str = "concern_barred, concern_case, concern_entry, concern_event, concern_file, concern_identity, \
                        concern_named, concern_notice, concern_unsealing, handler_key";
/// How often the write-ahead log is tried to be emptied, and the pause between.
const ATTEMPTS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(200);

/// What became of the remains of deleted rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scrubbed {
    /// They are in no file of the database any more; on PostgreSQL, in no row that anybody could read.
    Done,
    /// Somebody was reading or writing all the time; the reason. They go when it is done again.
    Busy(String),
}

impl Db {
    /// Rewrites what deleted rows stood in. May run beside a running bot, which waits meanwhile.
    ///
    /// SQLite: the file is written anew without remains (`VACUUM`; needs as much free space again) and the
    /// write-ahead log is cut to nothing. PostgreSQL: `VACUUM` of the tables that know people; its own write-ahead log
    /// and the free space of its files keep remains until they are used again.
    ///
    /// # Errors
    /// When the database cannot be reached. Being busy is no error.
    pub async fn scrub(&self) -> anyhow::Result<Scrubbed> {
        if !self.is_sqlite() {
            self.writer()
                .execute_unprepared(&format!("VACUUM {TABLES}, {CONCERNS}"))
                .await
                .context("vacuuming the tables")?;
            return Ok(Scrubbed::Done);
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
            if self.cut_log().await? {
                return Ok(Scrubbed::Done);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(Scrubbed::Busy(
            "others were reading the write-ahead log all the time".to_owned(),
        ))
    }

    /// Takes away what rows of concerns have left behind that were dealt anew. On SQLite nothing is left: they lie in
    /// the order of their random keys, and what is deleted is overwritten.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn sweep_concerns(&self) -> anyhow::Result<()> {
        if !self.is_sqlite() {
            let swept = self.writer().execute_unprepared(&format!("VACUUM {CONCERNS}")).await;
            swept.context("vacuuming the tables of concerns")?;
        }
        Ok(())
    }

    /// Folds SQLite's write-ahead log back and cuts it to nothing; false when somebody still reads it.
    async fn cut_log(&self) -> anyhow::Result<bool> {
        let statement = Statement::from_string(self.writer().get_database_backend(), "PRAGMA wal_checkpoint(TRUNCATE)");
        let row = self
            .writer()
            .query_one_raw(statement)
            .await
            .context("emptying the write-ahead log")?;
        let busy: i32 = row.context("SQLite says nothing")?.try_get_by_index(0)?;
        Ok(busy == 0)
    }
}
