//! Writing files that must survive a power cut, readable by their owner alone.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context;

/// How much older than a later file a temporary one must be to count as abandoned.
const STALE: Duration = Duration::from_secs(60);

/// Puts the bytes in place of the file, all or nothing. When this returns they are on the disk.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = write_beside(path, bytes)?;
    std::fs::rename(&temporary, path).inspect_err(|_| forget(&temporary))?;
    sync_folder(path)
}

/// Does this while no other process does the same with a file of the same folder. If the file system has no locks, it
/// is done all the same.
pub(super) fn alone<T>(path: &Path, work: impl FnOnce() -> T) -> T {
    let lock = File::open(folder(path));
    if let Ok(folder) = &lock {
        // Held until the folder is closed.
        drop(folder.lock());
    }
    work()
}

/// Creates the file with these bytes, all or nothing; one that is there already is left alone.
///
/// # Errors
/// `AlreadyExists` when the file is there.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = write_beside(path, bytes)?;
    let linked = std::fs::hard_link(&temporary, path);
    forget(&temporary);
    linked?;
    sync_folder(path)
}

/// Puts the file `next` in place of `path`, whose content is kept as `kept`. Harmless if it is done already. Whenever
/// it is cut off, at most `path` is left with both names.
pub(super) fn supersede(next: &Path, path: &Path, kept: &Path) -> io::Result<()> {
    let already = |error: &io::Error| matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound);
    match std::fs::hard_link(path, kept) {
        Err(error) if !already(&error) => return Err(error),
        _ => sync_folder(kept)?,
    }
    match std::fs::rename(next, path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => sync_folder(path),
    }
}

/// # Errors
/// When others may read or write the file, which the text calls `shown`.
#[cfg(unix)]
pub(crate) fn refuse_readable_by_others(path: &Path, shown: &str) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)
        .with_context(|| format!("{shown} cannot be examined"))?
        .permissions()
        .mode();
    anyhow::ensure!(
        (mode & 0o070, mode & 0o007) == (0, 0),
        "{shown} can be read or written by others (mode {:04o}); run: chmod 600 {}",
        mode & 0o7777,
        path.display()
    );
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn refuse_readable_by_others(_path: &Path, _shown: &str) -> anyhow::Result<()> {
    Ok(())
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-{number}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    // A process with the same number may have died here.
    forget(&temporary);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.inspect_err(|_| forget(&temporary))?;
    Ok(temporary)
}

/// Deletes what killed processes have left while writing the files: only names that [`replace`] and [`create`] give,
/// and only what is at least a minute older than `newer`, so that nobody can be writing it.
pub(super) fn sweep(newer: &Path, files: &[&Path]) {
    let Some(limit) = modified(newer).and_then(|time| time.checked_sub(STALE)) else {
        return;
    };
    for file in files {
        let Ok(entries) = std::fs::read_dir(folder(file)) else {
            continue;
        };
        for entry in entries.flatten() {
            let old = modified(&entry.path()).is_some_and(|time| time < limit);
            if old && is_temporary(&entry.file_name(), file) {
                forget(&entry.path());
            }
        }
    }
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    std::fs::symlink_metadata(path).ok()?.modified().ok()
}

fn is_temporary(name: &OsStr, file: &Path) -> bool {
    let own = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let middle = name
        .to_str()
        .and_then(|name| name.strip_prefix(own)?.strip_prefix('.')?.strip_suffix(".tmp"));
    let numbers = middle.and_then(|middle| middle.split_once('-'));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(process, count)| digits(process) && digits(count))
}

fn forget(temporary: &Path) {
    drop(std::fs::remove_file(temporary));
}

/// Makes sure that the names in the file's folder are on the disk.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path))?.sync_all()
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_created_once_and_replaced_whole() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("file");
        create(&path, b"one").expect("a fresh file");
        let again = create(&path, b"two").expect_err("the file is there");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).expect("the file"), b"one");
        replace(&path, b"three").expect("the file is replaced");
        assert_eq!(std::fs::read(&path).expect("the file"), b"three");
        let entries = std::fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(entries, 1, "no temporary file is left");
    }

    #[test]
    fn only_our_own_old_leftovers_are_swept_away() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let guard = folder.path().join("log.guard");
        let names = [
            "log.guard.12-0.tmp",
            "log.guard.12.tmp",
            "log.guard.x-0.tmp",
            "other.12-0.tmp",
        ];
        for name in names {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        std::fs::write(&guard, "").expect("the guard");
        sweep(&guard, &[&guard]);
        let left = || std::fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left(), 5, "they are as young as the guard");
        let file = File::options().write(true).open(&guard).expect("the guard");
        let later = modified(&guard).expect("a time") + STALE + STALE;
        file.set_modified(later).expect("a later time");
        sweep(&guard, &[&guard]);
        assert_eq!(left(), 4);
        assert!(!folder.path().join(names[0]).exists());
    }

    #[test]
    fn a_file_takes_anothers_place_and_the_other_is_kept() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [next, path, kept] = ["next", "file", "kept"].map(|name| folder.path().join(name));
        std::fs::write(&path, "one").expect("the file");
        std::fs::write(&next, "two").expect("the next one");
        for _ in 0..2 {
            supersede(&next, &path, &kept).expect("it takes its place");
            assert_eq!(std::fs::read(&path).expect("the file"), b"two");
            assert_eq!(std::fs::read(&kept).expect("the kept one"), b"one");
            assert!(!next.exists());
        }
    }
}
