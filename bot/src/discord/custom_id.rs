//! What our buttons and forms carry: typed, versioned text of at most 100 characters.
//!
//! A member can send any text here. Reading never panics, and what it names is checked again by the use case.

mod away;
mod case;
mod check;
mod concern;
mod word;

use std::fmt;
use std::str::FromStr;

use crate::catalogue::Choice;
use crate::ids::CycleId;
pub use away::{AwayAct, AwayStep, chosen_absence};
pub use case::{CaseAct, CaseStep, KeyAct, chosen_case, chosen_key, chosen_member, is_name};
pub use check::Asked;
pub use concern::{Act, Chosen, ConcernId, Step, Visiting, is_about_concern, mark};
use word::{VERSION, is_row_id, is_version, is_word};

/// Discord's limit, in characters; ours are ASCII.
const LIMIT: usize = 100;
/// A button or form of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomId {
    /// One of a question's four buttons.
    Answer(Ask),
    /// The form that such a button opens.
    Detail(Ask),
    /// One of the four buttons that choose what a corrected answer says.
    Amend(Ask),
    /// The form that such a button opens.
    Amendment(Ask),
    /// The list of a person's own answers. What was chosen comes beside it.
    Own,
    /// The files that prove an answer.
    Receipt(CycleId),
    /// The wish to correct an answer.
    Correct(CycleId),
    /// The wish to take an answer back.
    Retract(CycleId),
    /// The second press, which does it.
    Retracted(CycleId),
    /// A step of somebody who changes a leave.
    Away(AwayStep),
    /// A step of somebody who raises a concern or comes back to it.
    Concern(ConcernId),
    /// A step of somebody who handles concerns.
    Case(CaseStep),
    /// Whether anything got worse since a case was closed.
    Check(Asked),
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

/// Why a custom id cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CustomIdError {
    #[error("not one of this bot's custom ids")]
    Foreign,
    #[error("a custom id of another version")]
    OtherVersion,
    #[error("a malformed custom id")]
    Malformed,
}

impl fmt::Display for CustomId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (area, ask) = match self {
            Self::Answer(ask) => ("answer", ask),
            Self::Detail(ask) => ("detail", ask),
            Self::Amend(ask) => ("amend", ask),
            Self::Amendment(ask) => ("reason", ask),
            Self::Own => return write!(formatter, "{VERSION}:own"),
            Self::Receipt(cycle) => return write!(formatter, "{VERSION}:receipt:{cycle}"),
            Self::Correct(cycle) => return write!(formatter, "{VERSION}:correct:{cycle}"),
            Self::Retract(cycle) => return write!(formatter, "{VERSION}:retract:{cycle}"),
            Self::Retracted(cycle) => return write!(formatter, "{VERSION}:retracted:{cycle}"),
            Self::Away(step) => return step.fmt(formatter),
            Self::Concern(id) => return write!(formatter, "{VERSION}:{}:{id}", concern::AREA),
            Self::Case(step) => return step.fmt(formatter),
            Self::Check(asked) => return write!(formatter, "{VERSION}:check:{asked}"),
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

impl FromStr for CustomId {
    type Err = CustomIdError;

    fn from_str(text: &str) -> Result<Self, CustomIdError> {
        if text.len() > LIMIT {
            return Err(CustomIdError::Foreign);
        }
        let mut parts = text.split(':');
        match parts.next() {
            Some(VERSION) => {}
            Some(other) if is_version(other) => return Err(CustomIdError::OtherVersion),
            _ => return Err(CustomIdError::Foreign),
        }
        let id = match parts.next() {
            Some("answer") => ask(&mut parts).map(Self::Answer),
            Some("detail") => ask(&mut parts).map(Self::Detail),
            Some("amend") => ask(&mut parts).map(Self::Amend),
            Some("reason") => ask(&mut parts).map(Self::Amendment),
            Some("own") => parts.next().is_none().then_some(Self::Own),
            Some("receipt") => cycle(&mut parts).map(Self::Receipt),
            Some("correct") => cycle(&mut parts).map(Self::Correct),
            Some("retract") => cycle(&mut parts).map(Self::Retract),
            Some("retracted") => cycle(&mut parts).map(Self::Retracted),
            Some("away") => AwayStep::read(&mut parts).map(Self::Away),
            Some(concern::AREA) => concern::read(&mut parts).map(Self::Concern),
            Some("case") => CaseStep::read(&mut parts).map(Self::Case),
            Some("check") => Asked::read(&mut parts).map(Self::Check),
            _ => None,
        };
        id.ok_or(CustomIdError::Malformed)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_ask() -> impl Strategy<Value = Ask> {
        (
            "[0-9a-f]{32}",
            prop::sample::select(Choice::ALL.to_vec()),
            any::<bool>(),
            prop::option::of("[a-z0-9-]{1,52}"),
        )
            .prop_map(|(cycle, choice, follow_up, prompt)| Ask {
                cycle: CycleId::new(cycle),
                choice,
                follow_up,
                prompt,
            })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_and_fits(ask in any_ask(), which in 0..9) {
            let cycle = ask.cycle.clone();
            let id = match which {
                0 => CustomId::Answer(ask),
                1 => CustomId::Detail(ask),
                2 => CustomId::Amend(ask),
                3 => CustomId::Amendment(ask),
                4 => CustomId::Own,
                5 => CustomId::Receipt(cycle),
                6 => CustomId::Correct(cycle),
                7 => CustomId::Retract(cycle),
                _ => CustomId::Retracted(cycle),
            };
            let text = id.to_string();
            prop_assert!(text.len() <= LIMIT);
            prop_assert_eq!(text.parse::<CustomId>(), Ok(id));
        }

        #[test]
        fn no_text_breaks_the_reading(text in "\\PC{0,120}") {
            drop(text.parse::<CustomId>());
        }

        #[test]
        fn a_near_miss_is_refused_or_means_itself(text in "v1:(answer|detail|amend|reason|own|receipt|retract)(:[0-9a-g]{31,33}(:[dnahx]:[012]:[a-z:]{0,56})?)?") {
            if let Ok(id) = text.parse::<CustomId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }

    #[test]
    fn a_prompt_id_that_does_not_fit_is_left_out() {
        let long = Ask {
            cycle: CycleId::new("0".repeat(32)),
            choice: Choice::Done,
            follow_up: true,
            prompt: Some("x".repeat(80)),
        };
        let text = CustomId::Answer(long).to_string();
        assert_eq!(text, format!("v1:answer:{}:d:1:", "0".repeat(32)));
        assert!(text.parse::<CustomId>().is_ok());
    }

    #[test]
    fn other_versions_and_foreign_ids_are_told_apart() {
        assert_eq!("v2:answer:x".parse::<CustomId>(), Err(CustomIdError::OtherVersion));
        assert_eq!("hello".parse::<CustomId>(), Err(CustomIdError::Foreign));
        assert_eq!("".parse::<CustomId>(), Err(CustomIdError::Foreign));
        assert_eq!("v1:answer:x:d:0:".parse::<CustomId>(), Err(CustomIdError::Malformed));
    }
}
