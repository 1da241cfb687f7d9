//! How many leaves a second the ledger commits, each caller waiting for its own, and how fast the log is verified.

use std::time::Duration;

use bellwether::chance::Chance;
use bellwether::db::Db;
use bellwether::evidence::note::Vkey;
use bellwether::evidence::{Log, NewLeaf, fields, verify};
use bellwether::ledger::Ledger;
use secrecy::ExposeSecret;

use crate::measure::{Stopwatch, Table, Times, rate};
use crate::site::{Engine, Site, Time};

/// Leaves in one transaction while a log grows.
const BATCH: usize = 5_000;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// How long each number of callers appends, seconds of real time.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

impl Arguments {
    pub(crate) fn quick() -> Self {
        Self { seconds: 1 }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    for engine in Engine::all() {
        Table::title(&format!("leaves: appends and verification, {}", engine.name()));
        Site::with(engine, Time::System, async |site| {
            measure(site, Duration::from_secs(arguments.seconds)).await
        })
        .await?;
    }
    Ok(())
}

async fn measure(site: &Site, length: Duration) -> anyhow::Result<()> {
    let config = site.config()?;
    let db = Db::open(config.database.url.expose_secret()).await?;
    db.migrate().await?;
    let chance = Chance::seeded(54);
    let log = Log::open(&db, &config.evidence, chance.clone()).await?;
    let ledger = Ledger::start(db.clone(), log, site.clock.clone());
    let mut rates = Vec::new();
    for callers in [1, 64] {
        let watch = Stopwatch::start();
        let times = append(&ledger, &chance, callers, length).await?;
        let found = rate(times.count(), watch.elapsed());
        Table::row(
            &format!("{callers} callers"),
            &format!("{found:.0} leaves/s, each {}", times.summary()),
        );
        rates.push(found);
    }
    Table::row("64 callers to 1", &format!("{:.1} times", rates[1] / rates[0]));
    ledger.close().await;
    let watch = Stopwatch::start();
    let report = verify::live(&db, &config.evidence).await?;
    let took = watch.elapsed();
    anyhow::ensure!(report.finding.is_none(), "the log does not verify: {report}");
    let leaves = report.leaves as usize;
    Table::row(
        "verifying it",
        &format!(
            "{leaves} leaves in {:.2} s: {:.0}/s",
            took.as_secs_f64(),
            rate(leaves, took)
        ),
    );
    db.close().await
}

async fn append(ledger: &Ledger, chance: &Chance, callers: usize, length: Duration) -> anyhow::Result<Times> {
    let mut work = tokio::task::JoinSet::new();
    let watch = Stopwatch::start();
    for _ in 0..callers {
        let (ledger, chance) = (ledger.clone(), chance.clone());
        work.spawn(async move {
            let mut times = Vec::new();
            while watch.elapsed() < length {
                let one = Stopwatch::start();
                write(&ledger, vec![leaf(&chance)]).await?;
                times.push(one.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut all = Times::default();
    while let Some(done) = work.join_next().await {
        done??.into_iter().for_each(|time| all.add(time));
    }
    Ok(all)
}

/// A leaf with one field.
pub(crate) fn leaf(chance: &Chance) -> NewLeaf {
    let said = fields::CycleMissed(fields::Reason {
        reason: "no answer".to_owned(),
    });
    NewLeaf::fresh(chance, said)
}

/// Commits these leaves together.
pub(crate) async fn write(ledger: &Ledger, leaves: Vec<NewLeaf>) -> anyhow::Result<()> {
    ledger
        .write(move |tx| {
            Box::pin(async move {
                for leaf in leaves {
                    tx.evidence(leaf);
                }
                Ok(())
            })
        })
        .await
}

/// The site's database with a log of this many leaves, and the key that it is signed with. Nobody writes to it any
/// more.
pub(crate) async fn grown(site: &Site, leaves: usize) -> anyhow::Result<(Db, Vkey)> {
    let config = site.config()?;
    let db = Db::open(config.database.url.expose_secret()).await?;
    db.migrate().await?;
    let chance = Chance::seeded(55);
    let log = Log::open(&db, &config.evidence, chance.clone()).await?;
    let vkey = log.vkey();
    let ledger = Ledger::start(db.clone(), log, site.clock.clone());
    let watch = Stopwatch::start();
    // Entry 0 is the log's own.
    let mut left = leaves.saturating_sub(1);
    while left > 0 {
        let count = left.min(BATCH);
        write(&ledger, (0..count).map(|_| leaf(&chance)).collect()).await?;
        left -= count;
    }
    let took = watch.elapsed();
    Table::row(
        "growing the log",
        &format!("{:.1} s, {:.0}/s", took.as_secs_f64(), rate(leaves, took)),
    );
    ledger.close().await;
    Ok((db, vkey))
}
