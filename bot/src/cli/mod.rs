//! The command line: one file per subcommand. What people read goes to standard output, logs go to standard error.

mod anchors;
mod arguments;
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
mod verdict;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use arguments::{Arguments, Command, Evidence, Keys, Outbox};
use clap::Parser;
use secrecy::ExposeSecret;

use crate::config::{self, Config};
use crate::db::Db;
use crate::erasure::{self, Journal};
use crate::evidence::GuardError;
use crate::{document, memory, telemetry};

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

/// Reads the arguments, does what they say, and tells what went wrong.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut threads = tokio::runtime::Builder::new_multi_thread();
    let wipe = memory::wipe_stack::<{ memory::HANDLER_STACK }>;
    let runtime = match threads.enable_all().on_thread_park(wipe).build() {
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
    let (path, out) = (arguments.config, &mut std::io::stdout());
    match arguments.command {
        Command::Check { offline, json } => check::check(&path, (offline, json), out).await,
        Command::Run(own) => Box::pin(run::run(config::load(&path)?, own)).await,
        Command::Migrate => migrate::migrate(&quiet(&path)?, out).await,
        Command::Calendar { weeks, member } => calendar::calendar(quiet(&path)?, weeks, member, out).await,
        Command::Evidence(own) => evidence_command(&path, own, out).await,
        Command::Backup { out: file } => backup::backup(&quiet(&path)?, &file, out).await,
        Command::Restore { file, yes } => backup::restore(&quiet(&path)?, &file, yes, out).await,
        Command::Keys(Keys::New { out: file }) => keys::new(&quiet(&path)?, file, out),
        Command::Keys(Keys::Show) => keys::show(&quiet(&path)?, out),
        Command::Keys(Keys::Rotate { yes }) => keys::rotate(&quiet(&path)?, yes, out).await,
        Command::Outbox(Outbox::List { state, most }) => outbox::list(&quiet(&path)?, state, most, out).await,
        Command::Outbox(Outbox::Retry { id, .. }) => outbox::retry(&quiet(&path)?, id, out).await,
    }
}

async fn evidence_command(path: &Path, command: Evidence, out: &mut impl Write) -> anyhow::Result<Exit> {
    match command {
        Evidence::Verify(mut own) => match own.dir.take() {
            Some(dir) => inspect::inspect(dir, own, out).await,
            None => evidence::verify(&quiet(path)?, own.json, own.closed, out).await,
        },
        Evidence::Pack(own) => pack::pack(&quiet(path)?, own, out).await,
        Evidence::Packs { record } => pack::packs(&quiet(path)?, record, out).await,
        Evidence::Status { json } => anchors::status(&quiet(path)?, json, out).await,
        Evidence::Recover(own) => recover::recover(&quiet(path)?, own, out).await,
        Evidence::Receipt(own) => receipt::write(&quiet(path)?, own, out).await,
        Evidence::VerifyReceipt(own) => receipt::verify(&own, out),
        Evidence::Erase(own) => erase::erase(&quiet(path)?, own, out).await,
    }
}

/// The configuration for a short command, which logs warnings only.
fn quiet(path: &Path) -> anyhow::Result<Config> {
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

/// As [`migrated`], for commands that show or hand out what is kept: refuses while something can be read that was
/// erased, because a backup has brought it back.
async fn cleared(config: &Config) -> anyhow::Result<Db> {
    let db = migrated(config).await?;
    anyhow::ensure!(
        !erasure::came_back(db.reader(), &Journal::beside(&config.evidence)).await?,
        "a backup has brought back what was erased, or an erasure is under way: run `bellwether evidence recover` or \
         start the bot, which erase it again, and then give this command once more"
    );
    Ok(db)
}
