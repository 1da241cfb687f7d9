//! The SQL of assignments, cycles, answers, and the catalogues that were in force.

mod answer;
mod assignment;
mod brief;
mod catalogue;
mod change;
mod cycle;
mod past;

pub(crate) use answer::{answers, insert_answer, next_revision, written_by};
pub use answer::{records, said};
pub(crate) use assignment::{any_started_since, assignments, insert_assignments, set_ended};
pub(crate) use brief::{Brief, briefs, last_asked, newest_of, taken};
#[cfg(test)]
pub(crate) use catalogue::catalogue_texts;
pub(crate) use catalogue::keep_catalogue;
pub(crate) use change::{
    close, extend, insert_cycles, reopen, set_answered, set_delivered, set_draft, set_reason, set_withdrawn,
};
pub(crate) use cycle::{closing, next_closing, open_elsewhere, open_from_before, running_of, unsent};
pub use cycle::{cycle, own_record, pending};
pub(crate) use entity::answer::Model as AnswerRow;
pub(crate) use entity::assignment::Model as AssignmentRow;
pub(crate) use entity::cycle::Model as CycleRow;
pub(crate) use past::{Past, ever_asked, first_due, history, newest_outcomes};
