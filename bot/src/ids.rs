//! Ids that cannot be mixed up.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

pub use bellwether_tlog::new_leaf::RecordId;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is not a Discord id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "found {found:?}; a Discord id is 1 to 19 digits, such as \"175928847299117063\" (in Discord: Settings, Advanced, Developer Mode, then right-click and Copy ID)"
)]
pub struct SnowflakeError {
    found: String,
}

fn parse(text: &str) -> Result<i64, SnowflakeError> {
    let wrong = || SnowflakeError {
        found: text.chars().take(40).collect(),
    };
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    match text.parse::<i64>() {
        Ok(id) if id > 0 => Ok(id),
        _ => Err(wrong()),
    }
}

/// Discord writes ids as text; some servers that implement its API write numbers.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Text(String),
    Number(u64),
}

macro_rules! snowflakes {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// From the signed form that the database holds.
            pub const fn from_i64(id: i64) -> Self {
                Self(id)
            }

            /// The signed form that the database holds.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = SnowflakeError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                parse(text).map(Self)
            }
        }

        impl From<NonZeroU64> for $name {
            fn from(id: NonZeroU64) -> Self {
                Self(id.get() as i64)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = match Told::deserialize(deserializer)? {
                    Told::Text(text) => text,
                    Told::Number(number) => number.to_string(),
                };
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

snowflakes! {
    /// An organisation: a Discord guild id.
    OrganisationId,
    /// A person: a Discord user id.
    MemberId,
    /// A Discord role id.
    RoleId,
    /// A Discord channel id.
    ChannelId,
    /// A Discord message id.
    MessageId,
    /// A Discord interaction id.
    InteractionId,
}

impl MemberId {
    /// Whether this stands for somebody whose record was erased: a negative number that leads to nobody.
    pub const fn is_erased(self) -> bool {
        self.0 < 0
    }
}

macro_rules! row_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    )*};
}

row_ids! {
    /// A running or ended asking of a prompt: 32 hexadecimal digits.
    AssignmentId,
    /// One asking of an assignment: 32 hexadecimal digits.
    CycleId,
    /// A promise to post: 32 hexadecimal digits.
    OutboundId,
    /// An absence: 32 hexadecimal digits.
    AbsenceId,
    /// A concern: 32 hexadecimal digits.
    CaseId,
    /// A handler's key: 32 hexadecimal digits.
    HandlerKeyId,
    /// A request to open an identity: 32 hexadecimal digits.
    UnsealingId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_digits_only() {
        assert_eq!("175928847299117063".parse(), Ok(MemberId(175_928_847_299_117_063)));
        for wrong in ["", "0", "-1", "+1", "1 ", "<@1>", "99999999999999999999", "１２"] {
            assert!(wrong.parse::<MemberId>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_id_is_read_as_text_and_as_a_number() {
        for told in ["\"175928847299117063\"", "175928847299117063"] {
            let id: MemberId = serde_json::from_str(told).expect("an id");
            assert_eq!(id, MemberId(175_928_847_299_117_063));
        }
        for wrong in ["0", "-1", "1.5", "null", "18446744073709551615", "\"x\""] {
            assert!(serde_json::from_str::<MemberId>(wrong).is_err(), "{wrong}");
        }
    }
}
