//! Who could read a concern that is raised: the handlers' keys, and the kinds of concerns that nobody could read.

use std::collections::BTreeSet;

use super::handler_key::KeyHolder;
use super::routing::route;
use crate::catalogue::{Catalogue, ConcernCategory};
use crate::concerns::keys::{self, Confirmed};
use crate::config::{Organisation, Role};
use crate::db::Db;
use crate::evidence::Newest;

/// How far an organisation's concerns are covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    Keys {
        /// Holders of active keys who work on concerns.
        handlers: usize,
        /// The independent handlers among them.
        independent: usize,
        /// Labels of the categories that none of them may read.
        unread: Vec<String>,
    },
    /// The keys in the database are not those that the evidence log knows.
    Doubtful,
}

/// Looks at the active keys, as the database knows them and their holders' roles.
///
/// # Errors
/// When the database or the log cannot be read.
pub async fn coverage(db: &Db, organisation: &Organisation, catalogue: &Catalogue) -> anyhow::Result<Coverage> {
    let snapshot = db.snapshot().await?;
    let found = keys::confirmed_within(&Newest::new(db.clone()), &snapshot, organisation).await;
    snapshot.rollback().await?;
    Ok(match found? {
        Confirmed::Keys(keys) => of(&keys.holders, &catalogue.concern_categories),
        Confirmed::Doubtful => Coverage::Doubtful,
    })
}

fn of(holders: &[KeyHolder], categories: &[ConcernCategory]) -> Coverage {
    let unread = |category: &&ConcernCategory| route(category, holders, &BTreeSet::new()).readers.is_empty();
    let independent = |holder: &&KeyHolder| holder.roles.contains(&Role::IndependentHandler);
    Coverage::Keys {
        handlers: holders.len(),
        independent: holders.iter().filter(independent).count(),
        unread: categories
            .iter()
            .filter(unread)
            .map(|category| category.label.clone())
            .collect(),
    }
}
