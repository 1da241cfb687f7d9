//! What the newest record of a kind says of one subject, and that the log really holds it: the leaf is proved against
//! the signed root, and the disclosed fields against the leaf. A row changed by hand is found.

use std::collections::BTreeMap;

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
    /// A newer record is there that does not say any more what it is about, or whose fields do not fit its leaf.
    Unreadable,
    /// The values of the kind's fields, in their order; none for one that was erased.
    Says(Vec<Option<String>>),
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
            Some(values) => match values.first() {
                Some(Some(first)) if first == subject => return Ok(Latest::Says(values)),
                Some(Some(_)) => {}
                Some(None) | None => return Ok(Latest::Unreadable),
            },
        }
    }
    Ok(Latest::Never)
}

/// The values of the fields that are still there; none when one does not fit the leaf.
fn values(receipt: &Receipt, kind: Kind) -> Option<Vec<Option<String>>> {
    let leaf = Leaf::parse(&receipt.leaf)?;
    let fits = |text: &String| leaf.sd.contains(&disclosure::digest(text));
    if leaf.kind != kind.name() || !receipt.disclosures.iter().all(fits) {
        return None;
    }
    let read = receipt.disclosures.iter().map(|text| disclosure::read(text));
    let read: BTreeMap<String, String> = read.collect::<Option<_>>()?;
    Some(kind.fields().iter().map(|name| read.get(*name).cloned()).collect())
}
