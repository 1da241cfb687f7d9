//! What all custom ids have in common: typed, versioned text of at most 100 characters. Each area has its own.
//!
//! A member can send any text here. Reading never panics, and what it names is checked again by the use case.

/// Discord's limit, in characters; ours are ASCII.
pub const LIMIT: usize = 100;

/// The version that every id begins with. A change of meaning takes the next one.
pub const VERSION: &str = "v1";

pub fn is_row_id(text: &str) -> bool {
    is_hex(text, 32)
}

pub fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

pub fn is_word(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

pub fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
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

/// The words after the version, the first of which is an area's.
pub fn words(text: &str) -> Result<Vec<&str>, CustomIdError> {
    if text.len() > LIMIT {
        return Err(CustomIdError::Foreign);
    }
    let mut parts = text.split(':');
    match parts.next() {
        Some(VERSION) => Ok(parts.collect()),
        Some(other) if is_version(other) => Err(CustomIdError::OtherVersion),
        _ => Err(CustomIdError::Foreign),
    }
}

/// The word of a value in a table.
pub fn word<T: PartialEq>(all: &[(T, &'static str)], of: &T) -> &'static str {
    let found = all.iter().find(|(one, _)| one == of);
    found.map_or("", |(_, word)| *word)
}

/// The value of a word in a table.
pub fn of_word<T: Clone>(all: &[(T, &'static str)], word: &str) -> Option<T> {
    all.iter().find(|(_, known)| *known == word).map(|(one, _)| one.clone())
}
