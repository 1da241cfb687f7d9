//! What the newest record of a kind says about one subject, and that the log really holds it: the leaf is proved
//! against the signed root, and the disclosed fields against the leaf. A row changed by hand is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;

use bellwether_tlog::disclosure;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::leaf::Leaf;

use super::receipt::{Entry, Prover, Receipt};
use super::store;
use crate::db::{Connection, Db};

/// The newest record in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Latest {
    /// There is no such record.
    Never,
    /// A newer record is there that does not say any more what it is about, or whose fields do not match its leaf.
    Unreadable,
    /// The values of the kind's fields, in order; none for one that was erased.
    Says(Vec<Option<String>>),
}

/// Finds the newest records, and remembers where those of a kind are, so that the log is searched only once. Clones
/// share that.
#[derive(Clone, Debug)]
pub struct Newest {
    db: Db,
    prover: Prover,
    seen: Arc<Mutex<BTreeMap<&'static str, Seen>>>,
}

/// Where the records of a kind are, as far as the log was searched.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// How many leaves were searched.
    size: i64,
    /// Newest first.
    indexes: Vec<u64>,
}

impl Newest {
    pub fn new(db: Db) -> Self {
        Self {
            prover: Prover::new(db.clone()),
            db,
            seen: Arc::default(),
        }
    }

    /// What the newest record of `kind` says whose first field is `subject`.
    ///
    /// # Errors
    /// When the log cannot be read, or is not consistent.
    pub async fn of(&self, kind: Kind, subject: &str) -> anyhow::Result<Latest> {
        let snapshot = self.db.snapshot().await?;
        let found = self.within(&snapshot, kind, subject).await;
        snapshot.rollback().await?;
        found
    }

    /// The same in a snapshot of the database that is already open.
    ///
    /// # Errors
    /// When the log cannot be read, or is not consistent.
    pub async fn within(&self, connection: &impl Connection, kind: Kind, subject: &str) -> anyhow::Result<Latest> {
        for index in self.indexes(connection, kind.name()).await? {
            let Some(receipt) = self.prover.within(connection, &[Entry::Index(index)]).await?.pop() else {
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

    /// The leaves of a kind, newest first.
    async fn indexes(&self, connection: &impl Connection, kind: &'static str) -> anyhow::Result<Vec<u64>> {
        let size = store::last_checkpoint(connection).await?.map_or(0, |last| last.size);
        let seen = self.seen.lock().get(kind).cloned().unwrap_or_default();
        // Another log may be there.
        let mut seen = if seen.size <= size { seen } else { Seen::default() };
        let mut all = store::of_kind(connection, kind, seen.size).await?;
        let signed = all.iter().copied().filter(|index| (*index as i64) < size);
        seen.indexes.splice(..0, signed.collect::<Vec<_>>());
        all.retain(|index| *index as i64 >= size);
        all.extend(&seen.indexes);
        seen.size = size;
        self.seen.lock().insert(kind, seen);
        Ok(all)
    }
}

/// The values of the fields that are still there; none if one does not match the leaf.
fn values(receipt: &Receipt, kind: Kind) -> Option<Vec<Option<String>>> {
    let leaf = Leaf::parse(&receipt.leaf)?;
    let fits = |text: &String| leaf.commits_to(text);
    if leaf.kind != kind.name() || !receipt.disclosures.iter().all(fits) {
        return None;
    }
    let read = receipt.disclosures.iter().map(|text| disclosure::read(text));
    let read: BTreeMap<String, String> = read.collect::<Option<_>>()?;
    Some(kind.fields().iter().map(|name| read.get(*name).cloned()).collect())
}
