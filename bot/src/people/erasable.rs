//! What names a person here, and what happens to it when it is erased.

use crate::erasable::Erasable;

/// Leaves. One can also go alone, by its record.
pub const ABSENCE: Erasable = Erasable {
    table: "absence",
    told: "absences: deleted",
    others: &["entered_by"],
    ..Erasable::ROW
};

pub const ERASABLE: &[Erasable] = &[
    Erasable {
        table: "member",
        told: "row of the member: deleted",
        ..Erasable::ROW
    },
    ABSENCE,
];
