//! How long it takes to prove that one leaf is in a large log, as it is done for a receipt.
//!
//! Nothing is dropped from any cache: what growing the log left in the system's memory is there.

use anyhow::Context;
use bellwether::chance::Chance;
use bellwether::db::Db;
use bellwether::evidence::receipt::{Entry, Prover};

use crate::leaves::grown;
use crate::measure::{Stopwatch, Table, Times};
use crate::site::{Engine, Site, Time};

/// Receipts in each round; in a small log fewer.
const RECEIPTS: usize = 1_000;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Leaves of the log.
    #[arg(long, default_value_t = 10_000_000)]
    leaves: usize,
}

impl Arguments {
    pub(crate) fn quick() -> Self {
        Self { leaves: 2_000 }
    }
}

pub(crate) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    for engine in Engine::all() {
        Table::title(&format!("proofs: {} leaves, {}", arguments.leaves, engine.name()));
        Site::with(engine, Time::System, async |site| {
            let (db, _) = grown(site, arguments.leaves).await?;
            prove(&db, arguments.leaves).await?;
            db.close().await
        })
        .await?;
    }
    Ok(())
}

/// Makes receipts of random leaves one after the other: leaf, disclosures, proof and its check against the root.
pub(crate) async fn prove(db: &Db, leaves: usize) -> anyhow::Result<()> {
    let (chance, prover) = (Chance::seeded(56), Prover::new(db.clone()));
    let receipts = RECEIPTS.min(leaves / 20);
    let indexes: Vec<u64> = (0..receipts).map(|_| chance.below(leaves as u64)).collect();
    for round in [
        "a receipt, each leaf for the first time",
        "the same receipts again, all cached",
    ] {
        let mut times = Times::default();
        for index in &indexes {
            let watch = Stopwatch::start();
            let made = prover.entry(Entry::Index(*index)).await?;
            times.add(watch.elapsed());
            made.with_context(|| format!("the log has no entry {index}"))?;
        }
        Table::row(round, &times.summary());
    }
    Ok(())
}
