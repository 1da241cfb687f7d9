//! Fields that a leaf commits to and that are not kept, until something in the log explains it.

use std::collections::BTreeSet;

use crate::evidence::kind::Kind;
use crate::evidence::leaf::Leaf;

/// What is missing of one leaf.
pub(super) struct Missing {
    names: BTreeSet<&'static str>,
    /// Fields of a kind that this version does not know.
    unnamed: u64,
}

impl Missing {
    /// None when all fields are kept. Only as good as the check that what is kept belongs to the leaf.
    pub(super) fn of<'a>(leaf: &Leaf, kept: impl Iterator<Item = &'a str>) -> Option<Self> {
        let kept: BTreeSet<&str> = kept.collect();
        let (mut names, mut unnamed) = (BTreeSet::new(), 0);
        match Kind::named(&leaf.kind) {
            Some(kind) => names.extend(kind.fields().iter().copied().filter(|name| !kept.contains(name))),
            None => unnamed = leaf.sd.len().saturating_sub(kept.len()) as u64,
        }
        let missing = Self { names, unnamed };
        (missing.count() > 0).then_some(missing)
    }

    pub(super) fn count(&self) -> u64 {
        self.names.len() as u64 + self.unnamed
    }

    /// Takes away what an erasure of these fields explains, all where nobody knows of which; returns how many.
    pub(super) fn explain(&mut self, erased: Option<&str>) -> u64 {
        let before = self.count();
        match erased {
            Some(erased) => {
                let erased: BTreeSet<&str> = erased.split(',').collect();
                self.names.retain(|name| !erased.contains(name));
            }
            None => self.names.clear(),
        }
        self.unnamed = 0;
        before - self.count()
    }
}
