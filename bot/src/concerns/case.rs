//! A concern as the channel knows it. Nothing here leads to the person who raised it: its texts are sealed, and stored
//! elsewhere.

use std::fmt;

use jiff::civil::Date;

use crate::catalogue::Urgency;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::ids::{CaseId, MemberId, OrganisationId};

/// The 32 characters of Crockford's alphabet: no I, L, O and U.
pub(super) const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a case number.
const DIGITS: usize = 6;

/// What people call a case: six random characters, shown as `K7Q-2MX`. It reveals no order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber(String);

impl CaseNumber {
    pub(super) fn random(chance: &Chance) -> Self {
        Self(random_characters::<DIGITS>(chance))
    }

    /// Reads what somebody typed: any case, with or without hyphen, O for 0, I and L for 1. None if it is not a number.
    pub fn read(typed: &str) -> Option<Self> {
        read_characters(typed, DIGITS).map(Self)
    }

    /// As it is stored: without the hyphen.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at(self.0.len() / 2);
        write!(formatter, "{first}-{second}")
    }
}

/// `N` random characters, 5 bits each.
pub(super) fn random_characters<const N: usize>(chance: &Chance) -> String {
    let pick = |byte: &u8| char::from(CROCKFORD[usize::from(byte % 32)]);
    chance.bytes::<N>().iter().map(pick).collect()
}

/// The `length` characters that somebody typed; none if there are more, fewer or others.
pub(super) fn read_characters(typed: &str, length: usize) -> Option<String> {
    let mut read = String::with_capacity(length);
    for typed in typed.chars() {
        let character = match typed.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            // Hyphens of all kinds, and blanks.
            '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => continue,
            blank if blank.is_whitespace() => continue,
            other => other,
        };
        let known = u8::try_from(character).is_ok_and(|byte| CROCKFORD.contains(&byte));
        if !known || read.len() == length {
            return None;
        }
        read.push(character);
    }
    (read.len() == length).then_some(read)
}

macro_rules! worded {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word in the database.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The one with that word.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|this| this.word() == word)
            }
        }
    };
}
pub(super) use worded;

worded! {
    /// Who learns the reporter's name.
    Mode {
        /// Everybody who opens the sealed report; the bot can also write back.
        Named = "named",
        /// One handler alone, who can open the file with it.
        Confidential = "confidential",
        /// Nobody.
        Anonymous = "anonymous",
    }
}

worded! {
    /// How far a case is.
    CaseState {
        New = "new",
        /// A handler has written.
        Acknowledged = "acknowledged",
        InReview = "in-review",
        Resolved = "resolved",
        Dismissed = "dismissed",
    }
}

impl CaseState {
    pub const fn is_closed(self) -> bool {
        match self {
            Self::New | Self::Acknowledged | Self::InReview => false,
            Self::Resolved | Self::Dismissed => true,
        }
    }
}

worded! {
    /// The question after a case was closed, whether speaking up has cost the reporter anything.
    CheckBack {
        Asked = "asked",
        Fine = "fine",
        Worse = "worse",
        /// The reporter would rather not say.
        Unsaid = "unsaid",
    }
}

/// The word of an urgency in the database and in the catalogue.
pub const fn urgency_word(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Now => "now",
        Urgency::Today => "today",
        Urgency::ThisWeek => "this-week",
        Urgency::Routine => "routine",
    }
}

/// The urgency with that word.
pub fn urgency_of(word: &str) -> Option<Urgency> {
    let all = [Urgency::Now, Urgency::Today, Urgency::ThisWeek, Urgency::Routine];
    all.into_iter().find(|urgency| urgency_word(*urgency) == word)
}

/// A case without its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Case {
    pub id: CaseId,
    pub organisation: OrganisationId,
    pub number: CaseNumber,
    /// Hexadecimal SHA-256 of what the case key derives for finding the case.
    pub lookup: String,
    /// Public age key that the case key derives.
    pub reporter: String,
    pub mode: Mode,
    /// Id of the catalogue's category.
    pub category: String,
    pub formal: bool,
    pub urgency: Urgency,
    pub state: CaseState,
    /// In the organisation's zone. There is no instant.
    pub received_on: Date,
    pub no_contact: bool,
    pub wants_talk: bool,
    pub withdrawn: bool,
    pub handler: Option<MemberId>,
    /// The handler who alone can open the identity.
    pub confidant: Option<MemberId>,
    pub acknowledged_at: Option<Millis>,
    /// When a handler told the outcome, since the case was last opened.
    pub feedback_at: Option<Millis>,
    /// When a handler closed it. Where the reporter did, the start of that day in the organisation's zone.
    pub closed_at: Option<Millis>,
    pub merged_into: Option<CaseId>,
    pub drill: bool,
    pub check_30: Option<CheckBack>,
    pub check_90: Option<CheckBack>,
    /// What vouches for the row; see [`Vouch`](crate::concerns::Vouch). None before it is written.
    pub vouch: Option<Vec<u8>>,
    /// The last day on which it was opened again, in the organisation's zone. There is no instant.
    pub reopened_on: Option<Date>,
    /// When a handler first told the outcome, if the case was reopened since.
    pub first_feedback_at: Option<Millis>,
}

impl Case {
    /// Opens it again. Its outcome is told anew, and the reporter is asked anew when it closes.
    pub(super) fn reopen(&mut self, state: CaseState, on: Date) {
        self.state = state;
        self.closed_at = None;
        (self.check_30, self.check_90) = (None, None);
        self.first_feedback_at = self.first_feedback_at.or(self.feedback_at);
        self.feedback_at = None;
        self.reopened_on = Some(on);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let number = CaseNumber("K7Q2M0".to_owned());
        assert_eq!(number.to_string(), "K7Q-2M0");
        for typed in ["K7Q-2M0", "k7q2mo", " k7q \u{2013} 2MO ", "K7Q2M0\n"] {
            assert_eq!(CaseNumber::read(typed).as_ref(), Some(&number), "{typed}");
        }
        for wrong in ["", "K7Q-2M", "K7Q-2M00", "K7Q-2MU", "K7Q-2MÄ", "K7Q_2M0"] {
            assert_eq!(CaseNumber::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for state in CaseState::ALL {
            assert_eq!(CaseState::of(state.word()), Some(*state));
        }
        assert_eq!(urgency_of("this-week"), Some(Urgency::ThisWeek));
        assert_eq!(Mode::of("Named"), None);
    }
}
