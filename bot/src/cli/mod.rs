//! The command line: one file per subcommand. What people read goes to standard output, logs go to standard error.

mod anchors;
mod backup;
mod calendar;
mod check;
mod erase;
mod evidence;
mod inspect;
mod keys;
mod migrate;
mod outbox;
mod pack;
mod receipt;
mod recover;
mod run;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use secrecy::ExposeSecret;

use crate::config::{self, Config};
use crate::db::Db;
use crate::evidence::GuardError;
use crate::ids::MemberId;
use crate::{document, telemetry};

/// How the program ends. The numbers are promised to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, and nothing is wrong.
    Done = 0,
    /// It ran, and found something wrong.
    Found = 1,
    /// Arguments, configuration or catalogue are wrong.
    Usage = 2,
    /// It could not be done: database, disk or network.
    Failed = 3,
    /// Discord refuses token or intents; starting again will not help.
    Refused = 4,
    /// The log must not be signed as it is; starting again will not help.
    Unsigned = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done, and nothing is wrong
  1  it ran, and found something wrong (check, evidence verify, status, verify-receipt and erase, outbox retry)
  2  arguments, configuration or catalogue are wrong; evidence verify DIR: it could not be checked, or not all of it
  3  it could not be done: database, disk or network
  4  Discord refuses token or intents; starting again will not help
  5  the evidence log must not be signed as it is; starting again will not help

The bot's token comes from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names.";

/// A Discord bot for security leadership: asks managers about observable behaviour and keeps evidence.
#[derive(Debug, Parser)]
#[command(name = "bellwether", version, after_help = EXIT_CODES)]
struct Arguments {
    /// The configuration file.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "BELLWETHER_CONFIG",
        default_value = "bellwether.toml"
    )]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the bot until it is told to stop.
    Run(run::Arguments),
    /// Looks at everything the bot needs, says what to mend, and changes nothing.
    Check {
        /// Ask Discord nothing.
        #[arg(long)]
        offline: bool,
    },
    /// Creates the database's tables, or brings them up to date. Harmless when they are.
    Migrate,
    /// Shows who would be asked what and when, each in their own zone. Asks nobody.
    Calendar {
        /// How many weeks to look ahead.
        #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=104))]
        weeks: u32,
        /// Only this person.
        #[arg(long, value_name = "ID")]
        member: Option<MemberId>,
    },
    /// The evidence log.
    #[command(subcommand)]
    Evidence(Evidence),
    /// The key that signs the evidence log.
    #[command(subcommand)]
    Keys(Keys),
    /// Writes a checked copy of the SQLite database into a new file. The bot may run meanwhile.
    Backup {
        /// The file; it must not be there.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Puts a backup in the database's place. Without --yes it says what would be lost. The bot must not run.
    Restore {
        /// What `backup` has written.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Do it.
        #[arg(long)]
        yes: bool,
    },
    /// Messages that were promised.
    #[command(subcommand)]
    Outbox(Outbox),
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Makes a key in a new file, before the log begins. The first `run` does it too.
    New {
        /// The file; without it evidence.key_file.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Shows the verifier key and where the signing key is; never the signing key.
    Show,
    /// Replaces the key of a log that has begun. Without --yes it says what it would do.
    Rotate {
        /// Do it.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Evidence {
    /// Reads the whole log again and checks every hash and signature. The bot may run meanwhile. With a folder: checks
    /// that evidence pack, without configuration, database and network.
    Verify(inspect::Arguments),
    /// Writes the log as a folder that an auditor can check without this program. The bot may run meanwhile.
    Pack(pack::Arguments),
    /// Lists the packs that disclosed something, and to whom.
    Packs {
        /// Only those that disclose something of this record: its id, or the index of its leaf.
        #[arg(long, value_name = "ID")]
        record: Option<String>,
    },
    /// Shows what of the log is published, and who outside has a copy since when. The bot may run meanwhile.
    Status {
        /// Print one JSON object instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Brings the log of a restored database back. Without a source it says what is missing.
    Recover(recover::Arguments),
    /// Writes the receipt of one entry: its leaf, its proof, and what its digests stand for.
    Receipt(receipt::Arguments),
    /// Checks receipts on their own: no configuration, no database, no network.
    VerifyReceipt(receipt::VerifyArguments),
    /// Erases what is kept of a record or of a person. Without --confirm it only shows what would go.
    Erase(erase::Arguments),
}

#[derive(Debug, Subcommand)]
enum Outbox {
    /// Lists messages, oldest first; their text is not shown.
    List {
        /// Only this state: pending, sending, delivered, undelivered, cancelled. Without it pending, sending and undelivered.
        #[arg(long, value_name = "STATE", value_parser = outbox::state)]
        state: Option<crate::outbox::State>,
        /// Most messages of each state.
        #[arg(long, value_name = "N", default_value_t = 1_000)]
        most: u64,
    },
    /// Makes messages due now.
    Retry {
        /// A message's id, as `outbox list` shows it.
        #[arg(value_name = "ID", required_unless_present = "all_undelivered")]
        id: Option<String>,
        /// All messages that were given up.
        #[arg(long, conflicts_with = "id")]
        all_undelivered: bool,
    },
}

/// Reads the arguments, does what they say, and tells what went wrong.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return end(Err(error.into())).into(),
    };
    end(runtime.block_on(command(arguments))).into()
}

/// Tells an error once, here, and finds its exit code.
fn end(outcome: anyhow::Result<Exit>) -> Exit {
    let error = match outcome {
        Ok(exit) => return exit,
        Err(error) => error,
    };
    // Whoever reads has seen enough, as with `| head`.
    let closed = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    if error.downcast_ref().is_some_and(closed) {
        return Exit::Done;
    }
    let mut err = std::io::stderr().lock();
    if let Some(problems) = error.downcast_ref::<document::Problems>() {
        drop(writeln!(err, "{problems}"));
        return Exit::Usage;
    }
    drop(writeln!(err, "error: {error:#}"));
    if error.is::<config::TokenError>() {
        return Exit::Usage;
    }
    if error.is::<GuardError>() {
        return Exit::Unsigned;
    }
    run::refused(&error).unwrap_or(Exit::Failed)
}

async fn command(arguments: Arguments) -> anyhow::Result<Exit> {
    let path = arguments.config;
    match arguments.command {
        Command::Check { offline } => check::check(&path, offline, &mut std::io::stdout().lock()).await,
        Command::Run(own) => run::run(config::load(&path)?, own).await,
        Command::Migrate => migrate::migrate(&quiet(&path)?, &mut std::io::stdout().lock()).await,
        Command::Calendar { weeks, member } => {
            calendar::calendar(quiet(&path)?, weeks, member, &mut std::io::stdout().lock()).await
        }
        Command::Evidence(Evidence::Verify(mut own)) => match own.dir.take() {
            Some(dir) => inspect::inspect(dir, own, &mut std::io::stdout().lock()).await,
            None => evidence::verify(&quiet(&path)?, own.json, own.closed, &mut std::io::stdout().lock()).await,
        },
        Command::Evidence(Evidence::Pack(own)) => pack::pack(&quiet(&path)?, own, &mut std::io::stdout().lock()).await,
        Command::Evidence(Evidence::Packs { record }) => {
            pack::packs(&quiet(&path)?, record, &mut std::io::stdout().lock()).await
        }
        Command::Evidence(Evidence::Status { json }) => {
            anchors::status(&quiet(&path)?, json, &mut std::io::stdout().lock()).await
        }
        Command::Evidence(Evidence::Recover(own)) => {
            recover::recover(&quiet(&path)?, own, &mut std::io::stdout().lock()).await
        }
        Command::Backup { out } => backup::backup(&quiet(&path)?, &out, &mut std::io::stdout().lock()).await,
        Command::Restore { file, yes } => {
            backup::restore(&quiet(&path)?, &file, yes, &mut std::io::stdout().lock()).await
        }
        Command::Keys(Keys::New { out }) => keys::new(&quiet(&path)?, out, &mut std::io::stdout().lock()),
        Command::Keys(Keys::Show) => keys::show(&quiet(&path)?, &mut std::io::stdout().lock()),
        Command::Keys(Keys::Rotate { yes }) => keys::rotate(&quiet(&path)?, yes, &mut std::io::stdout().lock()).await,
        Command::Evidence(Evidence::Receipt(own)) => {
            receipt::write(&quiet(&path)?, own, &mut std::io::stdout().lock()).await
        }
        Command::Evidence(Evidence::VerifyReceipt(own)) => receipt::verify(&own, &mut std::io::stdout().lock()),
        Command::Evidence(Evidence::Erase(own)) => {
            erase::erase(&quiet(&path)?, own, &mut std::io::stdout().lock()).await
        }
        Command::Outbox(Outbox::List { state, most }) => {
            outbox::list(&quiet(&path)?, state, most, &mut std::io::stdout().lock()).await
        }
        Command::Outbox(Outbox::Retry { id, .. }) => {
            outbox::retry(&quiet(&path)?, id, &mut std::io::stdout().lock()).await
        }
    }
}

/// The configuration for a short command, which logs warnings only.
fn quiet(path: &std::path::Path) -> anyhow::Result<Config> {
    let config = config::load(path)?;
    let level = std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".to_owned());
    telemetry::start(&config.telemetry, Some(&level))?;
    Ok(config)
}

/// Opens a database that must be there and up to date.
async fn migrated(config: &Config) -> anyhow::Result<Db> {
    const REMEDY: &str = "run `bellwether migrate` first";
    if let Some(file) = config.database.file() {
        anyhow::ensure!(file.exists(), "there is no database at {}: {REMEDY}", file.display());
    }
    let db = Db::open(config.database.url.expose_secret())
        .await
        .context("the database of database.url")?;
    let condition = db.condition().await?;
    anyhow::ensure!(condition.pending.is_empty(), "the database is not up to date: {REMEDY}");
    anyhow::ensure!(
        condition.unknown.is_empty(),
        "the database was used by a newer version of this program: use that version"
    );
    Ok(db)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        Arguments::command().debug_assert();
    }
}
