//! The buttons below the question whether anything got worse since a case was closed.

use std::fmt;

use crate::concerns::{After, CheckAnswer};
use crate::discord::edge::custom_id::{VERSION, is_row_id};
use crate::ids::CaseId;

/// The question after a case was closed, and what is answered.
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
    pub fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        let case = parts.next().filter(|part| is_row_id(part))?;
        let after = After::of(parts.next()?.parse().ok()?)?;
        let answer = CheckAnswer::of(parts.next()?)?;
        parts.next().is_none().then(|| Self {
            case: CaseId::new(case),
            after,
            answer,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::discord::custom_id::CustomId;
    use crate::discord::edge::custom_id::CustomIdError;

    #[test]
    fn what_is_no_answer_to_the_question_is_refused() {
        let case = "0123456789abcdef0123456789abcdef";
        let good = format!("v1:check:{case}:30:worse");
        let read: CustomId = good.parse().expect("an answer");
        assert_eq!(read.to_string(), good);
        for wrong in [
            "v1:check".to_owned(),
            format!("v1:check:{case}:31:worse"),
            format!("v1:check:{case}:30:asked"),
            format!("v1:check:{case}:30:worse:"),
            "v1:check:1:30:worse".to_owned(),
        ] {
            assert_eq!(wrong.parse::<CustomId>(), Err(CustomIdError::Malformed), "{wrong}");
        }
    }
}
