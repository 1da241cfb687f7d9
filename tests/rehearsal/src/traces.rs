//! Looking for words that should be nowhere: in the bytes of SQLite's files, in every row of PostgreSQL's tables.

use anyhow::Context;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Statement};

use crate::world::World;

impl World {
    /// Where a text is found: names of files, or of tables.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn traces(&self, text: &str) -> anyhow::Result<Vec<String>> {
        let db = &self.app().bot().core.db;
        if db.is_sqlite() {
            self.files_with(text)
        } else {
            tables_with(db.reader(), text).await
        }
    }

    /// Files of the database that hold the text, or the number in the form in which SQLite stores large ones.
    fn files_with(&self, text: &str) -> anyhow::Result<Vec<String>> {
        let number = text.parse::<i64>().map(i64::to_be_bytes);
        let mut found = Vec::new();
        for file in self.folder().read_dir()? {
            let file = file?;
            let name = file.file_name().to_string_lossy().into_owned();
            if !name.starts_with("bellwether.db") && !name.ends_with(".erased") {
                continue;
            }
            let bytes = std::fs::read(file.path())?;
            let holds = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
            if holds(text.as_bytes()) || number.as_ref().is_ok_and(|number| holds(number)) {
                found.push(name);
            }
        }
        Ok(found)
    }

    /// Every disclosure that can still be read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn disclosures(&self) -> anyhow::Result<Vec<entity::log_disclosure::Model>> {
        let db = self.app().bot().core.db.reader();
        let all = entity::log_disclosure::Entity::find().all(db).await;
        all.context("reading the disclosures")
    }
}

async fn tables_with(db: &DatabaseConnection, text: &str) -> anyhow::Result<Vec<String>> {
    let ask = |query: String| Statement::from_string(DbBackend::Postgres, query);
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()";
    let mut found = Vec::new();
    for row in db.query_all_raw(ask(tables.to_owned())).await? {
        let table: String = row.try_get_by_index(0)?;
        let text = text.replace('\'', "''");
        let query = format!("SELECT count(*) FROM \"{table}\" AS row WHERE strpos(row::text, '{text}') > 0");
        let counted = db.query_one_raw(ask(query)).await?.context("a count")?;
        let count: i64 = counted.try_get_by_index(0)?;
        if count > 0 {
            found.push(table);
        }
    }
    Ok(found)
}
