//! A cycle's row compared with the leaf of its opening: what is frozen when it is created.

use super::course::written;
use super::difference::{Row, Tables};
use crate::clock::Millis;
use crate::evidence::verify::Entry;
use crate::prompts::store::CycleRow;

pub(super) const TABLE: &str = "cycle";

pub(super) fn compare(row: &CycleRow, entry: &Entry, tables: &mut Tables) {
    let mut own = Row {
        table: TABLE,
        id: &row.id,
        tables,
    };
    own.holds(
        "organisation",
        row.organisation.to_string(),
        entry.field("organisation"),
    );
    own.holds("member", row.member.to_string(), entry.field("member"));
    own.holds("prompt", row.prompt.clone(), entry.field("prompt"));
    own.holds("catalogue", row.catalogue.clone(), entry.field("catalogue"));
    own.holds("period", row.period.clone(), entry.field("period"));
    own.holds("ordinal", row.ordinal.to_string(), entry.field("ordinal"));
    own.holds("zone", row.zone.clone(), entry.field("zone"));
    own.holds("opens_at", Millis(row.opens_at).rfc3339(), entry.field("opens"));
    own.holds("follow_up", row.follow_up.to_string(), entry.field("follow_up"));
    let created = written(entry, Some(row.created_at));
    own.at("created_at", Some(row.created_at), Some(created));
    // The row of a person who was erased completely must not be given to somebody else.
    let erased = entry.fields.is_empty();
    own.must(
        !erased || row.member < 0,
        "member",
        Some(row.member.to_string()),
        "an erased person",
    );
}
