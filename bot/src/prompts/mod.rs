//! Asking: assignments, cycles and answers.
//!
//! Every expected asking is a cycle, also those that were missed, excused, cancelled or never delivered. A cycle is
//! unique for its assignment and period, so repeating any step is harmless.

mod amend;
mod assign;
mod board;
mod calendar;
mod catch_up;
mod close_cycle;
mod cycle;
mod delivery;
mod detail;
mod end_removed;
mod erasable;
mod note_catalogue;
mod note_schedule;
mod open_cycle;
mod opening;
mod outage;
pub mod period;
pub mod plan;
mod planned;
mod record_answer;
mod retract;
mod return_early;
mod rules;
mod said;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod tick;
mod unreached;

pub use amend::{AMENDABLE, AmendOutcome, AmendmentDraft, MOST_AMENDMENTS, Standing, amend, why_not};
pub use calendar::{PlannedAsking, forecast};
pub(crate) use cycle::is_late;
pub use cycle::{Cycle, State, Wording};
pub use delivery::{Delivered, Noted, Route, note_delivered, note_undelivered};
pub use detail::{ASKED_CHARS, Detail, MOST_CHARS};
pub use erasable::ERASABLE;
pub use note_catalogue::{VersionOutcome, note_catalogue};
pub use note_schedule::note_schedules;
pub use outage::Outage;
pub use record_answer::{AnswerDraft, DraftOutcome, Receipt, RecordOutcome, note_draft, record_answer};
pub use retract::{RetractOutcome, RetractionDraft, retract};
pub use return_early::change_absence;
pub use rules::{Rules, Slot};
pub use said::{Act, ERASED, RETRACTED, Said};
pub use store::{cycle, own_record, pending, records, said};
pub use tick::{HEARTBEAT, OUTAGE, Tick};
