//! Gathering the files of receipts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::command::Wrong;
use crate::receipt::{DISCLOSURES, EVENT, LEAF, PROOF};

/// What the names of a receipt's files end in.
const ENDINGS: [&str; 4] = [PROOF, LEAF, DISCLOSURES, EVENT];
/// Maximum size in bytes of a file of a receipt.
const LONGEST: u64 = 1 << 20;

/// The files of one receipt.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub proof: Option<String>,
    pub leaf: Option<Vec<u8>>,
    pub disclosures: String,
    /// The proof of an event under a root that the leaf discloses.
    pub event: Option<String>,
}

/// A wrong input: what was found, what is allowed, how to fix it.
pub(super) fn wrong(at: &str, found: String, allowed: &str, mend: &str) -> anyhow::Error {
    let wrong = Wrong {
        at: at.to_owned(),
        found,
        allowed: allowed.to_owned(),
        mend: mend.to_owned(),
    };
    wrong.into()
}

/// The receipts in these places, by the names of their files without the ending.
pub(super) fn gather(paths: &[PathBuf]) -> anyhow::Result<BTreeMap<String, Files>> {
    let mut found: BTreeMap<String, Files> = BTreeMap::new();
    for path in paths {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).map_err(|error| unreadable(path, &error.to_string()))? {
                take(&entry?.path(), &mut found)?;
            }
        } else {
            take(path, &mut found)?;
            // Who names one file means the receipt, whose other files lie beside it.
            for ending in ENDINGS {
                let other = path.with_extension(ending);
                if is_of_receipt(path) && other != *path && other.is_file() {
                    take(&other, &mut found)?;
                }
            }
        }
    }
    if found.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let allowed = format!("folders with files that end in .{PROOF} and .{LEAF}, or such files");
        return Err(wrong(
            &places.join(" "),
            "no receipt".to_owned(),
            &allowed,
            "name the folder that the receipt was saved in",
        ));
    }
    Ok(found)
}

fn ending(path: &Path) -> &str {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
}

fn is_of_receipt(path: &Path) -> bool {
    ENDINGS.contains(&ending(path))
}

fn take(path: &Path, found: &mut BTreeMap<String, Files>) -> anyhow::Result<()> {
    if !is_of_receipt(path) {
        return Ok(());
    }
    let ending = ending(path);
    let files = found.entry(path.with_extension("").display().to_string()).or_default();
    let bytes = read(path)?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|_| unreadable(path, "it is no text"));
    match ending {
        PROOF => files.proof = Some(text(bytes)?),
        LEAF => files.leaf = Some(bytes),
        EVENT => files.event = Some(text(bytes)?),
        _ => files.disclosures = text(bytes)?,
    }
    Ok(())
}

fn unreadable(path: &Path, why: &str) -> anyhow::Error {
    wrong(
        &path.display().to_string(),
        format!("a file that cannot be read: {why}"),
        "a file of a receipt, of at most 1 MiB",
        "check the name, and whether it was saved whole",
    )
}

pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let length = std::fs::metadata(path)
        .map_err(|error| unreadable(path, &error.to_string()))?
        .len();
    if length > LONGEST {
        return Err(unreadable(path, &format!("it has {length} bytes")));
    }
    std::fs::read(path).map_err(|error| unreadable(path, &error.to_string()))
}
