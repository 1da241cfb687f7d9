//! What the buttons and forms of a question carry.

use std::fmt;

use crate::catalogue::Choice;
use crate::discord::edge::custom_id::{LIMIT, VERSION, is_row_id, is_word};
use crate::ids::CycleId;

/// A button about one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// One of a question's four buttons.
    Answer(Ask),
    /// One of the four buttons that choose what a corrected answer says.
    Amend(Ask),
    /// The files that prove an answer.
    Receipt(CycleId),
    /// The wish to correct an answer.
    Correct(CycleId),
    /// The wish to withdraw an answer.
    Retract(CycleId),
    /// The second press, which does it.
    Retracted(CycleId),
}

/// A form about one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The form of an answer.
    Detail(Ask),
    /// The form of a correction.
    Amendment(Ask),
}

/// Enough to open the second step without asking the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub cycle: CycleId,
    pub choice: Choice,
    /// Whether the follow-up was drawn, so that "done" needs its line.
    pub follow_up: bool,
    /// The prompt's id; none if it does not fit or has characters other than letters, digits, `-`, `_` and `.`.
    pub prompt: Option<String>,
}

impl fmt::Display for Press {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(ask) => ask.write(formatter, "answer"),
            Self::Amend(ask) => ask.write(formatter, "amend"),
            Self::Receipt(cycle) => write!(formatter, "{VERSION}:receipt:{cycle}"),
            Self::Correct(cycle) => write!(formatter, "{VERSION}:correct:{cycle}"),
            Self::Retract(cycle) => write!(formatter, "{VERSION}:retract:{cycle}"),
            Self::Retracted(cycle) => write!(formatter, "{VERSION}:retracted:{cycle}"),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Detail(ask) => ask.write(formatter, "detail"),
            Self::Amendment(ask) => ask.write(formatter, "reason"),
        }
    }
}

impl Press {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        match words {
            ["answer", ask @ ..] => Ask::read(ask).map(Self::Answer),
            ["amend", ask @ ..] => Ask::read(ask).map(Self::Amend),
            ["receipt", cycle] => chosen(cycle).map(Self::Receipt),
            ["correct", cycle] => chosen(cycle).map(Self::Correct),
            ["retract", cycle] => chosen(cycle).map(Self::Retract),
            ["retracted", cycle] => chosen(cycle).map(Self::Retracted),
            _ => None,
        }
    }
}

impl Form {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        match words {
            ["detail", ask @ ..] => Ask::read(ask).map(Self::Detail),
            ["reason", ask @ ..] => Ask::read(ask).map(Self::Amendment),
            _ => None,
        }
    }
}

impl Ask {
    fn write(&self, formatter: &mut fmt::Formatter<'_>, word: &str) -> fmt::Result {
        let (choice, drawn) = (letter(self.choice), u8::from(self.follow_up));
        let head = format!("{VERSION}:{word}:{}:{choice}:{drawn}:", self.cycle);
        let prompt = self.prompt.as_deref().unwrap_or_default();
        let fits = is_word(prompt) && head.len() + prompt.len() <= LIMIT;
        write!(formatter, "{head}{}", if fits { prompt } else { "" })
    }

    fn read(words: &[&str]) -> Option<Self> {
        let [cycle, choice, drawn @ ("0" | "1"), prompt] = words else {
            return None;
        };
        Some(Self {
            cycle: chosen(cycle)?,
            choice: Choice::ALL.into_iter().find(|known| letter(*known) == *choice)?,
            follow_up: *drawn == "1",
            prompt: is_word(prompt).then(|| (!prompt.is_empty()).then(|| (*prompt).to_owned()))?,
        })
    }
}

/// The cycle that a choice from the list of own answers names.
pub fn chosen(value: &str) -> Option<CycleId> {
    is_row_id(value).then(|| CycleId::new(value))
}

const fn letter(choice: Choice) -> &'static str {
    match choice {
        Choice::Done => "d",
        Choice::NotYet => "n",
        Choice::NotApplicable => "a",
        Choice::NeedHelp => "h",
    }
}
