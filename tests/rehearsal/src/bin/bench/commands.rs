//! From a slash command to its acknowledgement, as the person at the client sees it, with a full database.
//!
//! The stand-in's own work is in the figures, and so is that of both runtimes: they share one process.

use std::collections::BTreeMap;
use std::time::Duration;

use bellwether::app::App;
use bellwether::chance::Chance;
use bellwether::clock::Millis;
use bellwether::discord::courier;
use discord_stand_in::{Person, Place};
use serde_json::json;

use crate::leaves;
use crate::measure::{Stopwatch, Table, Times, rate};
use crate::site::{Engine, Site, Time, count};

/// Leaves in one transaction while the log is filled.
const PIECE: usize = 5_000;
/// Real time after which an answer will not come any more.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Leaves in the database before the first command.
    #[arg(long, default_value_t = 1_000_000)]
    leaves: usize,
    /// Managers, who have been asked for `weeks`.
    #[arg(long, default_value_t = 200)]
    managers: usize,
    /// Weeks of real cycles, asked and delivered before the first command.
    #[arg(long, default_value_t = 4)]
    weeks: i64,
    /// Commands a second.
    #[arg(long, default_value_t = 200)]
    rate: u64,
    /// How long commands come, seconds of real time.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
}

impl Arguments {
    pub(crate) fn quick() -> Self {
        Self {
            leaves: 2_000,
            managers: 20,
            weeks: 0,
            rate: 50,
            seconds: 3,
        }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    for engine in Engine::all() {
        let Arguments {
            rate, leaves, managers, ..
        } = arguments;
        Table::title(&format!(
            "commands: {rate}/s with {leaves} leaves and {managers} managers, {}",
            engine.name()
        ));
        Site::with(engine, Time::ByHand, async |site| measure(site, arguments).await).await?;
    }
    Ok(())
}

async fn measure(site: &mut Site, arguments: &Arguments) -> anyhow::Result<()> {
    let app = site.app(courier::Pace { burst: 1_000, every: 1 }).await?;
    let managers = site.add(arguments.managers, Some("manager"));
    let owner = site.add(1, Some("owner"))[0];
    site.introduce(&app, &managers, &[]).await?;
    live(site, &app, arguments.weeks).await?;
    fill(&app, arguments.leaves).await?;
    let gateway = app.connect();
    gateway.ready().await;
    gateway.idle().await;
    let people: Vec<Person> = managers.iter().map(|id| site.discord.person(*id)).collect();
    let owner = site.discord.person(owner);
    let watch = Stopwatch::start();
    let times = ask(site, &people, &owner, arguments).await?;
    report(&times, watch.elapsed());
    answer(&people).await?;
    gateway.shutdown().await;
    app.stop().await
}

/// Lets weeks pass: prompts are opened, delivered and missed.
async fn live(site: &Site, app: &App, weeks: i64) -> anyhow::Result<()> {
    let watch = Stopwatch::start();
    // Ends on a Thursday morning, when the last week's prompts have just gone out.
    let end = site.clock.now() + weeks * 7 * Millis::DAY + Millis::HOUR;
    while site.clock.now() < end {
        let tick = app.tick().await?;
        let deliver = app.deliver().await?;
        let next = [tick, deliver].into_iter().flatten().min().unwrap_or(end);
        site.clock.set(next.max(site.clock.now() + 1));
    }
    let cycles = count(app, "cycle").await?;
    let delivered = count(app, "cycle WHERE delivered_at IS NOT NULL").await?;
    Table::row(
        "weeks lived before",
        &format!(
            "{weeks} in {:.1} s: {cycles} cycles, {delivered} delivered",
            watch.elapsed().as_secs_f64()
        ),
    );
    Ok(())
}

/// Fills the log up to `wanted` leaves, many in a transaction.
async fn fill(app: &App, wanted: usize) -> anyhow::Result<()> {
    let (ledger, chance) = (&app.bot().core.ledger, Chance::seeded(55));
    let there = count(app, "log_leaf").await?;
    let watch = Stopwatch::start();
    let mut left = wanted.saturating_sub(there);
    let filled = left;
    while left > 0 {
        let piece = left.min(PIECE);
        leaves::write(ledger, (0..piece).map(|_| leaves::leaf(&chance)).collect()).await?;
        left -= piece;
    }
    Table::row(
        "leaves filled in",
        &format!(
            "{filled} beside {there} in {:.1} s: {:.0}/s",
            watch.elapsed().as_secs_f64(),
            rate(filled, watch.elapsed())
        ),
    );
    Ok(())
}

type ByCommand = BTreeMap<&'static str, Times>;

/// Commands at a steady rate, whether those before are answered or not.
async fn ask(site: &Site, people: &[Person], owner: &Person, arguments: &Arguments) -> anyhow::Result<ByCommand> {
    let place = Place::Channel(site.organisation.guild.channels["general"]);
    let bot = site.organisation.bot.id;
    let mut beat = tokio::time::interval(Duration::from_nanos(1_000_000_000 / arguments.rate.max(1)));
    let mut work = tokio::task::JoinSet::new();
    for number in 0..(arguments.rate * arguments.seconds) as usize {
        beat.tick().await;
        let manager = people[number % people.len()].clone();
        let (person, command, options) = match number % 20 {
            19 => (
                owner.clone(),
                "streaks",
                vec![("member", json!(manager.id().to_string()))],
            ),
            even if even % 2 == 0 => (manager, "pending", Vec::new()),
            _ => (manager, "record", Vec::new()),
        };
        work.spawn(async move {
            let watch = Stopwatch::start();
            let handle = person.slash(bot, place, command, &options)?;
            handle.response().await?;
            anyhow::Ok((command, watch.elapsed()))
        });
    }
    let mut times = ByCommand::new();
    while let Some(done) = tokio::time::timeout(PATIENCE, work.join_next()).await? {
        let (command, time) = done??;
        times.entry(command).or_default().add(time);
        times.entry("all").or_default().add(time);
    }
    Ok(times)
}

fn report(times: &ByCommand, took: Duration) {
    for (command, times) in times {
        let name = if *command == "all" {
            "all commands".to_owned()
        } else {
            format!("/{command}")
        };
        Table::row(&name, &format!("{}  ({} commands)", times.summary(), times.count()));
    }
    let all = times.get("all").map_or(0, Times::count);
    Table::row("answered", &format!("{:.0} commands/s", rate(all, took)));
}

/// Everybody answers the open prompt: a button, its form, and the form sent.
async fn answer(people: &[Person]) -> anyhow::Result<()> {
    let (mut forms, mut receipts) = (Times::default(), Times::default());
    for person in people {
        let Some(message) = person.latest() else { continue };
        // "Not applicable" always asks for a reason, in a form.
        let buttons = message.buttons();
        let Some(button) = buttons.get(2).filter(|button| !button.disabled) else {
            continue;
        };
        let watch = Stopwatch::start();
        let modal = person.press(&message, &button.custom_id)?.modal().await?;
        forms.add(watch.elapsed());
        let fields = modal.fields();
        let filled: Vec<(&str, &str)> = fields
            .iter()
            .map(|field| (field.custom_id.as_str(), "Nobody joined or moved in this period"))
            .collect();
        let watch = Stopwatch::start();
        person.submit(&modal, &filled)?.response().await?;
        receipts.add(watch.elapsed());
    }
    Table::row("button to form, one after the other", &forms.summary());
    Table::row(
        "form to receipt, committed",
        &format!("{}  ({} answers)", receipts.summary(), receipts.count()),
    );
    Ok(())
}
