//! The command line's form: what may be said, and the help that explains it.

use std::path::PathBuf;

use bellwether_tlog::command;
use clap::{Parser, Subcommand};

use super::{erase, evidence, outbox, pack, receipt, recover, run};
use crate::ids::MemberId;

const EXIT_CODES: &str = "\
Exit codes:
  0  done, and nothing is wrong
  1  it ran, and found something wrong, or did not do everything it was asked to
  2  arguments, configuration or catalogue are wrong; evidence verify DIR: it could not be checked, or not all of it
  3  it could not be done: database, disk or network
  4  Discord refuses token or intents; starting again will not help
  5  the evidence log must not be signed as it is; starting again will not help

The bot's token comes from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names.";

/// A Discord bot for security leadership: asks managers about observable behaviour and keeps evidence.
#[derive(Debug, Parser)]
#[command(name = "bellwether", version, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    /// The configuration file.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "BELLWETHER_CONFIG",
        default_value = "bellwether.toml"
    )]
    pub config: PathBuf,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Runs the bot until it is told to stop.
    Run(run::Arguments),
    /// Checks everything that the bot needs, says how to fix what is wrong, and changes nothing.
    Check {
        /// Ask Discord nothing.
        #[arg(long)]
        offline: bool,
        /// Print one JSON object for programs.
        #[arg(long)]
        json: bool,
    },
    /// Creates the database's tables, or brings them up to date. Changes nothing if they are.
    Migrate,
    /// Shows who would be asked what and when, each in their own time zone. Asks nobody.
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
        /// The file to write; it must not exist.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Replaces the database with a backup. Without --yes it only says what would be lost. The bot must not run.
    Restore {
        /// A file that `backup` has written.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Really do it.
        #[arg(long)]
        yes: bool,
    },
    /// Messages that wait to be sent, or could not be.
    #[command(subcommand)]
    Outbox(Outbox),
}

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Makes a key in a new file, before the log begins. The first `run` does so, too.
    New {
        /// The file to write. Default: evidence.key_file.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Shows the verifier key and where the signing key is; never the signing key.
    Show,
    /// Replaces the key of a log that has begun. Without --yes it only says what it would do.
    Rotate {
        /// Really do it.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Evidence {
    /// Reads the whole log again and checks every hash and signature. The bot may run meanwhile. With a folder: checks
    /// that evidence pack, without configuration, database and network.
    Verify(evidence::Arguments),
    /// Writes the log as a folder that an auditor can check without this program. The bot may run meanwhile.
    Pack(pack::Arguments),
    /// Lists the packs that disclosed something, and to whom.
    Packs {
        /// Only packs that disclose something of this record: its id, or the index of its leaf.
        #[arg(long, value_name = "ID")]
        record: Option<String>,
    },
    /// Shows which part of the log is published, and who outside has had a copy since when. The bot may run meanwhile.
    Status {
        /// Print one JSON object instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Brings back the log of a restored database. Without a source it only says what is missing.
    Recover(recover::Arguments),
    /// Writes the receipt of one leaf: the leaf, its proof, and what its digests stand for.
    Receipt(receipt::Arguments),
    /// Checks receipts without configuration, database and network.
    VerifyReceipt(command::receipt::Arguments),
    /// Erases what is kept about a record or a person. Without --confirm it only shows what would be erased.
    Erase(erase::Arguments),
}

#[derive(Debug, Subcommand)]
pub(super) enum Outbox {
    /// Lists messages, oldest first; their text is not shown.
    List {
        /// Only this state: pending, sending, delivered, undelivered, cancelled. Default: pending, sending, undelivered.
        #[arg(long, value_name = "STATE", value_parser = outbox::state)]
        state: Option<crate::outbox::State>,
        /// At most this many messages of each state.
        #[arg(long, value_name = "N", default_value_t = 1_000)]
        most: u64,
    },
    /// Makes messages due now.
    Retry {
        /// A message's id, as `outbox list` shows it.
        #[arg(value_name = "ID", required_unless_present = "all_undelivered")]
        id: Option<String>,
        /// All undelivered messages.
        #[arg(long, conflicts_with = "id")]
        all_undelivered: bool,
    },
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
