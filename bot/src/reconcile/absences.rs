//! An absence's row compared with the leaf of its entry, and of its changes. The leaf of an absence is erased together
//! with its row.

use std::collections::BTreeMap;

use super::course::{Place, instant, written};
use super::difference::{Row, Tables};
use super::store::AbsenceRow;
use crate::clock::Millis;
use crate::evidence::Kind;
use crate::evidence::verify::Entry;

pub(super) const TABLE: &str = "absence";
pub(super) const KINDS: [Kind; 2] = [Kind::AbsenceEntered, Kind::AbsenceRecorded];

/// Absences by the places of their entries: as their rows have them, and as the leaves say so far.
#[derive(Debug, Default)]
pub(super) struct Leaves(BTreeMap<Place, Leave>);

#[derive(Debug)]
struct Leave {
    row: AbsenceRow,
    to: i64,
    withdrawn: Option<i64>,
}

impl Leaves {
    /// Compares a row with its entry, and remembers it for later changes.
    pub(super) fn entered(&mut self, place: Place, row: AbsenceRow, entry: &Entry, tables: &mut Tables) {
        compare(&row, entry, tables);
        let to = instant(entry, "to").unwrap_or(row.to_at);
        let leave = Leave {
            row,
            to,
            withdrawn: None,
        };
        self.0.insert(place, leave);
    }

    /// An absence was shortened or withdrawn.
    pub(super) fn changed(&mut self, log: Option<u32>, entry: &Entry) {
        let leave = match entry.of {
            Some(of) => self.0.get_mut(&(log, of)),
            // Its entry is in a closed log, which a leaf does not name.
            None => self.0.values_mut().find(|leave| leave.would_fit(entry)),
        };
        // An entry without a row is reported there.
        let Some(leave) = leave else { return };
        match instant(entry, "to") {
            Some(to) => leave.to = to,
            None if entry.kind == Some(Kind::AbsenceShortened) => leave.to = leave.row.to_at,
            None => leave.withdrawn = Some(written(entry, leave.row.withdrawn_at)),
        }
    }

    pub(super) fn end(self, tables: &mut Tables) {
        let at = |at: i64| Millis(at).rfc3339();
        for Leave { row, to, withdrawn } in self.0.into_values() {
            let mut own = Row {
                table: TABLE,
                id: &row.id,
                tables,
            };
            own.is("to_at", Some(at(row.to_at)), Some(at(to)));
            own.is("withdrawn_at", row.withdrawn_at.map(at), withdrawn.map(at));
        }
    }
}

impl Leave {
    fn would_fit(&self, entry: &Entry) -> bool {
        let of_member = entry.field("member") == Some(self.row.member.to_string().as_str());
        of_member
            && match instant(entry, "to") {
                Some(to) => to == self.row.to_at,
                None => Some(written(entry, self.row.withdrawn_at)) == self.row.withdrawn_at,
            }
    }
}

/// Whether the row was erased.
pub(super) fn is_erased(entry: &Entry) -> bool {
    entry.field("member").is_none()
}

/// Whether it is the row of a leaf of an earlier version, when rows named no record.
pub(super) fn is_of(row: &AbsenceRow, entry: &Entry) -> bool {
    row.rec.is_none()
        && entry.field("member") == Some(row.member.to_string().as_str())
        && instant(entry, "from") == Some(row.from_at)
        && written(entry, Some(row.entered_at)) == row.entered_at
}

fn compare(row: &AbsenceRow, entry: &Entry, tables: &mut Tables) {
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
