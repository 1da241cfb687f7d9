//! A world: the stand-in, the bot, and the time. The clock is moved by hand and the loops are pumped by hand.
//!
//! A world must be [finished](World::finish): that stops the bot and verifies the evidence log.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, ensure};
use bellwether::app::{App, LOOPS, Parts};
use bellwether::catalogue;
use bellwether::chance::Chance;
use bellwether::clock::{Clock, Millis};
use bellwether::config;
use bellwether::discord::courier;
use bellwether::discord::gateway::Gateway;
use bellwether::evidence::GuardPolicy;
use bellwether::ids::OrganisationId;
use discord_stand_in::{Discord, Options, Record};
use secrecy::SecretString;

use crate::organisation::{Hired, Organisation, Setting, TOKEN};
use crate::postgres::Fresh;

/// Maximum number of steps between two instants; more means that somebody asks to be called at once forever.
const STEPS: usize = 100_000;

/// A folder that is kept in memory, on systems that have it.
const MEMORY: &str = "/dev/shm";

/// The file of an SQLite database.
const DATABASE: &str = "bellwether.db";

/// Everything a story needs.
pub struct World {
    pub clock: Clock,
    pub discord: Discord,
    pub organisation: Organisation,
    pub setting: Setting,
    database: String,
    _postgres: Option<Fresh>,
    folder: PathBuf,
    running: Option<Running>,
    starts: u64,
    finished: bool,
    memory: Option<tempfile::TempDir>,
    _temporary: Option<tempfile::TempDir>,
}

struct Running {
    app: App,
    gateway: Gateway,
}

impl World {
    /// A world at this instant (RFC 3339) with an empty organisation; the bot is not started yet.
    ///
    /// # Errors
    /// When the stand-in or the database cannot be made.
    pub async fn at(start: &str) -> anyhow::Result<Self> {
        Self::with(Setting::at(start)).await
    }

    /// A world with this setting.
    ///
    /// # Errors
    /// When the stand-in or the database cannot be made.
    pub async fn with(setting: Setting) -> anyhow::Result<Self> {
        let clock = Clock::by_hand(setting.instant()?);
        let (folder, temporary) = folder(&setting)?;
        let options = Options {
            now: now_of(&clock),
            record: setting
                .folder
                .as_ref()
                .map_or(Record::Folder, |folder| Record::File(folder.join("requests.jsonl"))),
            ..Options::default()
        };
        let discord = Discord::start(options)
            .await
            .context("starting the stand-in for Discord")?;
        let organisation = Organisation::found(&discord, setting.members_intent);
        let file = setting.database_in.as_ref().unwrap_or(&folder).join(DATABASE);
        let (database, postgres) = Fresh::or_file(setting.postgres.as_deref(), &file).await?;
        Ok(Self {
            clock,
            discord,
            organisation,
            setting,
            database,
            _postgres: postgres,
            folder,
            running: None,
            starts: 0,
            finished: false,
            memory: None,
            _temporary: temporary,
        })
    }

    /// Adds a person; see [`Organisation::hire`].
    pub fn hire(&mut self, name: &str, locale: &str, zone: Option<&str>, roles: &[&str]) -> Hired {
        self.organisation.hire(&self.discord, name, locale, zone, roles)
    }

    /// A manager in the organisation's own zone, with an English client.
    pub fn manager(&mut self, name: &str) -> Hired {
        self.hire(name, "en-GB", None, &["manager"])
    }

    /// Starts the bot from files, as an operator would, and waits until it is connected and knows its members.
    ///
    /// # Errors
    /// When the bot does not start.
    pub async fn start_bot(&mut self) -> anyhow::Result<()> {
        ensure!(self.running.is_none(), "the bot is running already");
        let app = self.another_app().await?;
        let gateway = app.connect();
        gateway.ready().await;
        self.running = Some(Running { app, gateway });
        self.settle().await;
        Ok(())
    }

    /// Builds an app from files without connecting it: a second process beside the bot, or the first before it runs.
    ///
    /// # Errors
    /// When the files, the database or the log refuse.
    pub async fn another_app(&mut self) -> anyhow::Result<App> {
        let config = config::load(&self.write_files()?)?;
        self.starts += 1;
        let app = App::build(Parts {
            catalogue: catalogue::load(&config.catalogue)?,
            config,
            token: SecretString::from(TOKEN),
            clock: self.clock.clone(),
            chance: Chance::seeded(self.setting.seed.wrapping_mul(1_000_003).wrapping_add(self.starts)),
            guard: GuardPolicy::Require,
            gateway: self.setting.gateway,
            openings: courier::Pace::default(),
            stretch: self.setting.stretch,
        });
        // A story holds it several times over.
        Box::pin(app).await
    }

    /// Writes the files again as they are for the next start.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write_files(&self) -> anyhow::Result<PathBuf> {
        self.organisation
            .write_files(&self.setting, &self.discord, &self.database, &self.folder)
    }

    /// Keeps a SQLite database in memory, where the system has a folder for that, until [`World::bring_home`]: in
    /// virtual time months of commits come one after the other. To be called before the first start.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn play_in_memory(&mut self) -> anyhow::Result<()> {
        if self.setting.postgres.is_none() && Path::new(MEMORY).is_dir() {
            let memory = tempfile::tempdir_in(MEMORY)?;
            self.database = sqlite_in(memory.path());
            self.memory = Some(memory);
        }
        Ok(())
    }

    /// Brings a database that was kept in memory into the world's folder, where the files then name it. The bot must
    /// not be running.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn bring_home(&mut self) -> anyhow::Result<()> {
        let Some(memory) = self.memory.take() else {
            return Ok(());
        };
        for file in memory.path().read_dir()? {
            let file = file?;
            std::fs::copy(file.path(), self.folder.join(file.file_name()))?;
        }
        self.database = sqlite_in(&self.folder);
        self.write_files().map(drop)
    }

    /// Stops the bot in order.
    ///
    /// # Errors
    /// When the stop cannot be written down.
    pub async fn stop_bot(&mut self) -> anyhow::Result<()> {
        let Running { app, gateway } = self.running.take().context("the bot is not running")?;
        gateway.shutdown().await;
        app.stop().await
    }

    /// Removes the bot without warning, as a power cut does.
    ///
    /// # Errors
    /// When the bot is not running.
    pub async fn crash_bot(&mut self) -> anyhow::Result<()> {
        let Running { app, gateway } = self.running.take().context("the bot is not running")?;
        gateway.shutdown().await;
        drop(app);
        Ok(())
    }

    /// Says that the story has verified the log itself.
    pub fn finished(&mut self) {
        self.finished = true;
    }

    /// The running bot.
    ///
    /// # Panics
    /// When the bot is not running.
    pub fn app(&self) -> &App {
        &self.running.as_ref().expect("the bot is running").app
    }

    /// The running gateway.
    ///
    /// # Panics
    /// When the bot is not running.
    pub fn gateway(&self) -> &Gateway {
        &self.running.as_ref().expect("the bot is running").gateway
    }

    /// The organisation's id as the bot knows it.
    pub fn organisation_id(&self) -> OrganisationId {
        OrganisationId::from_i64(self.organisation.guild.id as i64)
    }

    /// The configuration file.
    pub fn config_path(&self) -> PathBuf {
        self.folder.join("bellwether.toml")
    }

    /// The database's address.
    pub fn database(&self) -> &str {
        &self.database
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Pumps all loops once and waits until the bot has handled every event that has reached it. Returns when to
    /// pump again.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn pump(&self) -> anyhow::Result<Option<Millis>> {
        let app = self.app();
        let mut nexts = Vec::new();
        // The whole log is checked where a story says so.
        for own in LOOPS.iter().filter(|own| own.name != "auditor") {
            let next = own.step(app, &app.bot().stopping).await;
            nexts.push(next.with_context(|| format!("a step of the loop {}", own.name))?);
        }
        self.settle().await;
        Ok(nexts.into_iter().flatten().min())
    }

    /// Moves the time to `target`, stopping at every instant at which the bot has something to do.
    ///
    /// # Errors
    /// When a step fails, or the bot never comes to rest.
    pub async fn advance_to(&self, target: Millis) -> anyhow::Result<()> {
        for _ in 0..STEPS {
            let next = self.pump().await?;
            let now = self.clock.now();
            match next {
                Some(next) if next <= target => self.clock.set(next.max(now + 1)),
                _ if now >= target => return Ok(()),
                _ => self.clock.set(target),
            }
        }
        anyhow::bail!("the bot asked to be called {STEPS} times before {}", target.rfc3339())
    }

    /// Moves the time on, step by step of the bot, until `found` returns something; for at most this many days.
    ///
    /// # Errors
    /// When a step fails, or nothing was found by then.
    pub async fn await_within<T>(&self, days: i64, mut found: impl FnMut(&Self) -> Option<T>) -> anyhow::Result<T> {
        let end = self.clock.now() + days * Millis::DAY;
        loop {
            let next = self.pump().await?;
            if let Some(found) = found(self) {
                return Ok(found);
            }
            let now = self.clock.now();
            ensure!(now < end, "nothing was found within {days} days");
            self.clock.set(next.map_or(end, |next| next.max(now + 1)).min(end));
        }
    }

    /// Moves the time to an RFC 3339 instant.
    ///
    /// # Errors
    /// See [`World::advance_to`].
    pub async fn until(&self, instant: &str) -> anyhow::Result<()> {
        let target: jiff::Timestamp = instant.parse().with_context(|| format!("{instant:?} is no instant"))?;
        self.advance_to(target.into()).await
    }

    /// Moves the time on by this many milliseconds.
    ///
    /// # Errors
    /// See [`World::advance_to`].
    pub async fn pass(&self, milliseconds: i64) -> anyhow::Result<()> {
        self.advance_to(self.clock.now() + milliseconds).await
    }

    /// Waits until the bot handles no event.
    pub async fn settle(&self) {
        self.gateway().idle().await;
    }

    /// Waits, in real time and not for long, until `holds`.
    ///
    /// # Errors
    /// When it never becomes true.
    pub async fn eventually(&self, what: &str, holds: impl AsyncFn() -> anyhow::Result<bool>) -> anyhow::Result<()> {
        for _ in 0..1_000 {
            if holds().await? {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        anyhow::bail!("waited in vain: {what}")
    }

    /// Stops the bot if it runs, and verifies the evidence log as `bellwether evidence verify` does.
    ///
    /// # Errors
    /// When something does not hold.
    pub async fn finish(mut self) -> anyhow::Result<()> {
        self.finished = true;
        if self.running.is_some() {
            self.stop_bot().await?;
        }
        verify(&self.config_path()).await.map(drop)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        assert!(
            self.finished || std::thread::panicking(),
            "a story must end with World::finish, which verifies the evidence log"
        );
    }
}

/// Verifies the log of the configured database, and that its tables agree with it; the report.
///
/// # Errors
/// The first thing that does not hold.
pub async fn verify(config: &Path) -> anyhow::Result<String> {
    use secrecy::ExposeSecret;
    let config = config::load(config)?;
    let db = bellwether::db::Db::open(config.database.url.expose_secret()).await?;
    let (report, tables) = bellwether::reconcile::live(&db, &config.evidence).await?;
    db.close().await?;
    ensure!(report.finding.is_none(), "the evidence log does not verify: {report}");
    let tables = tables.context("the tables were not held against the log")?;
    ensure!(tables.agree(), "{tables}");
    Ok(report.to_string())
}

fn now_of(clock: &Clock) -> discord_stand_in::Now {
    let clock = clock.clone();
    Arc::new(move || clock.now().0)
}

fn sqlite_in(folder: &Path) -> String {
    format!("sqlite://{}", folder.join(DATABASE).display())
}

fn folder(setting: &Setting) -> anyhow::Result<(PathBuf, Option<tempfile::TempDir>)> {
    if let Some(folder) = &setting.folder {
        std::fs::create_dir_all(folder)?;
        return Ok((folder.canonicalize()?, None));
    }
    let temporary = tempfile::tempdir()?;
    Ok((temporary.path().canonicalize()?, Some(temporary)))
}
