//! What the buttons and forms of a question carry.

use std::fmt;

use crate::catalogue::Choice;
use crate::discord::edge::custom_id::{LIMIT, VERSION, is_row_id, is_word};
use crate::ids::CycleId;

/// A button or form about one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// One of a question's four buttons.
    Answer(Ask),
    /// The form that such a button opens.
    Detail(Ask),
    /// One of the four buttons that choose what a corrected answer says.
    Amend(Ask),
    /// The form that such a button opens.
    Amendment(Ask),
    /// The files that prove an answer.
    Receipt(CycleId),
    /// The wish to correct an answer.
    Correct(CycleId),
    /// The wish to take an answer back.
    Retract(CycleId),
    /// The second press, which does it.
    Retracted(CycleId),
}

/// Enough to open the second step without asking the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub cycle: CycleId,
    pub choice: Choice,
    /// Whether the follow-up was drawn, so that "done" needs its line.
    pub follow_up: bool,
    /// The prompt's id; none where it does not fit or has other characters than letters, digits, `-`, `_` and `.`.
    pub prompt: Option<String>,
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (area, ask) = match self {
            Self::Answer(ask) => ("answer", ask),
            Self::Detail(ask) => ("detail", ask),
            Self::Amend(ask) => ("amend", ask),
            Self::Amendment(ask) => ("reason", ask),
            Self::Receipt(cycle) => return write!(formatter, "{VERSION}:receipt:{cycle}"),
            Self::Correct(cycle) => return write!(formatter, "{VERSION}:correct:{cycle}"),
            Self::Retract(cycle) => return write!(formatter, "{VERSION}:retract:{cycle}"),
            Self::Retracted(cycle) => return write!(formatter, "{VERSION}:retracted:{cycle}"),
        };
        let head = format!(
            "{VERSION}:{area}:{}:{}:{}:",
            ask.cycle,
            letter(ask.choice),
            u8::from(ask.follow_up)
        );
        let prompt = ask.prompt.as_deref().unwrap_or_default();
        let fits = is_word(prompt) && head.len() + prompt.len() <= LIMIT;
        write!(formatter, "{head}{}", if fits { prompt } else { "" })
    }
}

impl Id {
    /// From the area's word and what stands behind it.
    pub fn read<'a>(word: &str, parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        match word {
            "answer" => ask(parts).map(Self::Answer),
            "detail" => ask(parts).map(Self::Detail),
            "amend" => ask(parts).map(Self::Amend),
            "reason" => ask(parts).map(Self::Amendment),
            "receipt" => cycle(parts).map(Self::Receipt),
            "correct" => cycle(parts).map(Self::Correct),
            "retract" => cycle(parts).map(Self::Retract),
            "retracted" => cycle(parts).map(Self::Retracted),
            _ => None,
        }
    }
}

/// The cycle that a choice from the list of own answers names.
pub fn chosen(value: &str) -> Option<CycleId> {
    is_row_id(value).then(|| CycleId::new(value))
}

fn cycle<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<CycleId> {
    let cycle = parts.next().and_then(chosen)?;
    parts.next().is_none().then_some(cycle)
}

fn ask<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Ask> {
    let cycle = parts.next().filter(|part| is_row_id(part))?;
    let choice = Choice::ALL
        .into_iter()
        .zip([parts.next()?; 4])
        .find_map(|(choice, part)| (letter(choice) == part).then_some(choice))?;
    let follow_up = match parts.next()? {
        "0" => false,
        "1" => true,
        _ => return None,
    };
    let prompt = parts.next().filter(|part| is_word(part))?;
    parts.next().is_none().then(|| Ask {
        cycle: CycleId::new(cycle),
        choice,
        follow_up,
        prompt: (!prompt.is_empty()).then(|| prompt.to_owned()),
    })
}

const fn letter(choice: Choice) -> &'static str {
    match choice {
        Choice::Done => "d",
        Choice::NotYet => "n",
        Choice::NotApplicable => "a",
        Choice::NeedHelp => "h",
    }
}
