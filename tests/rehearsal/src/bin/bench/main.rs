//! `cargo bench-bot`: how fast and how small the bot is, measured against the stand-in on loopback.
//!
//! Figures are for people to read; nothing here fails because of one. Databases are made for it and dropped again.

mod commands;
mod dispatch;
mod leaves;
mod measure;
mod members;
mod packs;
mod program;
mod proofs;
mod site;
mod start;
mod tables;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use measure::Table;

/// Measures the bot against a stand-in for Discord in this process. Needs no account and no network.
///
/// Runs on SQLite, and on PostgreSQL where `BELLWETHER_TEST_POSTGRES` names a server.
#[derive(Parser)]
#[command(name = "cargo bench-bot", subcommand_precedence_over_arg = true)]
struct Arguments {
    /// Everything in small, in less than a minute: shows that the benchmarks work.
    #[arg(long)]
    quick: bool,
    /// What to measure; everything when nothing is named.
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// 10,000 prompts against Discord's limit of 50 requests a second.
    Dispatch(dispatch::Arguments),
    /// Slash commands with a million leaves in the database.
    Commands(commands::Arguments),
    /// Appending to the evidence log, and verifying it.
    Leaves(leaves::Arguments),
    /// A server of 10,000 members.
    Members(members::Arguments),
    /// Writing an evidence pack of ten million leaves, and verifying it; and single proofs from the same log.
    Packs(packs::Arguments),
    /// Single proofs from a log of ten million leaves.
    Proofs(proofs::Arguments),
    /// From the start of the process to READY.
    Start(start::Arguments),
    /// Checking a log of a million leaves, and its tables with it.
    Tables(tables::Arguments),
}

impl What {
    /// Everything, in small.
    fn quick() -> Vec<Self> {
        vec![
            Self::Dispatch(dispatch::Arguments::quick()),
            Self::Commands(commands::Arguments::quick()),
            Self::Leaves(leaves::Arguments::quick()),
            Self::Members(members::Arguments::quick()),
            Self::Packs(packs::Arguments::quick()),
            Self::Proofs(proofs::Arguments::quick()),
            Self::Start(start::Arguments::quick()),
            Self::Tables(tables::Arguments::quick()),
        ]
    }

    /// Everything, as large as it is when named without options. The packs bring their proofs along.
    fn whole() -> Vec<Self> {
        ["dispatch", "commands", "leaves", "members", "packs", "start", "tables"]
            .into_iter()
            .filter_map(|name| Arguments::parse_from(["bench", name]).what)
            .collect()
    }

    async fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::Dispatch(arguments) => dispatch::run(arguments).await,
            Self::Commands(arguments) => commands::run(arguments).await,
            Self::Leaves(arguments) => leaves::run(arguments).await,
            Self::Members(arguments) => members::run(arguments).await,
            Self::Packs(arguments) => packs::run(arguments).await,
            Self::Proofs(arguments) => proofs::run(arguments).await,
            Self::Start(arguments) => start::run(arguments).await,
            Self::Tables(arguments) => tables::run(arguments).await,
        }
    }
}

fn main() -> ExitCode {
    let Arguments { quick, what } = Arguments::parse();
    let all = match (quick, what) {
        (true, Some(What::Dispatch(_))) => vec![What::Dispatch(dispatch::Arguments::quick())],
        (true, Some(What::Commands(_))) => vec![What::Commands(commands::Arguments::quick())],
        (true, Some(What::Leaves(_))) => vec![What::Leaves(leaves::Arguments::quick())],
        (true, Some(What::Members(_))) => vec![What::Members(members::Arguments::quick())],
        (true, Some(What::Packs(_))) => vec![What::Packs(packs::Arguments::quick())],
        (true, Some(What::Proofs(_))) => vec![What::Proofs(proofs::Arguments::quick())],
        (true, Some(What::Start(_))) => vec![What::Start(start::Arguments::quick())],
        (true, Some(What::Tables(_))) => vec![What::Tables(tables::Arguments::quick())],
        (true, None) => What::quick(),
        (false, Some(one)) => vec![one],
        (false, None) => What::whole(),
    };
    match measure_all(&all) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            use std::io::Write;
            drop(writeln!(std::io::stderr(), "The benchmark failed: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn measure_all(all: &[What]) -> anyhow::Result<()> {
    Table::machine();
    for what in all {
        what.run().await?;
    }
    Table::machine();
    Ok(())
}
