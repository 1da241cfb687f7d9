//! What was erased, kept outside the database, beside the signing guard. A restored backup brings erased data back; the
//! journal says what must be erased again.
//!
//! A line is a JSON object with random record and row ids, names of fields, a ground and an instant: nothing that leads
//! to a person. It is written before the database, and only grows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::Basis;
use crate::config;

/// Version of a line's form.
const VERSION: u8 = 1;
/// Maximum number of bytes that are read.
const LONGEST: u64 = 1 << 30;

/// Why the journal cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    #[error(
        "line {line} of the journal of erasures {path} cannot be read. It tells what must not come back from a backup; \
         bring back the file from where it was copied to, or take that line out if you know what it was"
    )]
    Damaged { path: PathBuf, line: usize },
}

/// The file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    path: PathBuf,
}

/// One erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    v: u8,
    pub basis: String,
    /// Names of the fields that were erased, by record.
    pub records: BTreeMap<String, Vec<String>>,
    /// Ids of rows that named the person who is erased; empty if only records or fields were erased.
    #[serde(default)]
    pub rows: Vec<String>,
    /// Ids of rows of single leaves.
    #[serde(default)]
    pub leaves: Vec<String>,
    /// Ids of concerns that were deleted as a whole.
    #[serde(default)]
    pub cases: Vec<String>,
}

impl Line {
    pub(crate) fn new(basis: Basis) -> Self {
        Self {
            v: VERSION,
            basis: basis.word().to_owned(),
            records: BTreeMap::new(),
            rows: Vec::new(),
            leaves: Vec::new(),
            cases: Vec::new(),
        }
    }
}

impl Journal {
    /// The journal that belongs to a log: the signing guard's file name with the ending `erased`.
    pub fn beside(settings: &config::Evidence) -> Self {
        Self {
            path: settings.guard_file.with_extension("erased"),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds concerns that are deleted as a whole, by their random ids. When this returns it is on the disk.
    pub(crate) async fn write_cases(&self, cases: Vec<String>) -> anyhow::Result<()> {
        let mut line = Line::new(Basis::Retention);
        line.cases = cases;
        self.add(&line).await
    }

    /// The ids of all concerns that were deleted; none when there is no file.
    pub(crate) fn cases(&self) -> anyhow::Result<BTreeSet<String>> {
        Ok(self.read()?.into_iter().flat_map(|line| line.cases).collect())
    }

    /// Adds what is about to be erased. When this returns it is on the disk.
    pub(crate) async fn add(&self, line: &Line) -> anyhow::Result<()> {
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || append(&path, &text))
            .await?
            .with_context(|| {
                format!(
                    "the journal of erasures {} cannot be written, so nothing was erased",
                    self.path.display()
                )
            })
    }

    /// All lines, oldest first; none when there is no file. The last line may be cut off: its erasure never began.
    pub(crate) fn read(&self) -> anyhow::Result<Vec<Line>> {
        let mut text = String::new();
        match File::open(&self.path) {
            Ok(file) => file
                .take(LONGEST)
                .read_to_string(&mut text)
                .with_context(|| format!("reading the journal of erasures {}", self.path.display()))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                let path = self.path.display().to_string();
                return Err(error).with_context(|| format!("the journal of erasures {path} cannot be opened"));
            }
        };
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let lines = whole.lines().enumerate().filter(|(_, line)| !line.is_empty());
        lines
            .map(|(number, line)| {
                let read: Option<Line> = serde_json::from_str(line).ok();
                read.filter(|line| line.v == VERSION && Basis::named(&line.basis).is_some())
                    .ok_or_else(|| {
                        let path = self.path.clone();
                        JournalError::Damaged { path, line: number + 1 }.into()
                    })
            })
            .collect()
    }
}

/// Cuts off what an interrupted writing left, and adds the line.
fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let mut before = Vec::new();
    file.read_to_end(&mut before)?;
    let whole = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    if whole < before.len() {
        file.set_len(whole as u64)?;
    }
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}
