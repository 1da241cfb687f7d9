//! Reading files of a pack without trusting them.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::{Step, broken};
use crate::evidence::pack_path::PackPath;

/// Most bytes of a file of text.
const LONGEST_TEXT: usize = 1 << 20;

/// The folder of a pack.
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(super) fn open(root: &Path) -> anyhow::Result<Self> {
        let shown = root.display();
        let found = std::fs::metadata(root).with_context(|| format!("there is no pack at {shown}"))?;
        ensure!(
            found.is_dir(),
            "{shown} is no folder; unpack an archive first, with `tar -xf`"
        );
        let root = root.to_owned();
        Ok(Self { root })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The bytes of a file, when it is a plain file and has at most `most` bytes.
    pub(super) fn read(&self, path: &PackPath, most: usize) -> Step<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = most as u64 + 1;
        let file = self.plain(path)?;
        file.take(limit)
            .read_to_end(&mut bytes)
            .with_context(|| format!("reading {path}"))?;
        if bytes.len() > most {
            return broken(&path, &format!("has more than {most} bytes, which no such file needs"));
        }
        Ok(bytes)
    }

    /// A file of text, of at most 1 MiB.
    pub(super) fn text(&self, path: &PackPath) -> Step<String> {
        let bytes = self.read(path, LONGEST_TEXT)?;
        String::from_utf8(bytes).or_else(|_| broken(&path, &"is no text in UTF-8"))
    }

    /// Opens a plain file; links and devices are refused before they are opened.
    pub(super) fn plain(&self, path: &PackPath) -> Step<File> {
        let place = self.path(&path.to_string());
        let found = match std::fs::symlink_metadata(&place) {
            Ok(found) => found,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return broken(&path, &"is missing");
            }
            Err(error) => return Err(anyhow::Error::new(error).context(format!("looking at {path}")).into()),
        };
        if !found.is_file() {
            return broken(&path, &"is no plain file");
        }
        Ok(File::open(&place).with_context(|| format!("opening {path}"))?)
    }
}
