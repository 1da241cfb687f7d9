//! What is not a complete pack yet: where it grows, whose it is, and removing what nobody owns any more.
//!
//! Its sums are locked by the process that writes it, beside it or inside it, from before it exists until it has its
//! name. The lock ends with the process, however that ends.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::evidence::pack_path::PackPath;

/// Stands before the `mark` that keeps exports apart.
const UNFINISHED: &str = ".unfinished-";
/// Stands after the `mark`, for the sums.
const SUMS: &str = "-sums";

/// The paths of what is not complete yet; removed if nobody takes it over.
pub(super) struct Unfinished {
    path: PathBuf,
    sums: PathBuf,
    out: PathBuf,
    /// Whether it has its name.
    named: bool,
    /// Holds the lock.
    _owner: File,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.named {
            remove(&self.path);
        }
        remove(&self.sums);
    }
}

impl Unfinished {
    /// Removes what earlier exports to the same place left, and gives the locked file for the sums.
    pub(super) fn begin(out: &Path, mark: &str) -> anyhow::Result<(Self, File)> {
        sweep(out);
        let path = beside(out, mark);
        let sums = beside(out, &format!("{mark}{SUMS}"));
        let failed = || format!("{} cannot be written", path.display());
        let file = new_file(&sums).with_context(failed)?;
        // Between the two lines another export may have taken it for abandoned.
        ensure!(
            !owned(&file) && sums.exists(),
            "another export to {} is just beginning",
            out.display()
        );
        let unfinished = Self {
            path,
            sums,
            out: out.to_owned(),
            named: false,
            _owner: file.try_clone().context("keeping the sums of the pack open")?,
        };
        Ok((unfinished, file))
    }

    /// Where the pack grows.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where SHA256SUMS waits for its place.
    pub(super) fn sums(&self) -> &Path {
        &self.sums
    }

    /// Gives the pack the name that was asked for.
    pub(super) fn name(mut self) -> anyhow::Result<()> {
        // Whatever happens now, it is complete.
        self.named = true;
        let (path, out) = (&self.path, &self.out);
        // A folder only replaces an empty one; for a file that must be checked.
        let named = if path.is_dir() {
            std::fs::rename(path, out)
        } else {
            std::fs::hard_link(path, out).and_then(|()| std::fs::remove_file(path))
        };
        named.with_context(|| {
            format!(
                "the pack is whole, but cannot be named {}; it is left as {} until the next one is made there",
                out.display(),
                path.display()
            )
        })
    }
}

/// Removes what exports to this place left that were cut off.
fn sweep(out: &Path) {
    let start = beside(out, "");
    let (Some(folder), Some(start)) = (start.parent(), start.file_name()) else {
        return;
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(mark) = name.to_str().and_then(|name| name.strip_prefix(start.to_str()?)) else {
            continue;
        };
        let mark = mark.strip_suffix(SUMS).unwrap_or(mark);
        let hexadecimal = |byte: u8| byte.is_ascii_hexdigit();
        if mark.len() == 8 && mark.bytes().all(hexadecimal) {
            clear(&beside(out, mark), &beside(out, &format!("{mark}{SUMS}")));
        }
    }
}

/// Removes an unfinished pack and its sums, unless somebody is working on it.
fn clear(path: &Path, sums: &Path) {
    // In this order: they move from the one place to the other.
    let places = [sums.to_owned(), path.join(PackPath::Sums.to_string())];
    let held: Vec<File> = places.iter().filter_map(|place| File::open(place).ok()).collect();
    if held.iter().any(owned) {
        return;
    }
    tracing::info!(
        "clearing away {}, which an export that was cut off has left",
        path.display()
    );
    remove(path);
    remove(sums);
}

/// Whether another process or another export holds the lock; otherwise we have it now. If files cannot be locked, every
/// file counts as somebody's.
fn owned(file: &File) -> bool {
    match file.try_lock() {
        Ok(()) => false,
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => true,
    }
}

fn remove(path: &Path) {
    drop(std::fs::remove_dir_all(path));
    drop(std::fs::remove_file(path));
}

/// The hidden name beside `out` for an unfinished pack.
fn beside(out: &Path, mark: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(UNFINISHED);
    name.push(mark);
    out.with_file_name(name)
}

pub(super) fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A folder that only its owner can enter: a pack can hold what not everybody may read.
pub(super) fn new_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("ASCII"))
            .collect();
        names.sort();
        names
    }

    /// As a killed process does: nothing is dropped, only the lock ends.
    fn killed(unfinished: Unfinished, sums: File) {
        sums.unlock().expect("the lock");
        drop(sums);
        std::mem::forget(unfinished);
    }

    #[test]
    fn what_a_killed_export_leaves_is_cleared_away_by_the_next() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("pack");
        // One is killed while it writes, one when its sums are in their place, one writes a file, one has not begun.
        for (mark, depth) in [("0000000a", 1), ("0000000b", 2), ("0000000c", 3), ("0000000d", 0)] {
            let place = folder.path().join(mark);
            std::fs::create_dir(&place).expect("a folder");
            let (unfinished, sums) = Unfinished::begin(&place.join("pack"), mark).expect("it begins");
            match depth {
                0 => {}
                3 => drop(new_file(unfinished.path()).expect("a file")),
                _ => new_folder(unfinished.path()).expect("a folder"),
            }
            if depth == 2 {
                std::fs::rename(unfinished.sums(), unfinished.path().join("SHA256SUMS")).expect("it moves");
            }
            killed(unfinished, sums);
            for name in names(&place) {
                std::fs::rename(place.join(&name), folder.path().join(&name)).expect("it moves");
            }
            std::fs::remove_dir(&place).expect("it is empty");
        }
        std::fs::write(folder.path().join(".pack.unfinished-mine"), "x").expect("a file of somebody's");
        assert_eq!(names(folder.path()).len(), 7, "{:?}", names(folder.path()));
        let (living, _sums) = Unfinished::begin(&out, "0000000e").expect("it begins");
        assert_eq!(
            names(folder.path()),
            [".pack.unfinished-0000000e-sums", ".pack.unfinished-mine"]
        );
        drop(living);
        assert_eq!(names(folder.path()), [".pack.unfinished-mine"]);
    }

    #[test]
    fn what_a_living_export_writes_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("pack");
        let (living, _sums) = Unfinished::begin(&out, "0000000a").expect("it begins");
        new_folder(living.path()).expect("a folder");
        let (other, _others) = Unfinished::begin(&out, "0000000b").expect("it begins");
        assert!(living.path().exists() && living.sums().exists());
        std::fs::rename(living.sums(), living.path().join("SHA256SUMS")).expect("it moves");
        sweep(&out);
        assert!(living.path().exists());
        living.name().expect("it gets its name");
        assert_eq!(names(folder.path()), [".pack.unfinished-0000000b-sums", "pack"]);
        drop(other);
    }
}
