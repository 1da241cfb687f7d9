//! The buttons below the question whether anything got worse since a case was closed.

use std::fmt;

use crate::concerns::{After, CheckAnswer};
use crate::discord::edge::custom_id::{VERSION, is_row_id};
use crate::ids::CaseId;

/// The question after a case was closed, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub case: CaseId,
    pub after: After,
    pub answer: CheckAnswer,
}

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, after, answer } = self;
        write!(formatter, "{VERSION}:check:{case}:{}:{}", after.days(), answer.word())
    }
}

impl Asked {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        let ["check", case, days, answer] = words else {
            return None;
        };
        Some(Self {
            case: is_row_id(case).then(|| CaseId::new(*case))?,
            after: After::of(days.parse().ok()?)?,
            answer: CheckAnswer::of(answer)?,
        })
    }
}
