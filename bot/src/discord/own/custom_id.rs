//! What is pressed, chosen and sent about one's own answers and absences.

use std::fmt;

use crate::discord::edge::custom_id::{VERSION, is_row_id};
use crate::ids::AbsenceId;

/// A button or menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// The list of a person's own answers. The chosen one comes beside it.
    Answer,
    /// The menu of absences. The chosen one comes beside it.
    Leave,
    /// Opens the form with an absence's last day.
    Shorten(AbsenceId),
    /// The wish to withdraw an absence.
    Withdraw(AbsenceId),
    /// The second press, which does it.
    Withdrawn(AbsenceId),
}

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// An absence's last day.
    Shorten(AbsenceId),
}

impl fmt::Display for Press {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer => write!(formatter, "{VERSION}:own"),
            Self::Leave => write!(formatter, "{VERSION}:away"),
            Self::Shorten(absence) => Form::Shorten(absence.clone()).fmt(formatter),
            Self::Withdraw(absence) => write!(formatter, "{VERSION}:away:withdraw:{absence}"),
            Self::Withdrawn(absence) => write!(formatter, "{VERSION}:away:withdrawn:{absence}"),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Shorten(absence) = self;
        write!(formatter, "{VERSION}:away:shorten:{absence}")
    }
}

impl Press {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        match words {
            ["own"] => Some(Self::Answer),
            ["away"] => Some(Self::Leave),
            ["away", "withdraw", absence] => chosen_absence(absence).map(Self::Withdraw),
            ["away", "withdrawn", absence] => chosen_absence(absence).map(Self::Withdrawn),
            _ => Form::read(words).map(|Form::Shorten(absence)| Self::Shorten(absence)),
        }
    }
}

impl Form {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        match words {
            ["away", "shorten", absence] => chosen_absence(absence).map(Self::Shorten),
            _ => None,
        }
    }
}

/// The absence that a choice from the menu names.
pub fn chosen_absence(value: &str) -> Option<AbsenceId> {
    is_row_id(value).then(|| AbsenceId::new(value))
}
