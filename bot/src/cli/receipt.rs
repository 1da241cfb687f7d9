//! `bellwether evidence receipt`: one entry of the log, provable on its own.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use super::database::cleared;
use super::exit::Exit;
use crate::config::Config;
use crate::evidence::receipt::{DISCLOSURES, Entry, Prover};
use crate::ids::RecordId;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The record's id as people see it: 32 hexadecimal digits.
    #[arg(
        long,
        value_name = "REC",
        required_unless_present = "index",
        conflicts_with = "index"
    )]
    record: Option<String>,
    /// The leaf's index in the log, from 0.
    #[arg(long, value_name = "N")]
    index: Option<u64>,
    /// The folder to write to. It is created if it is missing.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(super) async fn write(config: &Config, own: Arguments, out: &mut impl Write) -> anyhow::Result<Exit> {
    let db = cleared(config).await?;
    let entry = match (own.record, own.index) {
        (Some(record), _) => Entry::Record(RecordId::new(record)),
        (None, index) => Entry::Index(index.unwrap_or_default()),
    };
    let found = Prover::new(db.clone()).entry(entry).await;
    db.close().await?;
    let Some(found) = found? else {
        writeln!(out, "the log has no such leaf")?;
        return Ok(Exit::Found);
    };
    let folder = &own.out;
    std::fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    for (name, content) in found.files() {
        let path = folder.join(name);
        std::fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
        writeln!(out, "{}", path.display())?;
    }
    if found.disclosures.is_empty() {
        writeln!(
            out,
            "what the leaf stood for was erased, or it stood for nothing, so there is no .{DISCLOSURES} file"
        )?;
    }
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests;
