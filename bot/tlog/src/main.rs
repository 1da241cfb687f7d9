//! `bellwether-verify`: checks evidence packs and receipts for whoever gets them. Reads files, and nothing else.

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use bellwether_tlog::command::{Exit, Wrong, pack, receipt, told};
use bellwether_tlog::time::Millis;
use clap::{Parser, Subcommand};

const EXIT_CODES: &str = "\
Exit codes:
  0  it was checked, and holds
  1  it was checked, and does not hold
  2  arguments are wrong; pack: it could not be checked, or not all of it
  3  what was found could not be written";

/// Checks what the evidence log of a Bellwether bot has handed out: packs and receipts. Needs no network.
#[derive(Debug, Parser)]
#[command(name = "bellwether-verify", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Checks an evidence pack.
    Pack {
        /// The folder of a pack.
        #[arg(value_name = "DIR")]
        dir: PathBuf,
        #[command(flatten)]
        given: pack::Given,
    },
    /// Checks receipts, each on its own.
    Receipt(receipt::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let exit = run(arguments.command).unwrap_or_else(|error| failed(&error));
    exit.into()
}

fn run(command: Command) -> anyhow::Result<Exit> {
    let out = &mut std::io::stdout();
    match command {
        Command::Pack { dir, given } => {
            let line = Line::default();
            let (exit, words) = pack::inspect(&dir, &given, now(), &|done, all| line.show(done, all));
            line.clear();
            Ok(told(out, words.as_bytes(), exit)?)
        }
        Command::Receipt(own) => receipt::verify(&own, out),
    }
}

/// Prints an error, and finds its exit code.
fn failed(error: &anyhow::Error) -> Exit {
    let err = &mut std::io::stderr();
    if error.is::<Wrong>() {
        drop(writeln!(err, "{error}"));
        return Exit::Usage;
    }
    // The reader has seen enough, as with `| head`.
    let closed = |error: &std::io::Error| error.kind() == ErrorKind::BrokenPipe;
    if error.downcast_ref().is_some_and(closed) {
        return Exit::Done;
    }
    drop(writeln!(err, "error: {error:#}"));
    Exit::Failed
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place of this program that reads the clock"
)]
fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A line on the terminal that shows the progress, in per cent.
#[derive(Default)]
struct Line(AtomicU64);

impl Line {
    fn show(&self, done: u64, all: u64) {
        let part = done.saturating_mul(100).checked_div(all).unwrap_or_default();
        if self.0.swap(part, Ordering::Relaxed) != part {
            write(&format!("{part} % of {all} leaves"));
        }
    }

    fn clear(&self) {
        if self.0.load(Ordering::Relaxed) > 0 {
            write("");
        }
    }
}

/// Puts these words in place of the line, if somebody looks at it.
fn write(words: &str) {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        drop(write!(err, "\r\x1b[K{words}"));
    }
}
