//! Erasing what the log and the tables know about an answer or a person.
//!
//! What was committed to stays committed: leaves, proofs and checkpoints are never touched. The salts and values that
//! the leaves' digests stand for are erased, and so are the texts and choices in the tables, and what leads to a
//! person. A leaf says so each time. What is erased is written into a journal beside the signing guard first, by random
//! ids alone, so that a restored backup is erased again before it is served.

mod back;
mod erase;
mod find;
mod look;
mod plan;
mod replay;
mod store;

pub use crate::erasable::{Basis, Journal, JournalError, Whose};
pub use erase::{Outcome, erase};
pub use look::plan;
pub use plan::{Plan, Planned, Refusal, Request, Rows, Scope, Which, erasable};
pub use replay::{Replayed, came_back, forget_again, replay};

#[cfg(test)]
mod tests;
