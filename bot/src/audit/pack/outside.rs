//! What the leaves say was published, compared with what can be packed.
//!
//! Leaves that were lost and brought back say nothing of what was published then: their fields may be gone, and what
//! was published is not brought back with them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::store::{self, AnchorRow};
use crate::db::Connection;
use crate::evidence::Kind;
use crate::evidence::Leaf;
use crate::evidence::disclosed;

/// Something published that cannot go into a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the published checkpoint of {size} leaves {reason}")]
pub struct Spoilt {
    pub size: u64,
    pub reason: String,
}

/// What leaves say was published.
#[derive(Default)]
pub(super) struct Outside {
    /// By the sizes of published checkpoints: which leaf says so.
    notes: BTreeMap<u64, u64>,
    /// By size and target: where a copy went.
    copies: BTreeMap<(u64, String), Went>,
    /// Leaves that were brought back.
    again: Vec<Range<u64>>,
    given: BTreeSet<u64>,
}

struct Went {
    reference: String,
    /// SHA-256 of an authority's reply; empty if there is none.
    sha256: String,
}

impl Outside {
    /// Reads what the leaves before `size` say.
    pub(super) async fn read(connection: &impl Connection, size: u64) -> anyhow::Result<Self> {
        let mut outside = Self::default();
        let mut after = 0;
        loop {
            let kinds = [Kind::AnchorPublished, Kind::LogRecovered];
            let page = store::leaves_of(connection, &kinds.map(Kind::name), after..size).await?;
            let Some((last, _)) = page.last() else {
                return Ok(outside);
            };
            after = last + 1;
            let leaves: Vec<(u64, Leaf)> = page
                .into_iter()
                .filter_map(|(index, bytes)| Some((index, Leaf::parse(&bytes)?)))
                .collect();
            let recs: Vec<String> = leaves.iter().map(|(_, leaf)| leaf.rec.clone()).collect();
            let names = ["size", "target", "reference", "sha256"];
            let mut fields = store::fields(connection, &recs, &names).await?;
            for (index, leaf) in leaves {
                let kept = fields.remove(&leaf.rec).unwrap_or_default();
                outside.leaf(index, &leaf, &kept);
            }
        }
    }

    fn leaf(&mut self, index: u64, leaf: &Leaf, kept: &[store::Field]) {
        let kept: BTreeMap<String, String> = kept
            .iter()
            .filter(|(_, text)| leaf.commits_to(text))
            .filter_map(|(_, text)| disclosed(text))
            .collect();
        let field = |name: &str| kept.get(name).cloned();
        let size = field("size").and_then(|size| size.parse::<u64>().ok());
        match (Kind::named(&leaf.kind), size) {
            (Some(Kind::LogRecovered), _) => self.again.extend(leaf.of.map(|of| of..index)),
            (Some(Kind::AnchorPublished), Some(size)) => {
                self.notes.entry(size).or_insert(index);
                if let (Some(target), Some(reference), Some(sha256)) =
                    (field("target"), field("reference"), field("sha256"))
                {
                    self.copies.insert((size, target), Went { reference, sha256 });
                }
            }
            _ => {}
        }
    }

    /// A published checkpoint of this size is there.
    pub(super) fn note(&mut self, size: u64) {
        self.given.insert(size);
    }

    /// Whether a copy is where a leaf says that it went.
    pub(super) fn copy(&self, row: &AnchorRow) -> Result<(), Spoilt> {
        let size = row.size as u64;
        let Some(went) = self.copies.get(&(size, row.target.clone())) else {
            return Ok(());
        };
        let token = row
            .token
            .as_ref()
            .map_or_else(String::new, |token| hex::encode(Sha256::digest(token)));
        let what = if row.reference.as_ref() != Some(&went.reference) {
            "the place"
        } else if token != went.sha256 {
            "the reply"
        } else {
            return Ok(());
        };
        let reason = format!("has, for {}, another entry of {what} than the log says", row.target);
        Err(Spoilt { size, reason })
    }

    /// Whether everything that leaves speak of was there.
    pub(super) fn complete(&self) -> Result<(), Spoilt> {
        let brought_back = |size: u64| self.again.iter().any(|range| range.start < size && size <= range.end);
        let gone = self
            .notes
            .iter()
            .find(|(size, _)| !self.given.contains(size) && !brought_back(**size));
        match gone {
            None => Ok(()),
            Some((size, index)) => Err(Spoilt {
                size: *size,
                reason: format!("is gone, though leaf {index} says that it was published"),
            }),
        }
    }
}
