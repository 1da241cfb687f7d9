//! The second step of an answer: what makes a button valid.

use serde::{Deserialize, Serialize};

use crate::catalogue::Choice;

/// Characters that a person is asked for at most; what a text input should be limited to.
pub const ASKED_CHARS: usize = 300;
/// Characters that are taken: what a Discord text input can carry.
pub const MOST_CHARS: usize = 4_000;

/// What the second step said. Kept as JSON with the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Detail {
    /// After "done".
    FollowUp { text: String },
    /// After "not yet": an if-then plan with a date, in the person's words.
    Commitment { when: String, act: String, by: String },
    /// After "not yet", without a commitment.
    NoCommitment { because: String },
    /// After "not applicable".
    Reason { text: String },
    /// After "need help".
    Blocker { text: String },
}

/// What is wrong with a second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailError {
    /// It is missing, empty, or not the one that the choice asks for.
    Needed,
    TooLong {
        found: usize,
        allowed: usize,
    },
}

impl Detail {
    /// What was written, in the order of the form.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::FollowUp { text } | Self::Reason { text } | Self::Blocker { text } => vec![text],
            Self::Commitment { when, act, by } => vec![when, act, by],
            Self::NoCommitment { because } => vec![because],
        }
    }

    fn belongs_to(&self, choice: Choice) -> bool {
        match self {
            Self::FollowUp { .. } => choice == Choice::Done,
            Self::Commitment { .. } | Self::NoCommitment { .. } => choice == Choice::NotYet,
            Self::Reason { .. } => choice == Choice::NotApplicable,
            Self::Blocker { .. } => choice == Choice::NeedHelp,
        }
    }

    /// Accepts the second step of `choice`, or says what is wrong. An empty follow-up that was not drawn is none.
    pub fn check(choice: Choice, detail: Option<Self>, follow_up_drawn: bool) -> Result<Option<Self>, DetailError> {
        let optional = choice == Choice::Done && !follow_up_drawn;
        let given = detail.filter(|detail| !detail.texts().iter().all(|text| text.trim().is_empty()));
        let Some(detail) = given else {
            return if optional { Ok(None) } else { Err(DetailError::Needed) };
        };
        if !detail.belongs_to(choice) || detail.texts().iter().any(|text| text.trim().is_empty()) {
            return Err(DetailError::Needed);
        }
        let longest = detail.texts().iter().map(|text| text.chars().count()).max();
        match longest {
            Some(found) if found > MOST_CHARS => Err(DetailError::TooLong {
                found,
                allowed: MOST_CHARS,
            }),
            Some(_) | None => Ok(Some(detail)),
        }
    }
}
