//! What was erased, as a log tells it.

mod store;

use crate::db::Connection;
use crate::ids::RecordId;

/// What stands between the id of a closed log's record and the names of its fields.
const OF_CLOSED: char = ':';

/// A record with erased fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    pub record: RecordId,
    /// The names of the fields that are still kept.
    pub kept: Vec<String>,
}

/// The records that leaves `record.erased` are about, those of closed logs too.
///
/// # Errors
/// When the log cannot be read.
pub async fn erased_records(connection: &impl Connection) -> anyhow::Result<Vec<Erased>> {
    store::erased(connection).await
}

/// Deletes the fields of these records that are no longer kept elsewhere, inside a transaction. Returns how many
/// fields that were. Harmless when repeated.
pub(super) async fn forget_in(connection: &impl Connection, erased: &[Erased]) -> anyhow::Result<u64> {
    store::forget(connection, erased).await
}

/// As [`forget_in`], in a transaction of its own, for tests.
#[cfg(test)]
pub(crate) async fn forget(db: &crate::db::Db, erased: &[Erased]) -> anyhow::Result<u64> {
    let transaction = db.begin().await?;
    let forgotten = forget_in(&transaction, erased).await?;
    transaction.commit().await?;
    Ok(forgotten)
}

/// The value of the field `fields`.
pub(super) fn told(names: &[&str], closed_record: Option<&str>) -> String {
    let names = names.join(",");
    match closed_record {
        None => names,
        Some(record) => format!("{record}{OF_CLOSED}{names}"),
    }
}

/// The record of a closed log that such a value names.
fn closed_record(told: &str) -> Option<&str> {
    told.split_once(OF_CLOSED).map(|(record, _)| record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_closed_is_named_by_its_record() {
        assert_eq!(told(&["text", "choice"], None), "text,choice");
        assert_eq!(closed_record("text,choice"), None);
        let closed = told(&["text", "choice"], Some("0123"));
        assert_eq!(closed, "0123:text,choice");
        assert_eq!(closed_record(&closed), Some("0123"));
    }
}
