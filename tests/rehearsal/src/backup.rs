//! A backup that is restored in part: everything as it was, the log as it is.

use anyhow::Context;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, IntoActiveModel, Statement};

use crate::world::World;

/// The tables that know people, as they were.
pub struct Backup {
    members: Vec<entity::member::Model>,
    absences: Vec<entity::absence::Model>,
    assignments: Vec<entity::assignment::Model>,
    cycles: Vec<entity::cycle::Model>,
    answers: Vec<entity::answer::Model>,
    messages: Vec<entity::outbound_message::Model>,
    disclosures: Vec<entity::log_disclosure::Model>,
}

/// Writes these rows into a table.
macro_rules! put {
    ($db:expr, $table:ident, $rows:expr) => {
        for row in &$rows {
            let row = row.clone().into_active_model();
            entity::$table::Entity::insert(row).exec_without_returning($db).await?;
        }
    };
}

impl World {
    /// Copies the tables that know people.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn backup(&self) -> anyhow::Result<Backup> {
        let db = &Database::connect(self.database()).await?;
        let backup = Backup {
            members: entity::member::Entity::find().all(db).await?,
            absences: entity::absence::Entity::find().all(db).await?,
            assignments: entity::assignment::Entity::find().all(db).await?,
            cycles: entity::cycle::Entity::find().all(db).await?,
            answers: entity::answer::Entity::find().all(db).await?,
            messages: entity::outbound_message::Entity::find().all(db).await?,
            disclosures: entity::log_disclosure::Entity::find().all(db).await?,
        };
        db.clone().close().await?;
        Ok(backup)
    }

    /// Puts the copies in place of what is there. The bot must not be running.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn restore_all_but_the_log(&self, backup: &Backup) -> anyhow::Result<()> {
        let db = &Database::connect(self.database()).await?;
        let triggers = unprotect(db).await?;
        for table in ["answer", "cycle", "assignment", "absence", "member", "outbound_message"] {
            db.execute_unprepared(&format!("DELETE FROM {table}")).await?;
        }
        put!(db, member, backup.members);
        put!(db, absence, backup.absences);
        put!(db, assignment, backup.assignments);
        put!(db, cycle, backup.cycles);
        put!(db, answer, backup.answers);
        put!(db, outbound_message, backup.messages);
        // Nothing of the log's own later entries is lost.
        for row in &backup.disclosures {
            let known = entity::log_disclosure::Entity::find_by_id((row.rec.clone(), row.name.clone()));
            if known.one(db).await?.is_none() {
                let row = row.clone().into_active_model();
                entity::log_disclosure::Entity::insert(row)
                    .exec_without_returning(db)
                    .await?;
            }
        }
        for trigger in triggers {
            db.execute_unprepared(&trigger).await?;
        }
        db.clone().close().await?;
        Ok(())
    }
}

/// Takes the protection of the answers away; the statements that bring it back.
async fn unprotect(db: &DatabaseConnection) -> anyhow::Result<Vec<String>> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("ALTER TABLE answer DISABLE TRIGGER USER").await?;
        return Ok(vec!["ALTER TABLE answer ENABLE TRIGGER USER".to_owned()]);
    }
    let query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'answer'";
    let mut statements = Vec::new();
    for row in db
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, query))
        .await?
    {
        let name: String = row.try_get_by_index(0)?;
        db.execute_unprepared(&format!("DROP TRIGGER {name}"))
            .await
            .with_context(|| format!("dropping {name}"))?;
        statements.push(row.try_get_by_index(1)?);
    }
    Ok(statements)
}
