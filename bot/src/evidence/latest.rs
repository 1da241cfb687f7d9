//! What the newest record of a kind says of one subject, and that the log really holds it: the leaf is proved against
//! the signed root, and the disclosed fields against the leaf. A row changed by hand is found.

use std::collections::BTreeSet;

use super::kind::Kind;
use super::leaf::Leaf;
use super::receipt::{self, Entry, Receipt};
use super::{disclosure, store};
use crate::db::{Connection, Db};

/// The newest word of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Latest {
    /// There is no such record.
    Never,
    /// A newer record is there whose fields are not all disclosed, as after an erasure, or do not fit the leaf.
    Unreadable,
    /// The values of the kind's fields, in their order.
    Says(Vec<String>),
}

/// What the newest record of `kind` says whose first field is `subject`.
///
/// # Errors
/// When the log cannot be read, or does not hold together.
pub async fn latest(db: &Db, kind: Kind, subject: &str) -> anyhow::Result<Latest> {
    let snapshot = db.snapshot().await?;
    let found = find(&snapshot, kind, subject).await;
    snapshot.rollback().await?;
    found
}

async fn find(connection: &impl Connection, kind: Kind, subject: &str) -> anyhow::Result<Latest> {
    for index in store::of_kind(connection, kind.name()).await? {
        let entries = [Entry::Index(index)];
        let Some(receipt) = receipt::read(connection, &entries).await?.pop() else {
            return Ok(Latest::Unreadable);
        };
        match values(&receipt, kind) {
            None => return Ok(Latest::Unreadable),
            Some(values) if values.first().is_some_and(|first| first == subject) => return Ok(Latest::Says(values)),
            Some(_) => {}
        }
    }
    Ok(Latest::Never)
}

/// The values of all fields; none when one is missing or does not fit.
fn values(receipt: &Receipt, kind: Kind) -> Option<Vec<String>> {
    let leaf = Leaf::parse(&receipt.leaf)?;
    let digests: BTreeSet<String> = receipt
        .disclosures
        .iter()
        .map(|text| disclosure::digest(text))
        .collect();
    let held: BTreeSet<String> = leaf.sd.iter().cloned().collect();
    if leaf.kind != kind.name() || digests != held {
        return None;
    }
    let read: Option<Vec<(String, String)>> = receipt.disclosures.iter().map(|text| disclosure::read(text)).collect();
    let read = read?;
    let value = |name: &&str| {
        read.iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.clone())
    };
    kind.fields().iter().map(value).collect()
}
