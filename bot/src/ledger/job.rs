//! A piece of work, what it writes through, and the error that says it is unknown whether it was written.

use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::clock::Millis;
use crate::db::Transaction;
use crate::evidence::NewLeaf;

/// It could not be found out whether what should be written is in the database.
#[derive(Debug, thiserror::Error)]
#[error("it is not known whether it was written: {0}")]
pub struct Unknown(pub(super) String);

/// What a use case writes through: the open transaction and the leaves that it will leave behind.
pub struct Tx {
    pub(super) connection: Transaction,
    pub(super) now: Millis,
    pub(super) leaves: Mutex<Vec<NewLeaf>>,
}

impl Tx {
    /// For queries inside the transaction.
    pub fn connection(&self) -> &Transaction {
        &self.connection
    }

    /// When this transaction began, on the clock.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// Promises a leaf: it enters the log when the transaction commits, in the order of these calls.
    pub fn evidence(&self, leaf: NewLeaf) {
        self.leaves.lock().push(leaf);
    }
}

pub(super) type Work = Box<dyn for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, anyhow::Result<()>> + Send>;
pub(super) type Done = oneshot::Sender<anyhow::Result<()>>;

/// A piece of work, and who is told when it is done.
pub(super) struct Job {
    pub work: Work,
    pub done: Done,
}
