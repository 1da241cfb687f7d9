//! Asking: assignments, cycles and answers.
//!
//! Every expected asking is a cycle, also those that were missed, excused, cancelled or never delivered. A cycle is
//! unique for its assignment and period, so repeating any step is harmless.

mod asking;
mod cycle;
mod delivery;
mod detail;
pub mod period;
mod record_answer;
pub mod schedule;
pub(crate) mod store;

pub use asking::Asking;
pub use cycle::{Cycle, State, Wording};
pub use delivery::{Delivered, Noted, Route, note_delivered, note_undelivered};
pub use detail::{ASKED_CHARS, Detail, MOST_CHARS};
pub use record_answer::{AnswerDraft, DraftOutcome, Receipt, RecordOutcome, note_draft, record_answer};
pub use schedule::{Cron, ScheduleError};
pub use store::{cycle, own_record, pending};
