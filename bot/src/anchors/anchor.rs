//! A copy of a published checkpoint that goes, or went, outside.

use super::target::Target;
use crate::clock::Millis;

/// How the reason begins if a witness knows a tree that ours does not continue.
pub(super) const FORKED: &str = "contradiction: ";

/// The state of an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is waiting to go out, or to be tried again.
    Waiting,
    /// It is outside.
    Done,
    /// It will not go out.
    GivenUp,
    /// A newer checkpoint goes there instead, and says everything that this one says.
    Superseded,
}

impl State {
    pub(super) const ALL: [Self; 4] = [Self::Waiting, Self::Done, Self::GivenUp, Self::Superseded];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::GivenUp => "given-up",
            Self::Superseded => "superseded",
        }
    }
}

/// One copy and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub size: u64,
    pub target: Target,
    pub state: State,
    pub attempts: u32,
    pub settled_at: Option<Millis>,
    pub last_error: Option<String>,
    pub reference: Option<String>,
    /// A time-stamping authority's reply, DER.
    pub token: Option<Vec<u8>>,
}
