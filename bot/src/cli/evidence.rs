//! `bellwether evidence verify`: the whole log, read again and hashed anew; or a pack.

use std::io::Write;
use std::path::{Path, PathBuf};

use bellwether_tlog::command::{pack, told};
use serde_json::json;

use super::database::migrated;
use super::exit::Exit;
use super::pack::progress_bar;
use crate::audit;
use crate::clock::Clock;
use crate::config::Config;
use crate::evidence::{self, Report};
use crate::reconcile::{self, Tables};

/// What to do about a broken log.
const NEXT: &str = "fix          nothing after this was checked; keep database, key and guard as they are, and \
                    compare them with a backup and with checkpoints kept elsewhere";

/// What to do about tables that do not say what the log says.
const FALSIFIED: &str = "fix          the log holds, and what it says is right: somebody changed these rows outside \
                         the program. What commands show is wrong until the rows match the log; compare them with a \
                         backup, and find out who can write to the database";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder of a pack. Without it, the database of the configuration is checked.
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    #[command(flatten)]
    pub given: pack::Given,
    /// Check a closed log of the database instead, by its number.
    #[arg(long, value_name = "NUMBER", conflicts_with = "dir")]
    pub closed: Option<u32>,
}

/// Checks a pack. Needs no configuration, no database and no network.
pub(super) fn inspect(dir: &Path, given: &pack::Given, out: &mut impl Write) -> anyhow::Result<Exit> {
    let bar = progress_bar();
    let progress = |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let (exit, words) = pack::inspect(dir, given, Clock::system().now(), &progress);
    bar.finish_and_clear();
    Ok(told(out, words.as_bytes(), exit.into())?)
}

pub(super) async fn verify(
    config: &Config,
    as_json: bool,
    closed: Option<u32>,
    out: &mut impl Write,
) -> anyhow::Result<Exit> {
    let db = migrated(config).await?;
    let (report, tables) = match closed {
        None => reconcile::live(&db, &config.evidence).await?,
        // Tables are held against all logs together.
        Some(number) => (evidence::verify_closed(&db, number).await?, None),
    };
    let tables = tables.filter(|_| report.finding.is_none());
    if closed.is_none() && report.finding.is_none() && audit::sign_again(&config.evidence)? {
        tracing::warn!("the log holds again: the bot signs again");
    }
    db.close().await?;
    let agree = tables.as_ref().is_none_or(Tables::agree);
    let exit = if report.finding.is_none() && agree {
        Exit::Done
    } else {
        Exit::Found
    };
    let words = if as_json {
        object(&report, tables.as_ref()).to_string()
    } else {
        match &tables {
            None if report.finding.is_some() => format!("{report}\n{NEXT}"),
            None => report.to_string(),
            Some(tables) if agree => format!("{report}\n{tables}"),
            Some(tables) => format!("{report}\n{tables}\n{FALSIFIED}"),
        }
    };
    Ok(told(out, format!("{words}\n").as_bytes(), exit)?)
}

fn object(report: &Report, tables: Option<&Tables>) -> serde_json::Value {
    let differences = tables.map(|tables| tables.named.iter().map(ToString::to_string).collect::<Vec<_>>());
    json!({
        "origin": report.origin,
        "leaves": report.leaves,
        "tiles": report.tiles,
        "checkpoints": report.checkpoints,
        "fields_kept": report.disclosed,
        "fields_erased": report.erased,
        "fields_lost": report.lost,
        "root_sha256": hex::encode(report.root),
        "sound": report.finding.is_none() && tables.is_none_or(Tables::agree),
        "finding": report.finding.as_ref().map(ToString::to_string),
        "rows": tables.map(|tables| tables.rows),
        "differences": tables.map(|tables| tables.differences),
        "differing": differences,
    })
}
