//! Writing files that must survive a power cut, readable by their owner alone.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Puts the bytes in place of the file, all or nothing. When this returns they are on the disk.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = write_beside(path, bytes)?;
    std::fs::rename(&temporary, path).inspect_err(|_| forget(&temporary))?;
    sync_folder(path)
}

/// Creates the file with these bytes, all or nothing; one that is there already is left alone.
///
/// # Errors
/// `AlreadyExists` when the file is there.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = write_beside(path, bytes)?;
    let linked = std::fs::hard_link(&temporary, path);
    forget(&temporary);
    linked?;
    sync_folder(path)
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

fn forget(temporary: &Path) {
    drop(std::fs::remove_file(temporary));
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
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
}
