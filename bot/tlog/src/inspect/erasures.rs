//! Which fields of which records a pack's leaves say were erased.

use std::collections::{BTreeMap, BTreeSet};

use crate::erased::{self, Named};
use crate::leaf::Leaf;

/// What the leaves about erasures say, as far as they show it.
#[derive(Default)]
pub(super) struct Erasures {
    records: BTreeMap<Named, Gone>,
    /// The leaves that were told with what they disclose.
    told: BTreeSet<u64>,
}

/// What is gone of a record.
enum Gone {
    Fields(BTreeSet<String>),
    /// Some of its fields, and nobody knows which.
    Unnamed,
}

impl Erasures {
    /// Adds what a leaf discloses; leaves that are not about erasures say nothing.
    pub(super) fn told(&mut self, index: u64, leaf: &Leaf, fields: &[(String, String)]) {
        for told in erased::told(leaf, fields) {
            self.told.insert(index);
            self.take(told.record, told.fields);
        }
    }

    /// Adds a leaf that names the index of the record and discloses nothing.
    pub(super) fn of_index(&mut self, leaf: u64, of: u64) {
        if !self.told.contains(&leaf) {
            self.take(Named::Index(of), None);
        }
    }

    fn take(&mut self, record: Named, fields: Option<BTreeSet<String>>) {
        let gone = self.records.entry(record).or_insert(Gone::Fields(BTreeSet::new()));
        match (gone, fields) {
            (Gone::Fields(known), Some(fields)) => known.extend(fields),
            (gone, None) => *gone = Gone::Unnamed,
            (Gone::Unnamed, Some(_)) => {}
        }
    }

    /// Whether the field's absence from the record is explained.
    pub(super) fn explain(&self, index: u64, rec: &str, field: &str) -> bool {
        self.of(index, rec).any(|gone| match gone {
            Gone::Fields(fields) => fields.contains(field),
            Gone::Unnamed => true,
        })
    }

    /// Whether the leaves say that this very field of the record was erased.
    pub(super) fn name(&self, index: u64, rec: &str, field: &str) -> bool {
        self.of(index, rec)
            .any(|gone| matches!(gone, Gone::Fields(fields) if fields.contains(field)))
    }

    /// Whether the leaves say that some field of the record was erased.
    pub(super) fn touch(&self, index: u64, rec: &str) -> bool {
        self.of(index, rec).next().is_some()
    }

    fn of(&self, index: u64, rec: &str) -> impl Iterator<Item = &Gone> {
        let names = [Named::Index(index), Named::Record(rec.to_owned())];
        names.into_iter().filter_map(move |name| self.records.get(&name))
    }
}
