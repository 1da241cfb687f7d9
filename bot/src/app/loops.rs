//! The loops: everything that is due again and again. The scheduler repeats them; a story runs them by hand.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context;
use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::App;
use crate::audit::{self, Audit};
use crate::clock::{ClockAhead, Millis};
use crate::core::Core;
use crate::discord::bot::Bot;
use crate::outbox::{self, Message, NewOutbound};
use crate::reconcile;

/// The clock is compared with Discord's at least this often, in milliseconds.
const COMPARE: i64 = Millis::HOUR;
/// How long to wait for an answer with Discord's time.
const PROMPT: Duration = Duration::from_secs(5);

type Step<'a> = BoxFuture<'a, anyhow::Result<Option<Millis>>>;

/// A step that is repeated.
#[derive(Debug)]
pub struct Loop {
    pub name: &'static str,
    /// Sends what was promised, so it comes after each step of the others.
    pub sends: bool,
    step: for<'a> fn(&'a App, &'a CancellationToken) -> Step<'a>,
}

/// In the order in which a story runs them. Each has its own pace, so that somebody outside who is slow, as in
/// `anchors`, does not delay the questions.
#[rustfmt::skip]
pub static LOOPS: [Loop; 5] = [
    Loop { name: "scheduler", sends: false, step: |app, _| Box::pin(app.tick()) },
    Loop { name: "anchors", sends: false, step: |app, stop| Box::pin(until(stop, app.anchor())) },
    Loop { name: "concerns", sends: false, step: |app, _| Box::pin(app.deadlines()) },
    Loop { name: "auditor", sends: false, step: |app, stop| Box::pin(app.check(stop)) },
    Loop { name: "courier", sends: true, step: |app, _| Box::pin(app.deliver()) },
];

impl Loop {
    /// Takes the step; returns when to take it again at the latest. A step that may take long is abandoned at `stop`,
    /// as it is begun anew after the next start.
    ///
    /// # Errors
    /// When the step fails. It should be tried again.
    pub async fn step(&self, app: &App, stop: &CancellationToken) -> anyhow::Result<Option<Millis>> {
        (self.step)(app, stop).await
    }
}

/// The step's outcome; nothing if `stop` comes first.
async fn until(
    stop: &CancellationToken,
    step: impl Future<Output = anyhow::Result<Option<Millis>>>,
) -> anyhow::Result<Option<Millis>> {
    tokio::select! {
        outcome = step => outcome,
        () = stop.cancelled() => Ok(None),
    }
}

impl App {
    /// Compares the clock with Discord's at least once an hour, and at each step while it is far ahead. If Discord
    /// cannot be reached, the clock is believed.
    async fn watch_clock(&self) -> Result<(), ClockAhead> {
        let clock = &self.bot.core.clock;
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
        let core = &self.bot.core;
        self.watch_clock().await?;
        if core.clock.now().0 >= self.beat_at.load(Ordering::Relaxed) {
            let beat = audit::heartbeat(&core.ledger, &core.chance)
                .await
                .context("writing the heartbeat")?;
            self.beat_at.store(beat.next().0, Ordering::Relaxed);
        }
        let beat_at = Millis(self.beat_at.load(Ordering::Relaxed));
        let next = self.bot.tick.step().await?;
        Ok(Some(next.map_or(beat_at, |next| next.min(beat_at))))
    }

    /// Sends what is due; returns when to come back.
    pub async fn deliver(&self) -> anyhow::Result<Option<Millis>> {
        Box::pin(self.courier.deliver_due()).await
    }

    /// Publishes the log if that is due, and sends copies outside; returns when to come back.
    pub async fn anchor(&self) -> anyhow::Result<Option<Millis>> {
        Box::pin(self.anchors.step()).await
    }

    /// Does what is due for concerns; returns when to come back.
    pub async fn deadlines(&self) -> anyhow::Result<Option<Millis>> {
        Box::pin(self.deadlines.step()).await
    }

    /// Checks the whole log if that is due; returns when to come back. If it is not sound, the owners are told and
    /// nothing more is signed.
    pub async fn audit(&self) -> anyhow::Result<Option<Millis>> {
        let now = self.bot.core.clock.now();
        match reconcile::audit(&self.auditor, now)
            .await
            .context("checking the whole log")?
        {
            Audit::NotYet { next } => Ok(Some(next)),
            Audit::Sound { next, beside, .. } => {
                if beside.is_some_and(|tables| !tables.agree()) {
                    tell_owners(&self.bot.core, Message::TablesFalsified).await?;
                }
                Ok(Some(next))
            }
            Audit::Stopped => Ok(None),
            Audit::Broken(finding) => {
                let told = tell_owners(&self.bot.core, Message::LogBroken).await;
                self.auditor.stop(&finding, now)?;
                told.map(|()| None)
            }
        }
    }

    async fn check(&self, stop: &CancellationToken) -> anyhow::Result<Option<Millis>> {
        let outcome = until(stop, self.audit()).await;
        self.signs().await?;
        outcome
    }

    /// Whether the log may be signed: signing was not stopped in this or another process. If it was stopped, the
    /// message to the owners goes out first, because the program ends.
    ///
    /// # Errors
    /// When signing is stopped.
    async fn signs(&self) -> anyhow::Result<()> {
        let allowed = self.auditor.halt.refuse_from_file();
        if allowed.is_err()
            && let Err(error) = self.deliver().await
        {
            tracing::error!("the owners could not be told about the stopped log: {error:#}");
        }
        allowed
    }
}

/// Any answer from Discord carries its time, which the client compares with ours unless it is told not to believe it.
pub(super) async fn ask_the_time(bot: &Bot) {
    if !bot.core.config.discord.tells_time() {
        return;
    }
    if let Ok(Err(error)) = tokio::time::timeout(PROMPT, bot.rest.get_gateway()).await {
        tracing::debug!("Discord was asked for the time: {error}");
    }
}

/// Promises the owners of every organisation a message about a broken log or falsified tables.
async fn tell_owners(core: &Core, alarm: Message) -> anyhow::Result<()> {
    let config = Arc::clone(&core.config);
    let chance = core.chance.clone();
    let promised = core.ledger.write(move |tx| {
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
