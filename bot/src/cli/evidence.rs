//! `bellwether evidence verify`: the whole log, read again and hashed anew.

use std::io::Write;

use serde_json::json;

use super::verdict::told;
use super::{Exit, migrated};
use crate::config::Config;
use crate::evidence::{self, Report, verify};

/// What to do about a broken log.
const NEXT: &str = "to mend      nothing behind this was looked at; keep database, key and guard as they are, and compare them \
                    with a backup and with checkpoints kept elsewhere";

pub(super) async fn verify(
    config: &Config,
    as_json: bool,
    closed: Option<u32>,
    out: &mut impl Write,
) -> anyhow::Result<Exit> {
    let db = migrated(config).await?;
    let report = match closed {
        None => verify::live(&db, &config.evidence).await?,
        Some(number) => evidence::verify_closed(&db, number).await?,
    };
    if closed.is_none() && report.finding.is_none() && evidence::sign_again(&config.evidence)? {
        tracing::warn!("the log holds again: the bot signs again");
    }
    db.close().await?;
    let exit = match report.finding {
        None => Exit::Done,
        Some(_) => Exit::Found,
    };
    let words = if as_json {
        object(&report).to_string()
    } else if report.finding.is_none() {
        report.to_string()
    } else {
        format!("{report}\n{NEXT}")
    };
    Ok(told(out, format!("{words}\n").as_bytes(), exit)?)
}

fn object(report: &Report) -> serde_json::Value {
    json!({
        "origin": report.origin,
        "leaves": report.leaves,
        "tiles": report.tiles,
        "checkpoints": report.checkpoints,
        "fields_kept": report.disclosed,
        "fields_erased": report.erased,
        "fields_lost": report.lost,
        "root_sha256": hex::encode(report.root),
        "sound": report.finding.is_none(),
        "finding": report.finding.as_ref().map(ToString::to_string),
    })
}
