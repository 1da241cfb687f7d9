//! Where missing leaves can come from: a pack, or another database of the same log.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use bellwether_tlog::bundle;
use bellwether_tlog::note;
use bellwether_tlog::tile_path::{Content, TilePath};
use bellwether_tlog::tree::TILE_WIDTH;

use super::store;
use crate::db::Db;

/// Maximum size in bytes of a checkpoint that are read.
const LONGEST_NOTE: u64 = 1 << 20;
/// Maximum size in bytes of a leaf's disclosures that are read.
const LONGEST_FIELDS: u64 = 16 << 20;

/// A log that is complete where ours is not. Nothing in it is trusted before it is checked.
#[derive(Clone, Debug)]
pub enum Source {
    /// A folder in the layout of C2SP tlog-tiles, with `history` and `disclosures`.
    Pack(PathBuf),
    Replica(Db),
}

impl Source {
    /// The word in evidence.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Pack(_) => "pack",
            Self::Replica(_) => "replica",
        }
    }

    /// The note of its last checkpoint.
    pub(super) async fn head(&self) -> anyhow::Result<String> {
        match self {
            Self::Pack(folder) => read_text(&folder.join("checkpoint"), LONGEST_NOTE)?
                .with_context(|| format!("there is no pack at {}: it has no file `checkpoint`", folder.display())),
            Self::Replica(db) => store::head(db.reader()).await?.context("the replica holds no log"),
        }
    }

    /// The bytes of the leaves of one tile's width, for a log of `size` leaves.
    pub(super) async fn leaves(&self, n: u64, size: u64) -> anyhow::Result<Vec<Vec<u8>>> {
        let width = (size - n * TILE_WIDTH as u64).min(TILE_WIDTH as u64);
        let leaves = match self {
            Self::Pack(folder) => entries(folder, n, width as u16)?,
            Self::Replica(db) => store::leaves(db.reader(), n * TILE_WIDTH as u64, width).await?,
        };
        ensure!(
            leaves.len() as u64 == width,
            "leaves from {} on are missing there",
            n * TILE_WIDTH as u64
        );
        Ok(leaves)
    }

    /// The notes over more than `after` leaves, by size.
    pub(super) async fn notes(&self, after: u64) -> anyhow::Result<BTreeMap<u64, String>> {
        match self {
            Self::Pack(folder) => history(&folder.join("history"), after),
            Self::Replica(db) => store::notes(db.reader(), after).await,
        }
    }

    /// The disclosures of a leaf that are there.
    pub(super) async fn fields(&self, index: u64, rec: &str) -> anyhow::Result<Vec<String>> {
        match self {
            Self::Pack(folder) => {
                let path = folder.join("disclosures").join(format!("{index:012}.sd"));
                let text = read_text(&path, LONGEST_FIELDS)?.unwrap_or_default();
                Ok(text.lines().map(str::to_owned).collect())
            }
            Self::Replica(db) => store::fields(db.reader(), rec).await,
        }
    }
}

fn entries(folder: &Path, n: u64, width: u16) -> anyhow::Result<Vec<Vec<u8>>> {
    let content = Content::Entries;
    let path = folder.join(TilePath { content, n, width }.to_string());
    let bytes = read(&path, bundle::LONGEST as u64)?.with_context(|| format!("{} is missing", path.display()))?;
    let leaves: Result<Vec<_>, _> = bundle::leaves(&bytes).map(|leaf| leaf.map(<[u8]>::to_vec)).collect();
    leaves.with_context(|| format!("the file {}", path.display()))
}

fn history(folder: &Path, after: u64) -> anyhow::Result<BTreeMap<u64, String>> {
    let mut notes = BTreeMap::new();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(notes),
        Err(error) => return Err(error).with_context(|| format!("reading {}", folder.display())),
    };
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "checkpoint") {
            continue;
        }
        let note = read_text(&path, LONGEST_NOTE)?.unwrap_or_default();
        let size = note::text(&note)
            .ok()
            .and_then(|text| text.parse::<bellwether_tlog::checkpoint::Checkpoint>().ok())
            .with_context(|| format!("{} is not a checkpoint", path.display()))?
            .size;
        if size > after {
            notes.insert(size, note);
        }
    }
    Ok(notes)
}

fn read_text(path: &Path, most: u64) -> anyhow::Result<Option<String>> {
    let bytes = read(path, most)?;
    let text = bytes.map(String::from_utf8).transpose();
    text.with_context(|| format!("the file {} is no text", path.display()))
}

/// The bytes of a file of at most this size; none if it is not there.
fn read(path: &Path, most: u64) -> anyhow::Result<Option<Vec<u8>>> {
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("the file {} cannot be read", path.display())),
    };
    let mut bytes = Vec::new();
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("the file {} cannot be read", path.display()))?;
    ensure!(
        bytes.len() as u64 <= most,
        "the file {} is longer than any of its kind",
        path.display()
    );
    Ok(Some(bytes))
}
