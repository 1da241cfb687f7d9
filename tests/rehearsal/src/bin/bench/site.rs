//! What a benchmark stands on: a stand-in for Discord, an organisation, and a database that is gone afterwards.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use bellwether::app::{App, Parts};
use bellwether::chance::Chance;
use bellwether::clock::{Clock, Millis};
use bellwether::concerns::Stretch;
use bellwether::config::{self, Config};
use bellwether::discord::{courier, gateway};
use bellwether::ids::{MemberId, RoleId};
use bellwether::people::{self, Seen};
use bellwether::{catalogue, evidence};
use discord_stand_in::{Discord, Options};
use rehearsal::Setting;
use rehearsal::organisation::{Organisation, TOKEN};
use rehearsal::postgres::Fresh;
use sea_orm::{FromQueryResult, Statement};
use secrecy::SecretString;

/// Where the time of a site comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    /// A clock that the benchmark moves, from a quarter of an hour before a weekly slot on.
    ByHand,
    /// The machine's.
    System,
}

/// A database engine to measure on.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    Sqlite,
    /// The server's URL.
    Postgres(String),
}

impl Engine {
    /// SQLite, and PostgreSQL where `BELLWETHER_TEST_POSTGRES` names a server.
    pub(crate) fn all() -> Vec<Self> {
        let server = std::env::var("BELLWETHER_TEST_POSTGRES").ok();
        std::iter::once(Self::Sqlite)
            .chain(server.map(Self::Postgres))
            .collect()
    }

    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

pub(crate) struct Site {
    pub discord: Discord,
    pub organisation: Organisation,
    pub clock: Clock,
    pub setting: Setting,
    /// Requests a second; none leaves the configuration's default.
    pub per_second: Option<u32>,
    engine: Engine,
    database: String,
    _postgres: Option<Fresh>,
    folder: tempfile::TempDir,
}

impl Site {
    /// Sets up a site, lets `work` run on it, and clears it away whatever happened to `work`.
    pub(crate) async fn with<T>(
        engine: Engine,
        time: Time,
        work: impl AsyncFnOnce(&mut Self) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let mut site = Self::found(engine, time).await?;
        let outcome = Box::pin(work(&mut site)).await;
        site.discord.stop();
        outcome
    }

    async fn found(engine: Engine, time: Time) -> anyhow::Result<Self> {
        let mut setting = Setting::at("2026-11-26T08:15:00Z");
        "[schedule]\njitter_minutes = 0\n[telemetry]\nlevel = \"warn\"\n".clone_into(&mut setting.settings);
        let clock = match time {
            Time::ByHand => Clock::by_hand(setting.instant()?),
            Time::System => Clock::system(),
        };
        let shown = clock.clone();
        let options = Options {
            now: Arc::new(move || shown.now().0),
            ..Options::default()
        };
        let discord = Discord::start(options).await.context("starting the stand-in")?;
        let organisation = Organisation::found(&discord, true);
        let folder = tempfile::tempdir()?;
        let server = match &engine {
            Engine::Sqlite => None,
            Engine::Postgres(server) => Some(server.as_str()),
        };
        let (database, postgres) = Fresh::or_file(server, &folder.path().join("bench.db")).await?;
        Ok(Self {
            discord,
            organisation,
            clock,
            setting,
            per_second: None,
            engine,
            database,
            _postgres: postgres,
            folder,
        })
    }

    /// Writes the files as an operator would; the configuration's path.
    pub(crate) fn write_files(&self) -> anyhow::Result<PathBuf> {
        self.organisation
            .write_files(&self.setting, &self.discord, &self.database, self.folder.path())
    }

    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        let mut config = config::load(&self.write_files()?)?;
        config.discord.requests_per_second = self.per_second.unwrap_or(config.discord.requests_per_second);
        Ok(config)
    }

    /// The whole program, not connected yet.
    pub(crate) async fn app(&self, openings: courier::Pace) -> anyhow::Result<App> {
        let config = self.config()?;
        let built = App::build(Parts {
            catalogue: catalogue::load(&config.catalogue)?,
            config,
            token: SecretString::from(TOKEN),
            clock: self.clock.clone(),
            chance: Chance::seeded(54),
            guard: evidence::GuardPolicy::Require,
            gateway: gateway::Pace::default(),
            openings,
            stretch: Stretch::default(),
        });
        Box::pin(built).await
    }

    /// Adds people who hold a role, without telling the bot.
    pub(crate) fn add(&self, count: usize, role: Option<&str>) -> Vec<u64> {
        let roles: Vec<_> = role
            .and_then(|role| self.organisation.guild.roles.get(role).copied())
            .into_iter()
            .collect();
        self.discord.add_members(self.organisation.guild.id, count, &roles)
    }

    /// Tells the bot of managers, and of others who hold no role, as its look at the whole list does.
    pub(crate) async fn introduce(&self, app: &App, managers: &[u64], others: &[u64]) -> anyhow::Result<()> {
        let role = RoleId::from_i64(self.organisation.guild.roles["manager"].cast_signed());
        let seen = |id: &u64, discord_roles: Vec<RoleId>| Seen {
            member: member(*id),
            discord_roles,
            locale: None,
        };
        let managers = managers.iter().map(|id| seen(id, vec![role]));
        let others = others.iter().map(|id| seen(id, Vec::new()));
        let core = &app.bot().core;
        let organisation = &core.config.organisations[0];
        let came = app.bot().arrivals.next();
        people::see_all(&core.ledger, organisation, managers.chain(others).collect(), came).await
    }

    pub(crate) const fn engine_name(&self) -> &'static str {
        self.engine.name()
    }

    /// Direct messages that stand where the bot wrote them, by everybody there was.
    pub(crate) fn messages_of_the_bot(&self, people: &[u64]) -> usize {
        let received = people.iter().map(|id| self.discord.person(*id).received().len());
        received.sum()
    }
}

pub(crate) fn member(id: u64) -> MemberId {
    MemberId::from_i64(id.cast_signed())
}

/// Half past nine on Thursday 26 November 2026 in Berlin: weekly prompts go out.
pub(crate) const SLOT: Millis = Millis(1_795_681_800_000);

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

/// How many rows there are in `what`, a table and perhaps a condition.
pub(crate) async fn count(app: &App, what: &str) -> anyhow::Result<usize> {
    let connection = app.bot().core.db.reader();
    let sql = format!("SELECT COUNT(*) AS count FROM {what}");
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let found = Count::find_by_statement(statement).one(connection).await?;
    Ok(found.map_or(0, |found| found.count as usize))
}
