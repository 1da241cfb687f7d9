//! Somebody who reads along while the log is checked, so that it is read only once.

use bellwether_tlog::kind::Kind;

use crate::clock::Millis;
use crate::db::Connection;

/// A leaf that is sound by itself, and what is kept of its fields.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub index: u64,
    /// When it was recorded.
    pub at: Millis,
    /// Whether the clock said so, too: if it ran backwards, the log repeats its last instant.
    pub on_time: bool,
    /// None if this version does not know it.
    pub kind: Option<Kind>,
    pub rec: String,
    /// The earlier leaf that it continues.
    pub of: Option<u64>,
    /// Names and values.
    pub fields: Vec<(String, String)>,
}

impl Entry {
    /// What is kept of a field.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        fields.find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Gets the log's leaves in order, a page at a time, each page with the view of the database that it is from.
pub(crate) trait ReadsAlong: Send {
    /// Before the first leaf.
    fn begin(&mut self, connection: &impl Connection) -> impl Future<Output = anyhow::Result<()>> + Send;

    /// The next leaves.
    fn page(
        &mut self,
        connection: &impl Connection,
        entries: Vec<Entry>,
    ) -> impl Future<Output = anyhow::Result<()>> + Send;

    /// After the last leaf of a sound log.
    fn end(&mut self, connection: &impl Connection) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// Nobody.
impl ReadsAlong for () {
    async fn begin(&mut self, _: &impl Connection) -> anyhow::Result<()> {
        Ok(())
    }

    async fn page(&mut self, _: &impl Connection, _: Vec<Entry>) -> anyhow::Result<()> {
        Ok(())
    }

    async fn end(&mut self, _: &impl Connection) -> anyhow::Result<()> {
        Ok(())
    }
}
