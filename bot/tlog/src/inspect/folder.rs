//! Reading files of a pack without trusting them.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use super::stop::{Step, broken};
use crate::bundle;
use crate::pack_path::{PackPath, Part};
use crate::tile_path::{Content, TilePath};
use crate::time_stamp;
use crate::tree::TILE_WIDTH;

/// Maximum size in bytes of a file of text.
const LONGEST_TEXT: usize = 1 << 20;

/// Maximum size in bytes of that file. The sums have a line for each file, and are read line by line.
const fn most(path: &PackPath) -> usize {
    match path {
        PackPath::Sums => usize::MAX,
        PackPath::Tile(TilePath {
            content: Content::Entries,
            ..
        }) => bundle::LONGEST,
        PackPath::Tile(_) => TILE_WIDTH * 32,
        PackPath::History(_, Part::Reply(_)) => time_stamp::LONGEST,
        PackPath::Checkpoint
        | PackPath::Policy
        | PackPath::Readme
        | PackPath::History(..)
        | PackPath::Inclusion(..)
        | PackPath::Consistency(..)
        | PackPath::Disclosures(_)
        | PackPath::Chain(_) => LONGEST_TEXT,
    }
}

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
            "{shown} is not a folder; unpack an archive first, with `tar -xf`"
        );
        let root = root.to_owned();
        Ok(Self { root })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The bytes of a file, if it is a plain file and no larger than such a file can be.
    pub(super) fn read(&self, path: &PackPath) -> Step<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = most(path);
        let file = self.plain(path)?;
        file.take((most as u64).saturating_add(1))
            .read_to_end(&mut bytes)
            .with_context(|| format!("reading {path}"))?;
        if bytes.len() > most {
            return too_long(path);
        }
        Ok(bytes)
    }

    /// A file of text, of at most 1 MiB.
    pub(super) fn text(&self, path: &PackPath) -> Step<String> {
        let bytes = self.read(path)?;
        String::from_utf8(bytes).or_else(|_| broken(&path, &"is no text in UTF-8"))
    }

    /// Opens a plain file; links, devices and what is too long are refused before they are opened.
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
            return broken(&path, &"is not a plain file");
        }
        if found.len() > most(path) as u64 {
            return too_long(path);
        }
        Ok(File::open(&place).with_context(|| format!("opening {path}"))?)
    }
}

fn too_long<T>(path: &PackPath) -> Step<T> {
    let most = most(path);
    broken(&path, &format!("has more than {most} bytes, which no such file needs"))
}
