//! What is in a pack's folder: every name must be one that belongs there.

use std::path::PathBuf;

use anyhow::Context;

use super::folder::Folder;
use super::stop::{Step, broken};
use crate::pack_path::{PackPath, Part};
use crate::tile_path::{Content, TilePath};
use crate::tree::TILE_WIDTH;

/// Deepest folder: a level of tiles, and a number of seven groups of digits.
const DEEPEST: usize = 10;
/// Maximum number of published checkpoints, proofs and disclosures that are looked at, of each.
const MOST: usize = 20_000_000;

/// Maximum number of authorities whose certificates are given: each is tried with each time stamp.
const MOST_CHAINS: usize = 32;

/// The files of a pack that others are compared with. All lists are sorted.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Sizes of published checkpoints.
    pub history: Vec<u64>,
    /// Replies of time-stamping authorities: the size, and the authority's name if it has one.
    pub replies: Vec<(u64, Option<String>)>,
    pub consistency: Vec<(u64, u64)>,
    pub proofs: Vec<(u64, u64)>,
    pub disclosures: Vec<u64>,
    /// Names of authorities whose certificates are given.
    pub chains: Vec<String>,
    pub files: u64,
    anchors: Vec<u64>,
    /// The file that comes first by its name among those that do not belong there, and why.
    stray: Option<(String, String)>,
}

impl Listing {
    /// Lists the folder of a pack whose head covers `size` leaves.
    pub(super) fn read(folder: &Folder, size: u64) -> Step<Self> {
        let mut listing = Self::default();
        let mut open = vec![(String::new(), 0)];
        while let Some((below, depth)) = open.pop() {
            let place = folder.path(&below);
            let entries = std::fs::read_dir(&place).with_context(|| format!("listing {}", place.display()))?;
            for entry in entries {
                let entry = entry.with_context(|| format!("listing {}", place.display()))?;
                let kind = entry
                    .file_type()
                    .with_context(|| format!("listing {}", place.display()))?;
                let name = entry.file_name();
                let Some(path) = name.to_str().map(|name| format!("{below}{name}")) else {
                    listing.refuse(
                        &(below.clone() + &name.to_string_lossy()),
                        "has a name that no file of a pack has",
                    );
                    continue;
                };
                if kind.is_dir() && depth < DEEPEST {
                    open.push((format!("{path}/"), depth + 1));
                } else if kind.is_file() {
                    listing.file(&path, size);
                } else {
                    listing.refuse(&path, "is neither a plain file nor a folder of a pack");
                }
            }
        }
        listing.sort();
        listing.complete(size)?;
        Ok(listing)
    }

    fn file(&mut self, name: &str, size: u64) {
        self.files += 1;
        let Ok(path) = name.parse::<PackPath>() else {
            self.refuse(name, "does not belong into a pack");
            return;
        };
        match path {
            PackPath::Checkpoint | PackPath::Policy | PackPath::Readme | PackPath::Sums => {}
            PackPath::Tile(tile) => self.tile(name, tile, size),
            PackPath::History(size, Part::Note) => self.history.push(size),
            PackPath::History(size, Part::Reply(authority)) => self.replies.push((size, authority)),
            PackPath::History(size, Part::Anchors) => self.anchors.push(size),
            PackPath::Inclusion(index, size) => self.proofs.push((index, size)),
            PackPath::Consistency(old, new) => self.consistency.push((old, new)),
            PackPath::Disclosures(index) => self.disclosures.push(index),
            PackPath::Chain(name) => self.chains.push(name),
        }
        let many = self.chains.len() > MOST_CHAINS;
        if many || self.history.len().max(self.proofs.len()).max(self.disclosures.len()) > MOST {
            self.refuse(name, "is one file more than can be checked");
        }
    }

    fn tile(&mut self, name: &str, tile: TilePath, size: u64) {
        if tile.is_of(size) {
            return;
        }
        let beyond = matches!(tile.content, Content::Entries | Content::Hashes(0))
            && (tile.n.saturating_mul(TILE_WIDTH as u64)).saturating_add(tile.width.into()) > size;
        if beyond {
            let reason = format!(
                "covers {size} leaves, but {name} goes beyond: an older checkpoint was put in the place of the head, or \
                 leaves were added behind it"
            );
            self.refuse(&PackPath::Checkpoint.to_string(), &reason);
        } else {
            self.refuse(name, &format!("does not belong to a log of {size} leaves"));
        }
    }

    fn refuse(&mut self, name: &str, reason: &str) {
        let name = name.escape_debug().to_string();
        if self.stray.as_ref().is_none_or(|(first, _)| name < *first) {
            self.stray = Some((name, reason.to_owned()));
        }
    }

    fn sort(&mut self) {
        self.history.sort_unstable();
        self.replies.sort_unstable();
        self.consistency.sort_unstable();
        self.proofs.sort_unstable();
        self.disclosures.sort_unstable();
        self.chains.sort_unstable();
    }

    /// Refuses what does not belong there, and what belongs to nothing else.
    fn complete(&mut self, size: u64) -> Step<()> {
        for reply in std::mem::take(&mut self.replies) {
            if self.history.binary_search(&reply.0).is_err() {
                let path = PackPath::History(reply.0, Part::Reply(reply.1.clone()));
                self.refuse(&path.to_string(), "is over a checkpoint that is not there");
            }
            self.replies.push(reply);
        }
        for anchored in std::mem::take(&mut self.anchors) {
            if self.history.binary_search(&anchored).is_err() {
                let path = PackPath::History(anchored, Part::Anchors);
                self.refuse(&path.to_string(), "tells of a checkpoint that is not there");
            }
        }
        if let Some(newest) = self.history.last().copied().filter(|newest| *newest > size) {
            let reason = format!(
                "covers {size} leaves, but a checkpoint of {newest} was published: an older checkpoint was put in the \
                 place of the head"
            );
            return broken(&PackPath::Checkpoint, &reason);
        }
        if let Some(index) = self.disclosures.last().copied().filter(|index| *index >= size) {
            self.refuse(
                &PackPath::Disclosures(index).to_string(),
                "belongs to no leaf of this log",
            );
        }
        match self.stray.take() {
            Some((file, reason)) => broken(&file, &reason),
            None => Ok(()),
        }
    }

    /// Names of the certificate files.
    pub(super) fn chain_files(&self, folder: &Folder) -> Vec<PathBuf> {
        let paths = self.chains.iter().map(|name| PackPath::Chain(name.clone()));
        paths.map(|path| folder.path(&path.to_string())).collect()
    }
}
