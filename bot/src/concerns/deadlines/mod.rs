//! What happens by the clock: news, warnings, questions after the closing, drills, and whom each of them reaches.

pub(super) mod ask_back;
pub(super) mod bell;
pub(super) mod chase;
pub mod clocks;
pub(super) mod drill;
pub(super) mod ladder;
pub(super) mod letter;
mod occasion;
pub(super) mod rounds;
pub(super) mod tell_news;
mod trouble;
pub(super) mod warn;
