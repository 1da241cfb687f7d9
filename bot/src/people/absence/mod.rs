//! Leaves: entering one, looking at those that stand, shortening one and taking it back.
//!
//! Whole days in the member's zone. Managers enter and change what lies ahead of them; days before today, and what
//! belongs to others, are the programme owner's.

mod change;
mod enter;
mod look;

pub use change::{AbsenceChange, Change, ChangeOutcome, change_absence};
pub use enter::{AbsenceDraft, AbsenceOutcome, LONGEST_ABSENCE_DAYS, enter_absence};
pub use look::{KnownAbsence, absence, absences};
