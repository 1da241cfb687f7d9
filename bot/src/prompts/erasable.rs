//! What names a person here, or holds their words, and what happens to it when it is erased.

use super::said::ERASED;
use crate::erasable::{Emptied, Erasable, Field, Goes};

/// A field of an answer's record.
const fn field(name: &'static str, column: &'static str, emptied: Emptied) -> Field {
    Field {
        name,
        column,
        emptied,
        copied_from: None,
    }
}

/// Figures count answers, cycles and assignments, so their rows stay.
pub const ERASABLE: &[Erasable] = &[
    Erasable {
        table: "answer",
        told: "answers and corrections: emptied",
        through: Some(("cycle", "cycle")),
        goes: Goes::Columns(&[]),
        fields: &[
            field("text", "detail", Emptied::Null),
            field("reason", "reason", Emptied::Null),
            field("choice", "choice", Emptied::Word(ERASED)),
            field("interaction", "interaction", Emptied::Nobody),
        ],
        ..Erasable::ROW
    },
    Erasable {
        table: "cycle",
        told: "cycles: still counted, under a number that leads to nobody",
        goes: Goes::Columns(&[
            ("zone", Emptied::Word("UTC")),
            ("draft_choice", Emptied::Null),
            ("draft_at", Emptied::Null),
        ]),
        begins: true,
        fields: &[Field {
            // The cycle keeps the first answer's choice too.
            copied_from: Some(("answer", "cycle", "act = 'answered' AND revision > 0")),
            ..field("choice", "choice", Emptied::Null)
        }],
        ..Erasable::ROW
    },
    Erasable {
        table: "assignment",
        told: "assignments: the same, and ended",
        goes: Goes::Columns(&[]),
        ..Erasable::ROW
    },
];
