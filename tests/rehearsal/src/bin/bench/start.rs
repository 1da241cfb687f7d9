//! From the start of the process until Discord's READY: with a fresh database, and with one that is there.

use std::time::Duration;

use crate::measure::{Table, Times};
use crate::program::Program;
use crate::site::{Engine, Site, Time};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Starts of each sort.
    #[arg(long, default_value_t = 5)]
    starts: usize,
}

impl Arguments {
    pub(crate) fn quick() -> Self {
        Self { starts: 1 }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    crate::program::build().await?;
    for engine in Engine::all() {
        Table::title(&format!("start: process to READY, small server, {}", engine.name()));
        let (mut fresh, mut again) = (Times::default(), Times::default());
        for _ in 0..arguments.starts {
            let [first, second] = Site::with(engine.clone(), Time::System, async |site| twice(site).await).await?;
            fresh.add(first);
            again.add(second);
        }
        Table::row("fresh database", &fresh.summary());
        Table::row("existing database", &again.summary());
    }
    Ok(())
}

async fn twice(site: &mut Site) -> anyhow::Result<[Duration; 2]> {
    site.add(8, Some("manager"));
    site.add(30, None);
    let mut times = [Duration::ZERO; 2];
    for time in &mut times {
        let program = Program::start(site).await?;
        *time = program.ready;
        program.stop().await?;
    }
    Ok(times)
}
