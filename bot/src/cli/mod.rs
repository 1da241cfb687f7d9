//! The command line: one file per subcommand. What people read goes to standard output, logs go to standard error.

mod anchors;
mod arguments;
mod backup;
mod calendar;
mod check;
mod database;
mod erase;
mod evidence;
mod exit;
mod keys;
mod migrate;
mod outbox;
mod pack;
mod receipt;
mod recover;
mod run;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use arguments::{Arguments, Command, Evidence, Keys, Outbox};
use bellwether_tlog::command;
use clap::Parser;
pub use exit::Exit;

use crate::config::{self, Config};
use crate::evidence::GuardError;
use crate::{document, memory, telemetry};

/// Reads the arguments, does what they say, and tells what went wrong.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut threads = tokio::runtime::Builder::new_multi_thread();
    let wipe = memory::wipe_stack::<{ memory::HANDLER_STACK }>;
    let runtime = match threads.enable_all().on_thread_park(wipe).build() {
        Ok(runtime) => runtime,
        Err(error) => return end(Err(error.into())).into(),
    };
    end(runtime.block_on(dispatch(arguments))).into()
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
    if error.is::<document::Problems>() || error.is::<command::Wrong>() {
        drop(writeln!(err, "{error}"));
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

async fn dispatch(arguments: Arguments) -> anyhow::Result<Exit> {
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
        Evidence::Verify(own) => match own.dir {
            Some(dir) => evidence::inspect(&dir, &own.given, out),
            None => evidence::verify(&quiet(path)?, own.given.json, own.closed, out).await,
        },
        Evidence::Pack(own) => pack::pack(&quiet(path)?, own, out).await,
        Evidence::Packs { record } => pack::packs(&quiet(path)?, record, out).await,
        Evidence::Status { json } => anchors::status(&quiet(path)?, json, out).await,
        Evidence::Recover(own) => recover::recover(&quiet(path)?, own, out).await,
        Evidence::Receipt(own) => receipt::write(&quiet(path)?, own, out).await,
        Evidence::VerifyReceipt(own) => Ok(command::receipt::verify(&own, out)?.into()),
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
