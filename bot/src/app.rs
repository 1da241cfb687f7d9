//! Builds everything once.

mod loops;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use anyhow::Context;
use secrecy::{ExposeSecret, SecretString};

use crate::anchors::{Anchors, Outside};
use crate::audit::Auditor;
use crate::catalogue::Catalogue;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::concerns::{Deadlines, Desk, Pepper, Stretch};
use crate::config::Config;
use crate::core::Core;
use crate::db::Db;
use crate::discord::bot::Bot;
use crate::discord::courier::{self, Courier};
use crate::discord::gateway::{self, Gateway};
use crate::discord::rest::Rest;
use crate::erasure::{self, Journal};
use crate::evidence::{GuardPolicy, Log, fields};
use crate::ledger::Ledger;
use crate::prompts;
pub use loops::{LOOPS, Loop};

/// What an app is built from.
#[derive(Debug)]
pub struct Parts {
    pub config: Config,
    pub catalogue: Catalogue,
    pub token: SecretString,
    pub clock: Clock,
    pub chance: Chance,
    /// What a missing signing guard means.
    pub guard: GuardPolicy,
    /// How fast the gateway is reconnected.
    pub gateway: gateway::Pace,
    /// How fast direct messages are opened.
    pub openings: courier::Pace,
    /// How much work it takes to try a case key.
    pub stretch: Stretch,
}

/// The whole program, built and not yet running.
#[derive(Debug)]
pub struct App {
    bot: Bot,
    courier: Courier,
    anchors: Anchors,
    auditor: Auditor,
    deadlines: Deadlines,
    token: SecretString,
    gateway: gateway::Pace,
    /// When the log's next heartbeat is due.
    beat_at: AtomicI64,
    /// When Discord was last asked for the time.
    asked_at: AtomicI64,
}

impl App {
    /// Opens and migrates the database, opens the evidence log, and writes down what is new since the last start:
    /// the start itself, another catalogue, another schedule.
    ///
    /// # Errors
    /// When the database or the log cannot be opened or written, a secret or the policy cannot be read, or the
    /// machine's clock is far ahead of Discord's.
    pub async fn build(parts: Parts) -> anyhow::Result<Self> {
        // Boxed, so that whoever starts the bot does not carry all of this along.
        Box::pin(Self::assemble(parts)).await
    }

    async fn assemble(parts: Parts) -> anyhow::Result<Self> {
        let (config, clock, chance) = (parts.config, parts.clock, parts.chance);
        let outside = Outside::read(&config.evidence, |name| std::env::var(name).ok())?;
        let db = Db::open(config.database.url.expose_secret()).await?;
        db.migrate().await?;
        let log = Log::open_with(&db, &config.evidence, parts.guard, chance.clone()).await?;
        let (vkey, halt) = (log.vkey(), log.halt());
        let ledger = Ledger::start(db.clone(), log, clock.clone());
        // What a restored backup has brought back is erased again before anybody can see it.
        erasure::replay(&db, &ledger, &chance, &Journal::beside(&config.evidence)).await?;
        let rest = Rest::new(&config.discord, &parts.token, clock.clone())?;
        let core = Core {
            config: Arc::new(config),
            catalogue: Arc::new(parts.catalogue),
            db,
            ledger,
            clock,
            chance,
        };
        let pepper = Pepper::open(&core.db, &core.config.concerns, &core.chance).await?;
        let desk = Desk::new(core.clone(), pepper, parts.stretch);
        let deadlines = Deadlines::new(desk.clone());
        deadlines.delete_again().await?;
        let bot = Bot::new(core, rest, desk);
        loops::ask_the_time(&bot).await;
        bot.core.clock.believed()?;
        note_start(&bot.core).await?;
        let anchors = Anchors::new(bot.core.clone(), vkey, halt.clone(), outside)?;
        let core = bot.core.clone();
        let (desk, rest, words) = (bot.desk.clone(), bot.rest.clone(), Arc::clone(&bot.words));
        let courier = Courier::with_pace(desk, rest, words, parts.openings);
        Ok(Self {
            bot,
            courier,
            anchors,
            auditor: Auditor { core, halt },
            deadlines,
            token: parts.token,
            gateway: parts.gateway,
            beat_at: AtomicI64::default(),
            asked_at: AtomicI64::default(),
        })
    }

    /// What handlers and queries work with.
    pub fn bot(&self) -> &Bot {
        &self.bot
    }

    /// Starts the gateway connection.
    pub fn connect(&self) -> Gateway {
        Gateway::start(self.bot.clone(), self.token.clone(), self.gateway)
    }

    /// Writes down the stop, lets the ledger finish, and closes the database.
    pub async fn stop(self) -> anyhow::Result<()> {
        let core = self.bot.core;
        let noted = core.note(fields::ProgramStopped(version())).await;
        noted.context("writing down the stop")?;
        core.ledger.close().await;
        core.db.close().await
    }
}

async fn note_start(core: &Core) -> anyhow::Result<()> {
    core.ledger.begin().await.context("beginning the evidence log")?;
    let noted = core.note(fields::ProgramStarted(version())).await;
    noted.context("writing down the start")?;
    prompts::note_catalogue(&core.ledger, &core.chance, &core.catalogue)
        .await
        .context("writing down the catalogue")?;
    prompts::note_schedules(&core.ledger, &core.chance, &core.config)
        .await
        .context("writing down the schedules")?;
    Ok(())
}

fn version() -> fields::Version {
    fields::Version {
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}
