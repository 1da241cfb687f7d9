//! What came as a custom id, from any area: read here, written by each area's own types.

use std::fmt;
use std::str::FromStr;

use super::edge::custom_id::{CustomIdError, words};
use super::{answers, cases, own, speak};

pub use super::answers::custom_id as of_answers;
pub use super::cases::custom_id as of_cases;
pub use super::own::custom_id as of_own;
pub use super::speak::custom_id as of_speak;

/// A line for each area that has a type of this name among what came.
macro_rules! of_areas {
    ($(#[$about:meta])* $name:ident { $($area:ident: $of:path,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $($area($of),)*
        }

        impl FromStr for $name {
            type Err = CustomIdError;

            fn from_str(text: &str) -> Result<Self, CustomIdError> {
                let words = words(text)?;
                $(if let Some(read) = <$of>::read(&words) {
                    return Ok(Self::$area(read));
                })*
                Err(CustomIdError::Malformed)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$area(id) => id.fmt(formatter),)*
                }
            }
        }
    };
}

of_areas! {
    /// A button or menu of ours.
    Press {
        Answers: answers::Press,
        Own: own::Press,
        Speak: speak::Press,
        Cases: cases::Press,
    }
}

of_areas! {
    /// A form of ours.
    Form {
        Answers: answers::Form,
        Own: own::Form,
        Speak: speak::Form,
        Cases: cases::Form,
    }
}

#[cfg(test)]
mod tests;
