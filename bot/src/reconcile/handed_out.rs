//! The register of packs compared with the leaves `pack.disclosed`: what was handed out, to whom, and how many records.

use super::course::written;
use super::difference::{Difference, Row, Tables};
use super::store::{self, PackRow};
use crate::clock::Millis;
use crate::evidence::verify::Entry;

pub(super) const TABLE: &str = "log_pack";

pub(super) fn compare(row: &PackRow, entry: &Entry, origin: Option<&str>, tables: &mut Tables) {
    let mut own = Row {
        table: TABLE,
        id: &row.rec,
        tables,
    };
    own.holds("origin", row.origin.clone(), origin);
    own.holds("to_whom", row.to_whom.clone(), entry.field("to_whom"));
    own.holds("scope", row.scope.clone(), entry.field("scope"));
    own.holds("fields", row.fields.clone(), entry.field("fields"));
    own.holds("records", row.records.to_string(), entry.field("records"));
    own.holds("size", row.size.to_string(), entry.field("size"));
    own.holds("sha256", row.sha256.clone(), entry.field("sha256"));
    own.is(
        "at",
        Some(Millis(row.at).rfc3339()),
        Some(Millis(written(entry, Some(row.at))).rfc3339()),
    );
}

/// The ranges of a pack must cover as many records as it discloses, within its leaves.
pub(super) async fn compare_spans(connection: &impl crate::db::Connection, tables: &mut Tables) -> anyhow::Result<()> {
    for (pack, found, said) in store::unlike_their_spans(connection).await? {
        tables.differ(Difference {
            table: "log_pack_span",
            row: pack,
            column: "first and last",
            found: Some(format!("{found} records")),
            said: Some(format!("{said} records")),
        });
    }
    Ok(())
}
