//! All leaves, from the first to the last: each for itself, each against those before it, and the tree over them.
//!
//! Bundles are read and hashed by several threads; what depends on their order is done here, in their order.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use anyhow::anyhow;

use super::entries::{self, Entries};
use super::folder::Folder;
use super::head::Head;
use super::inspection::Progress;
use super::kinds::UnknownKinds;
use super::listing::Listing;
use super::records::Records;
use super::stop::{Step, Stop};
use crate::keyring::Keyring;
use crate::pack_path::PackPath;
use crate::tile_path::{Content, TilePath};
use crate::time::Millis;
use crate::tree::Hash;
use crate::walk::Walk;

mod ending;
mod saying;

use ending::Suspect;

/// Maximum number of threads that read bundles.
const MOST_READERS: usize = 8;
/// Bundles that a thread may be ahead.
const AHEAD: usize = 2;

/// The log as the leaves tell it.
pub(super) struct Log {
    pub size: u64,
    pub root: Hash,
    pub ring: Keyring,
    /// Roots at the sizes that matter, and when the last leaf before was recorded.
    pub states: BTreeMap<u64, (Hash, Millis)>,
    /// When the leaf behind each of these sizes was recorded, and the first of all.
    pub starts: BTreeMap<u64, Millis>,
    /// Leaves that name an erased record by its index, and that index.
    pub erased: Vec<(u64, u64)>,
    pub kinds: UnknownKinds,
    /// When the last leaf was recorded.
    pub at: Millis,
    /// SHA-256 of each entry bundle.
    pub sums: Vec<Hash>,
}

/// Why the leaves could not be read to their end, and how many could.
pub(super) struct Unread {
    pub leaves: u64,
    pub stop: Stop,
}

impl Log {
    /// Reads all leaves under the head.
    pub(super) fn read(
        folder: &Folder,
        head: &Head,
        listing: &Listing,
        prior: Option<u64>,
        progress: Progress<'_>,
    ) -> Result<Self, Unread> {
        let size = head.checkpoint.size;
        let mut reading = Reading::new(folder, size);
        reading.sizes = listing
            .history
            .iter()
            .copied()
            .chain(prior)
            .filter(|at| (1..=size).contains(at))
            .collect();
        reading.sizes.sort_unstable_by(|left, right| right.cmp(left));
        let read = reading.all(progress).and_then(|()| reading.end(head));
        match (read, reading.walk.ring().cloned()) {
            (Ok(root), Some(ring)) => Ok(Self {
                size,
                root,
                ring,
                states: reading.states,
                starts: reading.starts,
                erased: reading.erased,
                kinds: reading.kinds,
                at: reading.walk.at(),
                sums: reading.sums,
            }),
            (Err(stop), _) => Err(Unread {
                leaves: reading.walk.size(),
                stop,
            }),
            (Ok(_), None) => Err(Unread {
                leaves: 0,
                stop: Stop::Failed(anyhow!("the leaves name no key")),
            }),
        }
    }
}

/// What is remembered along the way.
struct Reading<'a> {
    folder: &'a Folder,
    size: u64,
    walk: Walk,
    records: Records,
    /// Sizes whose state is wanted, largest first.
    sizes: Vec<u64>,
    states: BTreeMap<u64, (Hash, Millis)>,
    starts: BTreeMap<u64, Millis>,
    erased: Vec<(u64, u64)>,
    kinds: UnknownKinds,
    sums: Vec<Hash>,
    /// The first place where leaves and tiles differ, until the root shows which of them is wrong.
    suspect: Option<Suspect>,
}

impl<'a> Reading<'a> {
    fn new(folder: &'a Folder, size: u64) -> Self {
        Self {
            folder,
            size,
            walk: Walk::default(),
            records: Records::new(),
            sizes: Vec::new(),
            states: BTreeMap::new(),
            starts: BTreeMap::new(),
            erased: Vec::new(),
            kinds: UnknownKinds::default(),
            sums: Vec::new(),
            suspect: None,
        }
    }

    fn all(&mut self, progress: Progress<'_>) -> Step<()> {
        let readers = thread::available_parallelism().map_or(1, usize::from).min(MOST_READERS);
        let (folder, size) = (self.folder, self.size);
        thread::scope(|scope| {
            let coming: Vec<Receiver<Step<Entries>>> = (0..readers)
                .map(|reader| {
                    let (done, coming) = sync_channel(AHEAD);
                    scope.spawn(move || {
                        let own = TilePath::all(Content::Entries, size).skip(reader).step_by(readers);
                        for path in own {
                            // Nobody waits for it any more if something is broken.
                            if done.send(entries::read(folder, path)).is_err() {
                                return;
                            }
                        }
                    });
                    coming
                })
                .collect();
            for path in TilePath::all(Content::Entries, size) {
                let next = coming[(path.n % readers as u64) as usize].recv();
                let entries = next.map_err(|_| anyhow!("a thread that read leaves has ended"))??;
                self.take(&PackPath::Tile(path), entries)?;
                progress(self.walk.size(), size);
            }
            Ok(())
        })
    }

    fn take(&mut self, file: &PackPath, entries: Entries) -> Step<()> {
        self.sums.push(entries.sum);
        let mut briefs = entries.briefs.into_iter();
        for hash in entries.hashes {
            if self.suspect.is_none()
                && let Some(brief) = briefs.next()
            {
                self.leaf(file, brief)?;
            }
            if self.suspect.is_none() && entries.differs == Some(self.walk.size()) {
                self.suspect = Some(Suspect::Leaf(self.walk.size()));
            }
            self.append(hash)?;
        }
        Ok(())
    }

    fn append(&mut self, hash: Hash) -> Step<()> {
        for tile in self.walk.push(hash) {
            // The lowest ones were compared leaf by leaf.
            if tile.level > 0 {
                let path = TilePath::full(Content::Hashes(tile.level), tile.n);
                self.compare(path, &tile.hashes)?;
            }
        }
        while self.sizes.last() == Some(&self.walk.size()) {
            self.sizes.pop();
            self.states
                .insert(self.walk.size(), (self.walk.edge().root(), self.walk.at()));
        }
        Ok(())
    }
}
