//! Databases on the PostgreSQL server that is there for tests.

use std::path::Path;

use anyhow::Context;
use bellwether::chance::Chance;
use sea_orm::{ConnectionTrait, Database};

/// A database of its own; it is dropped with this value, so that a whole run needs little room on the server's disk.
pub struct Fresh {
    pub url: String,
    server: String,
    name: String,
}

impl Fresh {
    /// The URL of an empty database: on this server, which then drops it with the second value, or else in this SQLite
    /// file.
    ///
    /// # Errors
    /// See [`on`](Self::on).
    pub async fn or_file(server: Option<&str>, file: &Path) -> anyhow::Result<(String, Option<Self>)> {
        let Some(server) = server else {
            return Ok((format!("sqlite://{}", file.display()), None));
        };
        let fresh = Self::on(server).await?;
        Ok((fresh.url.clone(), Some(fresh)))
    }

    /// An empty database on this server.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn on(server: &str) -> anyhow::Result<Self> {
        let (base, _) = server
            .rsplit_once('/')
            .context("the PostgreSQL server's URL has no database")?;
        let name = format!("bw_{}", Chance::system()?.id());
        tell(server, &format!("CREATE DATABASE {name}")).await?;
        Ok(Self {
            url: format!("{base}/{name}"),
            server: server.to_owned(),
            name,
        })
    }
}

impl Drop for Fresh {
    /// On a thread of its own: the runtime that dropped it may be ending. If a server has gone, the test that used it
    /// is not at fault.
    fn drop(&mut self) {
        let server = std::mem::take(&mut self.server);
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(tell(&server, &statement)))
        });
        drop(dropping.join());
    }
}

async fn tell(server: &str, statement: &str) -> anyhow::Result<()> {
    let admin = Database::connect(server)
        .await
        .context("reaching the PostgreSQL server")?;
    admin.execute_unprepared(statement).await?;
    Ok(admin.close().await?)
}
