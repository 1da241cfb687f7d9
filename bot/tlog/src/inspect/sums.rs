//! SHA256SUMS: the check against accidents in transport. It lists every file, once, and no other.

use std::io::{BufRead, BufReader, Read};

use anyhow::Context;
use sha2::{Digest, Sha256};

use super::inspection::Inspection;
use super::leaves::Log;
use super::stop::{Step, broken};
use super::verdict::Remark;
use crate::pack_path::{PackPath, Part};
use crate::policy::Policy;
use crate::tile_path::Content;
use crate::tree::Hash;

/// Maximum size in bytes of a line: a digest, two blanks, a name.
const LONGEST: u64 = 400;

impl Inspection<'_> {
    pub(super) fn sums(&mut self, log: &Log) -> Step<()> {
        let (sums, policy) = (PackPath::Sums, PackPath::Policy);
        match Policy::parse(&self.folder.read(&policy)?) {
            Err(error) => return broken(&policy, &error),
            Ok(copy) if self.terms.policy.as_ref().is_some_and(|given| *given != copy) => {
                self.verdict.remarks.push(Remark::OtherPolicy);
            }
            Ok(_) => {}
        }
        let mut lines = BufReader::new(self.folder.plain(&sums)?);
        let mut seen: Vec<u64> = Vec::new();
        let mut line = String::new();
        loop {
            line.clear();
            let number = seen.len() + 1;
            let read = lines.by_ref().take(LONGEST).read_line(&mut line);
            match read {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                    return broken(&sums, &format!("line {number} is no text"));
                }
                Err(error) => return Err(anyhow::Error::new(error).context("reading SHA256SUMS").into()),
            }
            let Some((sum, path)) = read_line(&line) else {
                return broken(
                    &sums,
                    &format!("line {number} is not of the form that sha256sum writes, or names no file of a pack"),
                );
            };
            if path == sums {
                return broken(&sums, &format!("line {number} lists the file itself"));
            }
            // With more lines than files one is repeated; nobody should be kept busy forever by hashing it.
            if number as u64 >= self.verdict.files {
                return broken(&sums, &"lists a file twice");
            }
            self.compare(&path, sum, log)?;
            seen.push(print(&path));
        }
        self.once(seen)
    }

    fn compare(&self, path: &PackPath, sum: Hash, log: &Log) -> Step<()> {
        let found = match path {
            PackPath::Tile(tile) if tile.content == Content::Entries && tile.is_of(log.size) => {
                log.sums.get(tile.n as usize).copied()
            }
            _ => None,
        };
        let found = match found {
            Some(found) => found,
            None => self.hash(path)?,
        };
        if found == sum {
            return Ok(());
        }
        // What was checked already is right, so the list is wrong.
        match path {
            PackPath::Readme
            | PackPath::Policy
            | PackPath::Chain(_)
            | PackPath::History(_, Part::Anchors | Part::Reply(_)) => {
                broken(&path, &"has another SHA-256 than SHA256SUMS says")
            }
            _ => broken(
                &PackPath::Sums,
                &format!("does not have the SHA-256 of {path}, which is sound"),
            ),
        }
    }

    fn hash(&self, path: &PackPath) -> Step<Hash> {
        let mut file = self.folder.plain(path)?;
        let mut sum = Sha256::new();
        let mut piece = vec![0; 1 << 16];
        loop {
            let length = file.read(&mut piece).with_context(|| format!("reading {path}"))?;
            if length == 0 {
                return Ok(sum.finalize().into());
            }
            sum.update(&piece[..length]);
        }
    }

    /// Whether every file is listed once.
    fn once(&self, mut seen: Vec<u64>) -> Step<()> {
        let sums = PackPath::Sums;
        seen.sort_unstable();
        if seen.windows(2).any(|pair| pair[0] == pair[1]) {
            return broken(&sums, &"lists a file twice");
        }
        // Every listed file is there, and none twice: if the numbers are the same, none is left out.
        let (listed, files) = (seen.len() as u64, self.verdict.files - 1);
        if listed == files {
            return Ok(());
        }
        match self.unlisted(&seen)? {
            Some(name) => broken(&name, &"is not listed in SHA256SUMS"),
            None => broken(&sums, &format!("lists {listed} files, but there are {files} others")),
        }
    }

    /// Names a file that is not listed.
    fn unlisted(&self, seen: &[u64]) -> Step<Option<String>> {
        let mut found: Option<String> = None;
        let mut open = vec![String::new()];
        while let Some(below) = open.pop() {
            let entries = std::fs::read_dir(self.folder.path(&below)).context("listing the pack")?;
            for entry in entries {
                let entry = entry.context("listing the pack")?;
                let name = format!("{below}{}", entry.file_name().to_string_lossy());
                if entry.file_type().context("listing the pack")?.is_dir() {
                    open.push(format!("{name}/"));
                } else if let Ok(path) = name.parse::<PackPath>()
                    && path != PackPath::Sums
                    && seen.binary_search(&print(&path)).is_err()
                    && found.as_ref().is_none_or(|first| name < *first)
                {
                    found = Some(name);
                }
            }
        }
        Ok(found)
    }
}

fn read_line(line: &str) -> Option<(Hash, PackPath)> {
    let (sum, name) = line.strip_suffix('\n')?.split_once("  ")?;
    let lower = sum.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let sum = lower.then(|| hex::decode(sum).ok())??.try_into().ok()?;
    Some((sum, name.parse().ok()?))
}

/// A number that stands for a name.
fn print(path: &PackPath) -> u64 {
    let hash: Hash = Sha256::digest(path.to_string()).into();
    hash.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}
