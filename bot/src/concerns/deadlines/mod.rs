//! What happens by the clock: news, warnings, questions after the closing, drills, and who each of them reaches.

pub(super) mod ask_back;
pub(super) mod drill;
pub mod due;
pub(super) mod escalation;
pub(super) mod fixed_times;
pub(super) mod letter;
pub(super) mod notify;
mod problems;
pub(super) mod run;
mod still_due;
pub(super) mod tell_news;
pub(super) mod warn;
