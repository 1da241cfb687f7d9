//! Who belongs to an organisation, in which roles, and when they are away.
//!
//! Only members who hold a role or an audience are kept, and those who once did.

mod absence;
mod arrival;
mod erasable;
pub mod reach;
mod see;
mod standing;
pub(crate) mod store;

pub use absence::{
    AbsenceChange, AbsenceDraft, AbsenceOutcome, Change, ChangeOutcome, KnownAbsence, LONGEST_ABSENCE_DAYS, absence,
    absences, change_absence, enter_absence,
};
pub use arrival::{Arrival, Arrivals};
pub use erasable::{ABSENCE, ERASABLE};
pub use see::{Seen, leave, note_locale, see, see_again, see_all};
pub use standing::Standing;
pub use store::{all, find};
