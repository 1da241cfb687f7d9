//! The four answers, what they mean for the metrics, and what they ask next.

use std::str::FromStr;

/// The four answers there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    Done,
    NotYet,
    NotApplicable,
    NeedHelp,
}

impl Choice {
    /// In the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Done, Self::NotYet, Self::NotApplicable, Self::NeedHelp];

    /// The word in catalogue, database, custom ids and evidence.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotYet => "not-yet",
            Self::NotApplicable => "not-applicable",
            Self::NeedHelp => "need-help",
        }
    }
}

/// A text that is none of the four answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an answer is one of done, not-yet, not-applicable, need-help")]
pub struct UnknownChoice;

impl FromStr for Choice {
    type Err = UnknownChoice;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|choice| choice.id() == text)
            .ok_or(UnknownChoice)
    }
}

/// What an answer means for the metrics, and what it asks next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub choice: Choice,
    pub counts_as: CountsAs,
    pub asks: Asks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountsAs {
    Affirm,
    Shortfall,
    Excused,
    Help,
}

/// The second step of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    FollowUp,
    Commitment,
    Reason,
    Blocker,
}
