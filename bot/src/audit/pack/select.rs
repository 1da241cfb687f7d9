//! Which leaves of a page belong to a scope.
//!
//! The people that a record is about are named in its own fields or in those of a record that it continues: an answer
//! names its author, the asking before it names member and organisation. What was erased can no longer be selected.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Owners, Scope};
use super::store::{self, PAGE};
use crate::db::Connection;
use crate::evidence::Leaf;
use crate::evidence::disclosed;

/// Fields that say who a record is about.
const OWNERS: [&str; 3] = ["author", "member", "organisation"];
/// Maximum number of records that are followed, each continuing the next.
const DEEPEST: usize = 64;

/// The leaves, by their indexes, that belong to the scope.
pub(super) async fn select(
    connection: &impl Connection,
    scope: &Scope,
    page: Vec<(u64, Leaf)>,
) -> anyhow::Result<Vec<(u64, Leaf)>> {
    let fits = |leaf: &Leaf| leaf.recorded_at().is_some_and(|at| scope.admits(&leaf.kind, at));
    let candidates: Vec<_> = page.into_iter().filter(|(_, leaf)| fits(leaf)).collect();
    if !scope.asks_for_owners() || candidates.is_empty() {
        return Ok(candidates);
    }
    let family = Family::read(connection, &candidates).await?;
    let belongs = |index: u64| scope.admits_owners(&family.owners(index));
    Ok(candidates.into_iter().filter(|(index, _)| belongs(*index)).collect())
}

/// Leaves, what they continue, and the fields that say who they are about.
struct Family {
    /// What each leaf continues.
    of: BTreeMap<u64, Option<u64>>,
    fields: BTreeMap<u64, Vec<(String, String)>>,
}

impl Family {
    async fn read(connection: &impl Connection, leaves: &[(u64, Leaf)]) -> anyhow::Result<Self> {
        let mut of: BTreeMap<u64, Option<u64>> = leaves.iter().map(|(index, leaf)| (*index, leaf.of)).collect();
        let mut recs: Vec<(String, u64)> = leaves.iter().map(|(index, leaf)| (leaf.rec.clone(), *index)).collect();
        for _ in 0..DEEPEST {
            let earlier: BTreeSet<u64> = of
                .values()
                .flatten()
                .copied()
                .filter(|index| !of.contains_key(index))
                .collect();
            if earlier.is_empty() {
                break;
            }
            for (index, bytes) in store::leaves_at(connection, earlier).await? {
                if let Some(leaf) = Leaf::parse(&bytes) {
                    of.insert(index, leaf.of);
                    recs.push((leaf.rec, index));
                }
            }
        }
        let mut fields = BTreeMap::new();
        for chunk in recs.chunks(PAGE as usize) {
            let names: Vec<String> = chunk.iter().map(|(rec, _)| rec.clone()).collect();
            let mut found = store::fields(connection, &names, &OWNERS).await?;
            for (rec, index) in chunk {
                let texts = found.remove(rec).unwrap_or_default();
                fields.insert(*index, texts.iter().filter_map(|(_, text)| disclosed(text)).collect());
            }
        }
        Ok(Self { of, fields })
    }

    fn owners(&self, index: u64) -> Owners {
        let mut owners = Owners::default();
        let mut next = Some(index);
        for _ in 0..DEEPEST {
            let Some(index) = next else { break };
            for (name, value) in self.fields.get(&index).into_iter().flatten() {
                owners.take(name, value.clone());
            }
            next = self.of.get(&index).copied().flatten();
        }
        owners
    }
}
