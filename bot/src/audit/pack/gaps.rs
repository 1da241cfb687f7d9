//! What a pack should disclose and cannot: it was erased, as a leaf says, or it is missing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use super::store::Field;
use crate::db::Connection;
use crate::evidence::Kind;
use crate::evidence::Leaf;
use crate::evidence::{self, Named};

/// Maximum number of records that are named.
const NAMED: usize = 10;

/// Fields that are missing without an erasure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    pub records: u64,
    pub fields: u64,
    /// The first of the records.
    pub first: Vec<Gap>,
}

/// One record, and what is missing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub index: u64,
    pub fields: Vec<&'static str>,
}

impl Gaps {
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    fn add(&mut self, index: u64, fields: Vec<&'static str>) {
        self.records += 1;
        self.fields += fields.len() as u64;
        if self.first.len() < NAMED {
            self.first.push(Gap { index, fields });
        }
    }
}

/// One line for each record that is named.
impl fmt::Display for Gaps {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Gap { index, fields } in &self.first {
            writeln!(formatter, "  entry {index}: {}", fields.join(", "))?;
        }
        match self.records - self.first.len() as u64 {
            0 => Ok(()),
            1 => writeln!(formatter, "  and one more"),
            more => writeln!(formatter, "  and {more} more"),
        }
    }
}

/// What is missing, until all leaves were seen.
#[derive(Default)]
pub(super) struct Lacking {
    records: BTreeMap<u64, Lack>,
    /// What is disclosed of leaves about erasures.
    held: BTreeMap<u64, Vec<String>>,
}

struct Lack {
    rec: String,
    fields: BTreeSet<&'static str>,
}

/// The outcome for what is missing.
pub(super) struct Explained {
    /// Fields that are erased.
    pub erased: u64,
    pub missing: Gaps,
    /// What is disclosed of leaves about erasures.
    pub lines: BTreeMap<u64, Vec<String>>,
}

impl Lacking {
    /// Notes those of the named fields that the leaf has and that are not kept.
    pub(super) fn note(&mut self, index: u64, leaf: &Leaf, names: &[&str], kept: &[Field]) {
        let known = Kind::named(&leaf.kind).map_or(&[][..], Kind::fields);
        let gone = |name: &str| names.contains(&name) && kept.iter().all(|(there, _)| there != name);
        let fields: BTreeSet<&str> = known.iter().copied().filter(|name| gone(name)).collect();
        if !fields.is_empty() {
            let rec = leaf.rec.clone();
            self.records.insert(index, Lack { rec, fields });
        }
    }

    /// Keeps what is disclosed of a leaf about an erasure.
    pub(super) fn hold(&mut self, index: u64, lines: Vec<String>) {
        self.held.insert(index, lines);
    }

    /// Asks the leaves before `size` which of the fields were erased.
    pub(super) async fn explain(self, connection: &impl Connection, size: u64) -> anyhow::Result<Explained> {
        let Self { mut records, held } = self;
        let mut explained = Explained {
            erased: 0,
            missing: Gaps::default(),
            lines: held,
        };
        if records.is_empty() {
            return Ok(explained);
        }
        let places: HashMap<String, u64> = records.iter().map(|(index, lack)| (lack.rec.clone(), *index)).collect();
        for said in evidence::said_before(connection, size).await? {
            let index = match &said.told.record {
                Named::Index(index) => Some(*index),
                Named::Record(rec) => places.get(rec).copied(),
            };
            let Some(lack) = index.and_then(|index| records.get_mut(&index)) else {
                continue;
            };
            let before = lack.fields.len();
            match &said.told.fields {
                Some(names) => lack.fields.retain(|name| !names.contains(*name)),
                None => lack.fields.clear(),
            }
            explained.erased += (before - lack.fields.len()) as u64;
            if let Some(text) = said.text {
                let lines = explained.lines.entry(said.index).or_default();
                if !lines.contains(&text) {
                    lines.push(text);
                }
            }
        }
        for (index, lack) in records {
            if !lack.fields.is_empty() {
                explained.missing.add(index, lack.fields.into_iter().collect());
            }
        }
        Ok(explained)
    }
}
