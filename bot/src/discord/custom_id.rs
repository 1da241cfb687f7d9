//! What our buttons and forms carry, of whatever area: read here, written by each area's own type.

use std::fmt;
use std::str::FromStr;

use super::answers::custom_id::Id;
use super::cases::custom_id::CaseStep;
use super::edge::custom_id::{CustomIdError, parts};
use super::own::custom_id::AwayStep;
use super::speak::custom_id::{self as speak, Asked, ConcernId};

pub use super::answers::custom_id as answers;
pub use super::cases::custom_id as cases;
pub use super::own::custom_id as own;
pub use super::speak::custom_id as concerns;

/// A button or form of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomId {
    /// About a question.
    Answers(Id),
    /// The list of a person's own answers. What was chosen comes beside it.
    Own,
    /// A step of somebody who changes a leave.
    Away(AwayStep),
    /// A step of somebody who raises a concern or comes back to it.
    Concern(ConcernId),
    /// A step of somebody who handles concerns.
    Case(CaseStep),
    /// Whether anything got worse since a case was closed.
    Check(Asked),
}

impl fmt::Display for CustomId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answers(id) => id.fmt(formatter),
            Self::Own => write!(formatter, "{}", super::own::custom_id::OWN),
            Self::Away(step) => step.fmt(formatter),
            Self::Concern(id) => id.fmt(formatter),
            Self::Case(step) => step.fmt(formatter),
            Self::Check(asked) => asked.fmt(formatter),
        }
    }
}

impl FromStr for CustomId {
    type Err = CustomIdError;

    fn from_str(text: &str) -> Result<Self, CustomIdError> {
        let mut parts = parts(text)?;
        let id = match parts.next() {
            Some("own") => parts.next().is_none().then_some(Self::Own),
            Some("away") => AwayStep::read(&mut parts).map(Self::Away),
            Some(speak::AREA) => speak::read(&mut parts).map(Self::Concern),
            Some("case") => CaseStep::read(&mut parts).map(Self::Case),
            Some("check") => Asked::read(&mut parts).map(Self::Check),
            Some(word) => Id::read(word, &mut parts).map(Self::Answers),
            None => None,
        };
        id.ok_or(CustomIdError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::Choice;
    use crate::discord::answers::custom_id::Ask;
    use crate::discord::edge::custom_id::LIMIT;
    use crate::ids::CycleId;

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
                0 => CustomId::Answers(Id::Answer(ask)),
                1 => CustomId::Answers(Id::Detail(ask)),
                2 => CustomId::Answers(Id::Amend(ask)),
                3 => CustomId::Answers(Id::Amendment(ask)),
                4 => CustomId::Own,
                5 => CustomId::Answers(Id::Receipt(cycle)),
                6 => CustomId::Answers(Id::Correct(cycle)),
                7 => CustomId::Answers(Id::Retract(cycle)),
                _ => CustomId::Answers(Id::Retracted(cycle)),
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
        let text = CustomId::Answers(Id::Answer(long)).to_string();
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
