//! Builds everything once, and holds the steps of the loops.
//!
//! The steps are public, so that a story can pump them by hand; the scheduler is the only place that repeats them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use anyhow::Context;
use secrecy::{ExposeSecret, SecretString};

use crate::anchors::{self, Anchors, Outside};
use crate::audit::{self, Audit, Auditor};
use crate::catalogue::Catalogue;
use crate::chance::Chance;
use crate::clock::{Clock, ClockAhead, Millis};
use crate::concerns::{Chase, Desk, Pepper, Stretch};
use crate::config::Config;
use crate::db::Db;
use crate::discord::bot::Bot;
use crate::discord::courier::{self, Courier};
use crate::discord::gateway::{self, Gateway};
use crate::discord::rest::Rest;
use crate::erasure::{self, Journal};
use crate::evidence::note::Vkey;
use crate::evidence::{GuardPolicy, Halt, Log, NewLeaf, Statement, fields};
use crate::ledger::Ledger;
use crate::outbox::{self, Message, NewOutbound};
use crate::prompts::{self, Asking, Memory};
use crate::reconcile;

/// The clock is compared with Discord's at least once in so many milliseconds.
const COMPARE: i64 = Millis::HOUR;
/// How long an answer with Discord's time is waited for.
const PROMPT: Duration = Duration::from_secs(5);

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
    /// How much work it is to try a case key.
    pub stretch: Stretch,
}

/// The whole program, built and not yet running.
#[derive(Debug)]
pub struct App {
    bot: Bot,
    courier: Courier,
    anchors: Anchors,
    auditor: Auditor,
    chase: Chase,
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
        let Parts {
            config,
            catalogue,
            token,
            clock,
            chance,
            ..
        } = parts;
        let outside = Outside::read(&config.evidence, |name| std::env::var(name).ok())?;
        let db = Db::open(config.database.url.expose_secret()).await?;
        db.migrate().await?;
        let log = Log::open_with(&db, &config.evidence, parts.guard, chance.clone()).await?;
        let (vkey, halt) = (log.vkey(), log.halt());
        let ledger = Ledger::start(db.clone(), log, clock.clone());
        // What a restored backup has brought back goes again before anybody can see it.
        erasure::replay(&db, &ledger, &chance, &Journal::beside(&config.evidence)).await?;
        let rest = Rest::new(&config.discord, &token, clock.clone())?;
        let asking = Asking {
            config: Arc::new(config),
            catalogue: Arc::new(catalogue),
            db,
            ledger,
            clock,
            chance,
            memory: Memory::default(),
        };
        let pepper = Pepper::open(&asking.db, &asking.config.concerns, &asking.chance).await?;
        let desk = Desk::new(&asking, pepper, parts.stretch);
        let chase = Chase::new(desk.clone());
        chase.delete_again().await?;
        let bot = Bot::new(asking, rest, desk);
        ask_the_time(&bot).await;
        bot.asking.clock.believed()?;
        note_start(&bot.asking).await?;
        let auditor = auditor(&bot, halt.clone());
        let anchors = Anchors::new(publishing(&bot, vkey, halt), outside)?;
        let courier = Courier::with_pace(tools(&bot), parts.openings);
        Ok(Self {
            bot,
            courier,
            anchors,
            auditor,
            chase,
            token,
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

    /// Compares the clock with Discord's at least once an hour, and at each step while it is far ahead. Where Discord
    /// cannot be reached, nothing is held against the clock.
    async fn watch_clock(&self) -> Result<(), ClockAhead> {
        let clock = &self.bot.asking.clock;
        let now = clock.now();
        let fresh = |at: Millis| (0..COMPARE).contains(&now.since(at));
        let asked = Millis(self.asked_at.load(Ordering::Relaxed));
        let compared = clock.agreement().is_some_and(|(_, at)| fresh(at));
        if clock.believed().is_err() || !(compared || fresh(asked)) {
            self.asked_at.store(now.0, Ordering::Relaxed);
            ask_the_time(&self.bot).await;
        }
        clock.believed()
    }

    /// One step of the scheduler; returns when to call it again at the latest.
    pub async fn tick(&self) -> anyhow::Result<Option<Millis>> {
        let asking = &self.bot.asking;
        self.watch_clock().await?;
        self.bot.desk.sweep();
        if asking.clock.now().0 >= self.beat_at.load(Ordering::Relaxed) {
            let beat = audit::heartbeat(&asking.ledger, &asking.chance)
                .await
                .context("writing the heartbeat")?;
            self.beat_at.store(beat.next().0, Ordering::Relaxed);
        }
        let beat_at = Millis(self.beat_at.load(Ordering::Relaxed));
        let next = asking.tick().await?;
        Ok(Some(next.map_or(beat_at, |next| next.min(beat_at))))
    }

    /// Sends what is due; returns when to come back.
    pub async fn deliver(&self) -> anyhow::Result<Option<Millis>> {
        Box::pin(self.courier.deliver_due()).await
    }

    /// Publishes the log where that is due, and brings copies outside; returns when to come back.
    pub async fn anchor(&self) -> anyhow::Result<Option<Millis>> {
        Box::pin(self.anchors.step()).await
    }

    /// Does what concerns need by the clock; returns when to come back.
    pub async fn chase(&self) -> anyhow::Result<Option<Millis>> {
        Box::pin(self.chase.step()).await
    }

    /// Checks the whole log where that is due; returns when to come back. Where it does not hold, the owners are told and
    /// nothing more is signed.
    pub async fn audit(&self) -> anyhow::Result<Option<Millis>> {
        let now = self.bot.asking.clock.now();
        match reconcile::audit(&self.auditor, now)
            .await
            .context("checking the whole log")?
        {
            Audit::NotYet { next } => Ok(Some(next)),
            Audit::Sound { next, beside, .. } => {
                if beside.is_some_and(|tables| !tables.agree()) {
                    tell_owners(&self.bot.asking, Message::TablesFalsified).await?;
                }
                Ok(Some(next))
            }
            Audit::Stopped => Ok(None),
            Audit::Broken(finding) => {
                let told = tell_owners(&self.bot.asking, Message::LogBroken).await;
                self.auditor.stop(&finding, now)?;
                told.map(|()| None)
            }
        }
    }

    /// Whether the log may be signed, as far as it was not stopped in this or another process. Where it was, what the
    /// owners are to hear goes out first, for the program ends.
    ///
    /// # Errors
    /// When signing is stopped.
    pub async fn signs(&self) -> anyhow::Result<()> {
        let allowed = self.auditor.halt.refuse_from_file();
        if allowed.is_err()
            && let Err(error) = self.deliver().await
        {
            tracing::error!("the owners could not be told about the stopped log: {error:#}");
        }
        allowed
    }

    /// Writes down the stop, lets the ledger finish, and closes the database.
    pub async fn stop(self) -> anyhow::Result<()> {
        let asking = self.bot.asking;
        note(&asking, fields::ProgramStopped(version()))
            .await
            .context("writing down the stop")?;
        asking.ledger.close().await;
        asking.db.close().await
    }
}

/// Any answer of Discord's carries its time, which the client compares with ours where it believes it.
async fn ask_the_time(bot: &Bot) {
    if !bot.asking.config.discord.tells_time() {
        return;
    }
    if let Ok(Err(error)) = tokio::time::timeout(PROMPT, bot.rest.get_gateway()).await {
        tracing::debug!("Discord was asked for the time: {error}");
    }
}

fn auditor(bot: &Bot, halt: Halt) -> Auditor {
    let asking = &bot.asking;
    Auditor {
        db: asking.db.clone(),
        ledger: asking.ledger.clone(),
        settings: Arc::clone(&asking.config),
        halt,
        chance: asking.chance.clone(),
    }
}

/// Promises the owners of every organisation a word about a broken log or falsified tables.
async fn tell_owners(asking: &Asking, alarm: Message) -> anyhow::Result<()> {
    let config = Arc::clone(&asking.config);
    let chance = asking.chance.clone();
    let promised = asking.ledger.write(move |tx| {
        Box::pin(async move {
            for organisation in &config.organisations {
                let channel = organisation.channels.evidence.or(organisation.channels.fallback);
                let Some(channel) = channel else { continue };
                let new = NewOutbound {
                    organisation: organisation.id,
                    member: None,
                    channel: Some(channel),
                    message: alarm.clone(),
                    at: tx.now(),
                    expires: None,
                };
                outbox::promise(tx, &chance, new).await?;
            }
            Ok(())
        })
    });
    promised.await.context("promising the owners a word about the log")
}

fn publishing(bot: &Bot, vkey: Vkey, halt: Halt) -> anchors::Tools {
    let asking = &bot.asking;
    anchors::Tools {
        db: asking.db.clone(),
        ledger: asking.ledger.clone(),
        clock: asking.clock.clone(),
        chance: asking.chance.clone(),
        config: Arc::clone(&asking.config),
        vkey,
        halt,
    }
}

fn tools(bot: &Bot) -> courier::Tools {
    let asking = &bot.asking;
    courier::Tools {
        rest: bot.rest.clone(),
        db: asking.db.clone(),
        ledger: asking.ledger.clone(),
        clock: asking.clock.clone(),
        chance: asking.chance.clone(),
        config: Arc::clone(&asking.config),
        words: Arc::clone(&bot.words),
        desk: bot.desk.clone(),
    }
}

async fn note_start(asking: &Asking) -> anyhow::Result<()> {
    asking.ledger.begin().await.context("beginning the evidence log")?;
    note(asking, fields::ProgramStarted(version()))
        .await
        .context("writing down the start")?;
    prompts::note_catalogue(&asking.ledger, &asking.chance, &asking.catalogue)
        .await
        .context("writing down the catalogue")?;
    prompts::note_schedules(&asking.ledger, &asking.chance, &asking.config)
        .await
        .context("writing down the schedules")?;
    Ok(())
}

fn version() -> fields::Version {
    fields::Version {
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

async fn note(asking: &Asking, statement: impl Into<Statement>) -> anyhow::Result<()> {
    let leaf = NewLeaf::fresh(&asking.chance, statement);
    asking
        .ledger
        .write(move |tx| {
            Box::pin(async move {
                tx.evidence(leaf);
                Ok(())
            })
        })
        .await
}
