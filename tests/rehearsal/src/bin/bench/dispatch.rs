//! How close the courier comes to Discord's limit of 50 requests a second, and whether it ever exceeds it.
//!
//! If direct messages are open, a prompt is one request. If they are not, the careful pace of opening decides.

use std::time::Duration;

use bellwether::app::App;
use bellwether::clock::Clock;
use bellwether::discord::courier;
use bellwether::ids::ChannelId;
use bellwether::people::reach;

use crate::measure::{Stopwatch, Table, rate};
use crate::site::{Engine, SLOT, Site, Time, count, member};

/// Discord's limit over all routes.
const LIMIT: f64 = 50.0;
/// Jobs of the ledger under way while direct messages are noted.
const AT_ONCE: usize = 200;

/// How the time passes.
#[derive(Clone, Copy, Debug)]
enum Speed {
    /// It stands still while anything is done: shows the courier's own pacing.
    Virtual,
    /// This many times as fast as real time: shows what work costs, multiplied by that number.
    Times(u32),
}

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Prompts.
    #[arg(long, default_value_t = 10_000)]
    prompts: usize,
    /// How many times as fast as real time passes in the second run.
    #[arg(long, default_value_t = 4)]
    speed: u32,
    /// Requests a second that the bot allows itself [default: as configured by default].
    #[arg(long)]
    per_second: Option<u32>,
}

impl Arguments {
    pub(crate) fn quick() -> Self {
        Self {
            prompts: 200,
            speed: 4,
            per_second: None,
        }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments {
        prompts,
        speed,
        per_second,
    } = *arguments;
    for engine in Engine::all() {
        for pace in [Speed::Virtual, Speed::Times(speed)] {
            Site::with(engine.clone(), Time::ByHand, async |site| {
                site.per_second = per_second;
                open_dms(site, pace, prompts).await
            })
            .await?;
        }
    }
    Site::with(Engine::Sqlite, Time::ByHand, async |site| {
        closed_dms(site, prompts.div_ceil(10)).await
    })
    .await
}

async fn open_dms(site: &Site, speed: Speed, prompts: usize) -> anyhow::Result<()> {
    let how = match speed {
        Speed::Virtual => "virtual time".to_owned(),
        Speed::Times(speed) => format!("{speed} times real time"),
    };
    Table::title(&format!(
        "dispatch: {prompts} prompts, direct messages open, {how}, {}",
        site.engine_name()
    ));
    let app = site.app(courier::Pace::default()).await?;
    let people = site.add(prompts, Some("manager"));
    prepare(site, &app, &people).await?;
    note_channels(site, &app, &people).await?;
    promise(site, &app).await?;
    deliver(site, &app, speed, &people).await?;
    app.stop().await
}

async fn closed_dms(site: &Site, prompts: usize) -> anyhow::Result<()> {
    let pace = courier::Pace::default();
    Table::title(&format!(
        "dispatch: {prompts} prompts to people never written to, virtual time, SQLite (opening: {} at once, then one \
         in {} ms)",
        pace.burst, pace.every
    ));
    let app = site.app(pace).await?;
    let people = site.add(prompts, Some("manager"));
    prepare(site, &app, &people).await?;
    promise(site, &app).await?;
    deliver(site, &app, Speed::Virtual, &people).await?;
    app.stop().await
}

async fn prepare(site: &Site, app: &App, people: &[u64]) -> anyhow::Result<()> {
    site.introduce(app, people, &[]).await?;
    let watch = Stopwatch::start();
    app.tick().await?;
    Table::row(
        "step that assigns",
        &format!("{:.2} s for {} people", watch.elapsed().as_secs_f64(), people.len()),
    );
    Ok(())
}

/// Opens the direct messages on both sides.
async fn note_channels(site: &Site, app: &App, people: &[u64]) -> anyhow::Result<()> {
    let bot = site.organisation.bot.id;
    let mut work = tokio::task::JoinSet::new();
    for person in people {
        let message = site.discord.person(*person).dm(bot, "hello")?;
        let channel = ChannelId::from_i64(message.channel().cast_signed());
        let (ledger, member) = (app.bot().core.ledger.clone(), member(*person));
        work.spawn(async move {
            ledger
                .write(move |tx| Box::pin(reach::note_dm(tx, member, channel)))
                .await
        });
        if work.len() >= AT_ONCE
            && let Some(done) = work.join_next().await
        {
            done??;
        }
    }
    while let Some(done) = work.join_next().await {
        done??;
    }
    Ok(())
}

/// Waits for the weekly slot.
async fn promise(site: &Site, app: &App) -> anyhow::Result<()> {
    site.clock.set(SLOT);
    let watch = Stopwatch::start();
    app.tick().await?;
    let promised = count(app, "outbound_message").await?;
    Table::row(
        "step that opens and promises",
        &format!("{:.2} s for {promised} prompts", watch.elapsed().as_secs_f64()),
    );
    Ok(())
}

async fn deliver(site: &Site, app: &App, speed: Speed, people: &[u64]) -> anyhow::Result<()> {
    let before = (count(app, "log_checkpoint").await?, site.discord.request_count());
    let (began, watch) = (site.clock.now(), Stopwatch::start());
    let hand = match speed {
        Speed::Virtual => None,
        Speed::Times(speed) => Some(tokio::spawn(turn(site.clock.clone(), speed))),
    };
    while let Some(next) = app.deliver().await? {
        match speed {
            Speed::Virtual => site.clock.set(next.max(site.clock.now() + 1)),
            Speed::Times(_) => site.clock.sleep_until(next).await,
        }
    }
    if let Some(hand) = hand {
        hand.abort();
    }
    let (took, real) = (site.clock.now().since(began), watch.elapsed());
    let standing = site.messages_of_the_bot(people);
    report(site, app, before, (Duration::from_millis(took as u64), real), standing).await
}

/// Moves the clock along with the real time.
async fn turn(clock: Clock, speed: u32) {
    let (began, watch) = (clock.now(), Stopwatch::start());
    let mut beat = tokio::time::interval(Duration::from_millis(1));
    loop {
        beat.tick().await;
        let passed = watch.elapsed() * speed;
        clock.set(began + passed.as_millis() as i64);
    }
}

async fn report(
    site: &Site,
    app: &App,
    (checkpoints, requests): (usize, usize),
    (took, real): (Duration, Duration),
    standing: usize,
) -> anyhow::Result<()> {
    let promised = count(app, "outbound_message").await?;
    let delivered = count(app, "outbound_message WHERE state = 'delivered'").await?;
    let sent: Vec<_> = site.discord.requests().split_off(requests);
    let limited = sent.iter().filter(|request| request.status == 429).count();
    let failed = sent.iter().filter(|request| request.status >= 400).count() - limited;
    let settling = count(app, "log_checkpoint").await? - checkpoints;
    Table::row("promised, delivered", &format!("{promised}, {delivered}"));
    Table::row(
        "messages standing there twice or missing",
        &format!("{}", standing.abs_diff(promised)),
    );
    Table::row(
        "requests, of them 429, failed otherwise",
        &format!("{}, {limited}, {failed}", sent.len()),
    );
    // The first second's worth goes out at once, so it takes no time.
    let allowed = app.bot().core.config.discord.requests_per_second;
    let paced = rate(sent.len().saturating_sub(allowed as usize), took);
    Table::row(
        "time on the bot's clock",
        &format!(
            "{:.1} s: {paced:.1} requests/s after the first {allowed}",
            took.as_secs_f64()
        ),
    );
    Table::row(
        "share of Discord's 50/s",
        &format!("{:.1} % (the bot allows itself {allowed})", paced / LIMIT * 100.0),
    );
    Table::row(
        "real time",
        &format!(
            "{:.1} s: {:.0} prompts/s could be handled",
            real.as_secs_f64(),
            rate(delivered, real)
        ),
    );
    Table::row(
        "settling transactions",
        &format!(
            "{settling}, {:.1} messages each (and one before it to lease them)",
            delivered as f64 / settling.max(1) as f64
        ),
    );
    Ok(())
}
