//! A large server: memory of the idle program, its start, and what a step of the scheduler costs.

use std::time::Duration;

use bellwether::clock::Millis;
use bellwether::discord::courier;

use crate::measure::{Stopwatch, Table, Times, memory, milliseconds, processor_time};
use crate::program::Program;
use crate::site::{Engine, Site, Time};

/// Pages of the list of members hold this many.
const PAGE: usize = 1_000;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Members of the server, managers among them.
    #[arg(long, default_value_t = 10_000)]
    members: usize,
    #[arg(long, default_value_t = 1_000)]
    managers: usize,
    /// How long the program is left alone before its memory is read, seconds.
    #[arg(long, default_value_t = 15)]
    idle: u64,
    /// Steps of the scheduler.
    #[arg(long, default_value_t = 60)]
    steps: usize,
}

impl Arguments {
    pub(crate) fn quick() -> Self {
        Self {
            members: 500,
            managers: 50,
            idle: 2,
            steps: 5,
        }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    crate::program::build().await?;
    let Arguments { members, managers, .. } = arguments;
    for engine in Engine::all() {
        Table::title(&format!(
            "members: a server of {members}, {managers} of them managers, {}",
            engine.name()
        ));
        Site::with(engine.clone(), Time::System, async |site| {
            process(site, arguments).await
        })
        .await?;
        Site::with(engine, Time::ByHand, async |site| steps(site, arguments).await).await?;
    }
    Ok(())
}

async fn process(site: &mut Site, arguments: &Arguments) -> anyhow::Result<()> {
    site.add(arguments.managers, Some("manager"));
    site.add(arguments.members.saturating_sub(arguments.managers), None);
    for how in ["fresh database", "existing database"] {
        let before = pages(site);
        let program = Program::start(site).await?;
        Table::row(&format!("start to READY, {how}"), &milliseconds(program.ready));
        let wanted = before + arguments.members / PAGE + 1;
        let listed = |discord: &discord_stand_in::Discord| pages_of(discord) >= wanted;
        site.discord.await_until("the list of members", listed).await?;
        Table::row("start to the last page of members", &milliseconds(program.elapsed()));
        idle(&program, Duration::from_secs(arguments.idle)).await;
        program.stop().await?;
    }
    Ok(())
}

async fn idle(program: &Program, length: Duration) {
    // The first half belongs to what the start has left to do.
    tokio::time::sleep(length / 2).await;
    let before = processor_time(program.id());
    tokio::time::sleep(length / 2).await;
    let used = processor_time(program.id())
        .zip(before)
        .map(|(after, before)| after - before);
    let show = |line| memory(program.id(), line).map_or("?".to_owned(), |size| format!("{size:.1} MiB"));
    Table::row(
        "idle memory (VmRSS), highest (VmHWM)",
        &format!("{}, {}", show("VmRSS"), show("VmHWM")),
    );
    Table::row(
        "processor time while idle",
        &used.map_or("?".to_owned(), |used| {
            format!("{} in {:.0} s", milliseconds(used), (length / 2).as_secs_f64())
        }),
    );
}

fn pages(site: &Site) -> usize {
    pages_of(&site.discord)
}

fn pages_of(discord: &discord_stand_in::Discord) -> usize {
    let requests = discord.requests();
    requests
        .iter()
        .filter(|request| request.path.ends_with("/members"))
        .count()
}

/// Idle steps, a minute apart on the clock.
async fn steps(site: &mut Site, arguments: &Arguments) -> anyhow::Result<()> {
    let app = site.app(courier::Pace::default()).await?;
    let managers = site.add(arguments.managers, Some("manager"));
    let others = site.add(arguments.members.saturating_sub(arguments.managers), None);
    let watch = Stopwatch::start();
    site.introduce(&app, &managers, &others).await?;
    Table::row("taking notice of all members", &milliseconds(watch.elapsed()));
    let watch = Stopwatch::start();
    app.tick().await?;
    Table::row("step that assigns", &milliseconds(watch.elapsed()));
    let mut times = Times::default();
    let before = processor_time(None);
    for _ in 0..arguments.steps {
        site.clock.set(site.clock.now() + Millis::MINUTE);
        let watch = Stopwatch::start();
        app.tick().await?;
        times.add(watch.elapsed());
    }
    let used = processor_time(None).zip(before).map(|(after, before)| after - before);
    let used = used.unwrap_or_default() / arguments.steps.max(1) as u32;
    Table::row(
        "idle step",
        &format!("{}  ({} of processor time each)", times.summary(), milliseconds(used)),
    );
    app.stop().await
}
