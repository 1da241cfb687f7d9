//! All leaves, from the first to the last: each for itself, each against those before it, and the tree over them.
//!
//! Bundles are read and hashed by several threads; what depends on their order is done here, in their order.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use anyhow::anyhow;

use super::entries::{self, Brief, Entries};
use super::folder::Folder;
use super::head::Head;
use super::listing::Listing;
use super::records::Records;
use super::{Broken, Progress, Step, Stop, broken};
use crate::clock::Millis;
use crate::evidence::keyring::Keyring;
use crate::evidence::kind::Kind;
use crate::evidence::leaf::Leaf;
use crate::evidence::note::Vkey;
use crate::evidence::pack_path::PackPath;
use crate::evidence::tile_path::{Content, TilePath};
use crate::evidence::tree::{Edge, Hash, TILE_WIDTH};

/// Most threads that read bundles.
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
        let mut walk = Walk::new(folder, size);
        walk.sizes = listing
            .history
            .iter()
            .copied()
            .chain(prior)
            .filter(|at| (1..=size).contains(at))
            .collect();
        walk.sizes.sort_unstable_by(|left, right| right.cmp(left));
        let read = walk.all(progress).and_then(|()| walk.end(head));
        match (read, walk.ring) {
            (Ok(root), Some(ring)) => Ok(Self {
                size,
                root,
                ring,
                states: walk.states,
                starts: walk.starts,
                at: walk.at,
                sums: walk.sums,
            }),
            (Err(stop), _) => Err(Unread {
                leaves: walk.edge.size(),
                stop,
            }),
            (Ok(_), None) => Err(Unread {
                leaves: 0,
                stop: Stop::Failed(anyhow!("the leaves name no key")),
            }),
        }
    }
}

struct Walk<'a> {
    folder: &'a Folder,
    size: u64,
    edge: Edge,
    at: Millis,
    ring: Option<Keyring>,
    records: Records,
    /// Sizes whose state is wanted, largest first.
    sizes: Vec<u64>,
    states: BTreeMap<u64, (Hash, Millis)>,
    starts: BTreeMap<u64, Millis>,
    sums: Vec<Hash>,
    /// The first place where leaves and tiles differ, until the root tells which of them is wrong.
    suspect: Option<Suspect>,
}

enum Suspect {
    /// A leaf, or its hash in the tile.
    Leaf(u64),
    /// A tile above the leaves' hashes.
    Tile(TilePath),
}

impl<'a> Walk<'a> {
    fn new(folder: &'a Folder, size: u64) -> Self {
        Self {
            folder,
            size,
            edge: Edge::default(),
            at: Millis(i64::MIN),
            ring: None,
            records: Records::new(),
            sizes: Vec::new(),
            states: BTreeMap::new(),
            starts: BTreeMap::new(),
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
                            // Who waits for it has gone when something is broken.
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
                progress(self.edge.size(), size);
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
            if self.suspect.is_none() && entries.differs == Some(self.edge.size()) {
                self.suspect = Some(Suspect::Leaf(self.edge.size()));
            }
            self.append(hash)?;
        }
        Ok(())
    }

    /// Checks a leaf against those before it.
    fn leaf(&mut self, file: &PackPath, brief: Brief) -> Step<()> {
        let index = self.edge.size();
        if brief.at < self.at {
            return broken(
                &file,
                &format!("leaf {index} was recorded before the leaf that precedes it"),
            );
        }
        self.at = brief.at;
        if self.states.last_key_value().map_or(0, |(size, _)| *size) == index {
            self.starts.insert(index, brief.at);
        }
        if let Some(of) = brief.of.filter(|of| *of >= index) {
            return broken(
                &file,
                &format!("leaf {index} continues leaf {of}, which does not come before it"),
            );
        }
        self.records.see(brief.rec);
        match (index, brief.leaf) {
            (0, Some(leaf)) => self.genesis(file, &leaf),
            (0, None) => broken(&file, &"leaf 0 does not name the log and its key"),
            (_, Some(leaf)) => self.keys(file, index, &leaf),
            (_, None) => Ok(()),
        }
    }

    fn genesis(&mut self, file: &PackPath, leaf: &Leaf) -> Step<()> {
        let vkey = leaf.vkey.as_ref().and_then(|vkey| vkey.parse::<Vkey>().ok());
        match vkey {
            Some(vkey)
                if leaf.kind == Kind::LogGenesis.name()
                    && leaf.origin.as_deref() == Some(vkey.name())
                    && leaf.retires.is_none()
                    && leaf.names_prior_whole() =>
            {
                self.ring = Some(Keyring::start(vkey));
                Ok(())
            }
            _ => broken(&file, &"leaf 0 does not name the log and its key"),
        }
    }

    fn keys(&mut self, file: &PackPath, index: u64, leaf: &Leaf) -> Step<()> {
        let more = leaf.origin.is_some() || leaf.prior.is_some() || leaf.reason.is_some();
        if leaf.kind != Kind::KeyRotated.name() || more {
            return broken(
                &file,
                &format!("leaf {index} speaks of the log, which is not for its kind"),
            );
        }
        let taken = self.ring.as_mut().map(|ring| ring.take(index, leaf));
        match taken {
            Some(Err(error)) => broken(&file, &format!("leaf {index} {error}")),
            _ => Ok(()),
        }
    }

    fn append(&mut self, hash: Hash) -> Step<()> {
        for tile in self.edge.push(hash) {
            // The lowest ones were compared leaf by leaf.
            if tile.level > 0 {
                let path = TilePath::full(Content::Hashes(tile.level), tile.n);
                self.compare(path, &tile.hashes)?;
            }
        }
        while self.sizes.last() == Some(&self.edge.size()) {
            self.sizes.pop();
            self.states.insert(self.edge.size(), (self.edge.root(), self.at));
        }
        Ok(())
    }

    fn compare(&mut self, path: TilePath, hashes: &[Hash]) -> Step<()> {
        if entries::tile(self.folder, path)? != hashes && self.suspect.is_none() {
            self.suspect = Some(Suspect::Tile(path));
        }
        Ok(())
    }

    /// The tiles at the right edge, and who is to blame for what differs.
    fn end(&mut self, head: &Head) -> Step<Hash> {
        for content in TilePath::contents(self.size) {
            if let (Content::Hashes(level @ 1..), Some(path)) = (content, TilePath::partial(content, self.size)) {
                let hashes = self.edge.partial(level).to_vec();
                self.compare(path, &hashes)?;
            }
        }
        let root = self.edge.root();
        let fits = root == head.checkpoint.root;
        match &self.suspect {
            Some(Suspect::Leaf(index)) => self.blame(*index, fits),
            Some(Suspect::Tile(path)) => broken(&path, &"does not hold the hashes of the tiles below it"),
            None if fits => self.twice().map(|()| root),
            None => broken(
                &PackPath::Checkpoint,
                &"has another root than the leaves that it covers",
            ),
        }
    }

    fn blame<T>(&self, index: u64, fits: bool) -> Step<T> {
        let n = index / TILE_WIDTH as u64;
        let of = |content| {
            let partial = TilePath::partial(content, self.size).filter(|path| path.n == n);
            partial.unwrap_or(TilePath::full(content, n))
        };
        let (entries, hashes) = (of(Content::Entries), of(Content::Hashes(0)));
        if fits {
            broken(&hashes, &format!("does not hold the hash of leaf {index}"))
        } else {
            broken(
                &entries,
                &format!("leaf {index} was changed: its hash is not the one in {hashes}"),
            )
        }
    }

    /// Looks for two records with one id; where two might be, the bundles are read again.
    fn twice(&mut self) -> Step<()> {
        let Some(suspect) = self.records.twice() else {
            return Ok(());
        };
        let mut seen = BTreeMap::new();
        for path in TilePath::all(Content::Entries, self.size) {
            let first = path.n * TILE_WIDTH as u64;
            let briefs = entries::read(self.folder, path)?.briefs;
            for (brief, index) in briefs.iter().zip(first..) {
                if !suspect.fits(brief.rec) {
                    continue;
                }
                if let Some(earlier) = seen.insert(brief.rec, index) {
                    let reason = format!("leaf {index} has the record id of leaf {earlier}");
                    return Err(Stop::Broken(Broken {
                        file: path.to_string(),
                        reason,
                    }));
                }
            }
        }
        Ok(())
    }
}
