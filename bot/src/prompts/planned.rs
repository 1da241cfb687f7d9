//! What is decided for a member in a period.

use super::period::Period;
use crate::clock::Millis;

/// What is decided for a candidate in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Index in the diary's candidates.
    pub candidate: usize,
    pub period: Period,
    pub opens_at: Millis,
    pub due_at: Millis,
    pub closes_at: Millis,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Open,
    /// No slot of the period was free.
    Load,
    /// The bot was away, and the asking cannot be made up for.
    Outage,
}
