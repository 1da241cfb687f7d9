//! What is pressed, chosen and sent about one's own answers and leaves. A form carries the id of the button that opened it.

use std::fmt;

use crate::discord::edge::custom_id::{VERSION, is_row_id};
use crate::ids::AbsenceId;

/// The list of a person's own answers. What was chosen comes beside it.
pub const OWN: &str = "v1:own";

/// A step of `/away`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwayStep {
    /// The menu of leaves. Which one comes beside it.
    Choose,
    On(AbsenceId, AwayAct),
}

/// What is to be done with a leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwayAct {
    /// The form with its last day, and that form.
    Shorten,
    /// The wish to take it back.
    Withdraw,
    /// The second press, which does it.
    Withdrawn,
}

impl AwayAct {
    const ALL: [Self; 3] = [Self::Shorten, Self::Withdraw, Self::Withdrawn];

    const fn word(self) -> &'static str {
        match self {
            Self::Shorten => "shorten",
            Self::Withdraw => "withdraw",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl fmt::Display for AwayStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choose => write!(formatter, "{VERSION}:away"),
            Self::On(absence, act) => write!(formatter, "{VERSION}:away:{}:{absence}", act.word()),
        }
    }
}

impl AwayStep {
    /// From what stands behind the area.
    pub fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        let Some(word) = parts.next() else {
            return Some(Self::Choose);
        };
        let act = AwayAct::ALL.into_iter().find(|act| act.word() == word)?;
        let absence = parts.next().and_then(chosen_absence)?;
        parts.next().is_none().then_some(Self::On(absence, act))
    }
}

/// The leave that a choice from the menu names.
pub fn chosen_absence(value: &str) -> Option<AbsenceId> {
    is_row_id(value).then(|| AbsenceId::new(value))
}

#[cfg(test)]
mod tests {
    use crate::discord::custom_id::CustomId;
    use crate::discord::edge::custom_id::CustomIdError;

    #[test]
    fn what_is_no_step_is_refused() {
        let absence = "0123456789abcdef0123456789abcdef";
        for good in [
            "v1:away".to_owned(),
            format!("v1:away:shorten:{absence}"),
            format!("v1:away:withdraw:{absence}"),
            format!("v1:away:withdrawn:{absence}"),
        ] {
            let read: CustomId = good.parse().expect("a step");
            assert_eq!(read.to_string(), good);
        }
        for wrong in [
            "v1:away:".to_owned(),
            "v1:away:shorten".to_owned(),
            format!("v1:away:lengthen:{absence}"),
            format!("v1:away:shorten:{absence}:"),
            "v1:away:withdraw:1".to_owned(),
        ] {
            assert_eq!(wrong.parse::<CustomId>(), Err(CustomIdError::Malformed), "{wrong}");
        }
    }
}
