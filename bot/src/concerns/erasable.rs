//! What names a reporter here, and what is deleted with a case.

use crate::erasable::Erasable;

pub const ERASABLE: &[Erasable] = &[Erasable {
    table: "concern_named",
    told: "concerns under their name: the bot forgets whom to answer; the sealed reports go with their cases",
    id: "case_id",
    through: Some(("case_id", "concern_case")),
    ..Erasable::ROW
}];

/// The tables whose rows are deleted with the case that their column `case_id` names.
pub const WITH_THE_CASE: [&str; 8] = [
    "concern_entry",
    "concern_file",
    "concern_identity",
    "concern_named",
    "concern_barred",
    "concern_unsealing",
    "concern_event",
    "concern_notice",
];
