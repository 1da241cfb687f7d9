//! Fields that a leaf commits to and that are not kept, until something in the log explains it. The one place that
//! knows which fields of which leaf were erased.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bellwether_tlog::erased::{Named, Told};
use bellwether_tlog::kind::Kind;
use bellwether_tlog::leaf::Leaf;

/// The leaves with missing fields that nothing has explained yet.
#[derive(Default)]
pub(super) struct Unexplained {
    leaves: BTreeMap<u64, Missing>,
    /// Their indexes by their records.
    places: HashMap<String, u64>,
}

/// What is missing of one leaf.
struct Missing {
    rec: String,
    names: BTreeSet<&'static str>,
    /// Fields of a kind that this version does not know.
    unnamed: u64,
}

impl Unexplained {
    /// Notes what is missing of a leaf. Only as good as the check that what is kept belongs to the leaf.
    pub(super) fn note<'a>(&mut self, index: u64, leaf: &Leaf, kept: impl Iterator<Item = &'a str>) {
        let kept: BTreeSet<&str> = kept.collect();
        let mut missing = Missing {
            rec: leaf.rec.clone(),
            names: BTreeSet::new(),
            unnamed: 0,
        };
        match Kind::named(&leaf.kind) {
            Some(kind) => missing
                .names
                .extend(kind.fields().iter().copied().filter(|name| !kept.contains(name))),
            None => missing.unnamed = leaf.sd.len().saturating_sub(kept.len()) as u64,
        }
        if missing.count() > 0 {
            self.places.insert(leaf.rec.clone(), index);
            self.leaves.insert(index, missing);
        }
    }

    /// An erasure explains why a leaf lacks the fields that it names, and no others. Returns how many it explains.
    pub(super) fn erased(&mut self, told: &Told) -> u64 {
        let index = match &told.record {
            Named::Index(index) => Some(*index),
            Named::Record(record) => self.places.get(record).copied(),
        };
        let Some((index, missing)) = index.and_then(|index| Some((index, self.leaves.get_mut(&index)?))) else {
            return 0;
        };
        let explained = missing.explain(told.fields.as_ref());
        if missing.count() == 0 {
            self.forget(index);
        }
        explained
    }

    /// Removes the leaves from this index on, which were brought back with the fields that were available. Returns how
    /// many fields they lack.
    pub(super) fn lost_from(&mut self, index: u64) -> u64 {
        let indexes: Vec<u64> = self.leaves.range(index..).map(|(index, _)| *index).collect();
        indexes.into_iter().map(|index| self.forget(index)).sum()
    }

    /// The first leaf that nothing explains.
    pub(super) fn first(&self) -> Option<u64> {
        self.leaves.keys().next().copied()
    }

    fn forget(&mut self, index: u64) -> u64 {
        let Some(missing) = self.leaves.remove(&index) else {
            return 0;
        };
        self.places.remove(&missing.rec);
        missing.count()
    }
}

impl Missing {
    fn count(&self) -> u64 {
        self.names.len() as u64 + self.unnamed
    }

    /// Removes what an erasure of these fields explains, or all if nobody knows which; returns how many.
    fn explain(&mut self, erased: Option<&BTreeSet<String>>) -> u64 {
        let before = self.count();
        match erased {
            Some(erased) => self.names.retain(|name| !erased.contains(*name)),
            None => self.names.clear(),
        }
        self.unnamed = 0;
        before - self.count()
    }
}
