//! The leaves of one transaction, gathered piece of work by piece of work.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, ensure};
use bellwether_tlog::new_leaf::NewLeaf;

use super::closed;
use super::store;
use crate::db::Connection;
use crate::ids::RecordId;

/// Leaves that were checked and wait for their place in the log.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    leaves: Vec<(NewLeaf, Option<Earlier>)>,
    places: HashMap<String, usize>,
}

/// Where an earlier leaf is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Earlier {
    /// In the log, at this index.
    Logged(u64),
    /// In the same batch, at this place.
    Waiting(usize),
    /// In a log that was closed, whose indexes mean nothing here.
    Closed,
}

impl Earlier {
    /// Its index in this log, when the batch's first leaf gets `base`.
    pub(super) fn index(self, base: u64) -> Option<u64> {
        match self {
            Self::Logged(index) => Some(index),
            Self::Waiting(place) => Some(base + place as u64),
            Self::Closed => None,
        }
    }
}

impl Batch {
    /// Takes the leaves of one piece of work: all, or on an error none.
    ///
    /// # Errors
    /// When a leaf is malformed, its record is in the batch already, or what it continues is not in the log.
    pub(crate) async fn admit(&mut self, connection: &impl Connection, own: Vec<NewLeaf>) -> anyhow::Result<()> {
        let base = self.leaves.len();
        let mut places = HashMap::new();
        for (offset, leaf) in own.iter().enumerate() {
            leaf.check()?;
            let rec = leaf.rec.as_str();
            let twice = self.places.contains_key(rec) || places.insert(rec.to_owned(), base + offset).is_some();
            ensure!(!twice, "the record {rec} was given to two leaves");
        }
        let place = |rec: &str| self.places.get(rec).or_else(|| places.get(rec)).copied();
        let continued = own.iter().filter_map(|leaf| leaf.of.as_ref()).map(RecordId::as_str);
        let unknown: Vec<&str> = continued.filter(|rec| place(rec).is_none()).collect();
        let logged = if unknown.is_empty() {
            HashMap::new()
        } else {
            store::indexes(connection, &unknown).await?
        };
        let missing: Vec<&str> = unknown
            .iter()
            .filter(|rec| !logged.contains_key(**rec))
            .copied()
            .collect();
        let closed = if missing.is_empty() {
            HashSet::new()
        } else {
            closed::store::holds(connection, &missing).await?
        };
        let mut earlier = Vec::with_capacity(own.len());
        for (offset, leaf) in own.iter().enumerate() {
            let Some(of) = &leaf.of else {
                earlier.push(None);
                continue;
            };
            let found = match (place(of.as_str()), logged.get(of.as_str())) {
                (Some(place), _) if place < base + offset => Some(Earlier::Waiting(place)),
                (None, Some(index)) => Some(Earlier::Logged(*index)),
                (None, None) if closed.contains(of.as_str()) => Some(Earlier::Closed),
                _ => None,
            };
            let kind = leaf.kind().name();
            earlier.push(Some(found.with_context(|| {
                format!("a leaf {kind} continues the record {of}, which is not in the log before it")
            })?));
        }
        self.leaves.extend(own.into_iter().zip(earlier));
        self.places.extend(places);
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    pub(super) fn into_leaves(self) -> Vec<(NewLeaf, Option<Earlier>)> {
        self.leaves
    }
}
