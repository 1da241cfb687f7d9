//! A leave's row against the leaf of its entry. A leave goes with its row when it is erased.

use super::course::{instant, written};
use super::difference::{Row, Tables};
use super::store::AbsenceRow;
use crate::clock::Millis;
use crate::evidence::Kind;
use crate::evidence::verify::Entry;

pub(super) const TABLE: &str = "absence";
pub(super) const KINDS: [Kind; 2] = [Kind::AbsenceEntered, Kind::AbsenceRecorded];

/// Whether the row went with an erasure.
pub(super) fn is_erased(entry: &Entry) -> bool {
    entry.field("member").is_none()
}

/// Whether it is the row of a leaf of an earlier version, when rows named no record.
pub(super) fn is_of(row: &AbsenceRow, entry: &Entry) -> bool {
    row.rec.is_none()
        && entry.field("member") == Some(row.member.to_string().as_str())
        && instant(entry, "from") == Some(row.from_at)
        && instant(entry, "to") == Some(row.to_at)
        && written(entry, Some(row.entered_at)) == row.entered_at
}

pub(super) fn compare(row: &AbsenceRow, entry: &Entry, tables: &mut Tables) {
    let mut own = Row {
        table: TABLE,
        id: &row.id,
        tables,
    };
    let at = |at: i64| Millis(at).rfc3339();
    own.holds(
        "organisation",
        row.organisation.to_string(),
        entry.field("organisation"),
    );
    own.holds("member", row.member.to_string(), entry.field("member"));
    own.holds("from_at", at(row.from_at), entry.field("from"));
    own.holds("to_at", at(row.to_at), entry.field("to"));
    own.is(
        "entered_at",
        Some(at(row.entered_at)),
        Some(at(written(entry, Some(row.entered_at)))),
    );
    match entry.field("entered_by") {
        Some(said) => own.is("entered_by", Some(row.entered_by.to_string()), Some(said.to_owned())),
        None => own.must(
            row.entered_by < 0,
            "entered_by",
            Some(row.entered_by.to_string()),
            "nobody: it was erased",
        ),
    }
}
