//! How the ids of a concern are written and read. Each has one spelling.

use std::fmt;

use super::{AREA, Act, Asked, CATEGORY, Chosen, DRAFT, Form, KEYS, MODES, Press, Step, URGENCIES, VISIT, Visiting};
use crate::discord::edge::custom_id::{VERSION, is_hex, of_word, word};
use crate::ids::OrganisationId;

impl fmt::Display for Press {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let draft = |draft: &Option<String>| draft.clone().unwrap_or_default();
        if let Self::Check(asked) = self {
            return asked.fmt(formatter);
        }
        write!(formatter, "{VERSION}:{AREA}:")?;
        match self {
            Self::Start(message) => write!(formatter, "start:{}", draft(message)),
            Self::Place(message) => write!(formatter, "place:{}", draft(message)),
            Self::Key => formatter.write_str("key"),
            Self::Step(step, chosen) => write!(formatter, "{}:{chosen}", word(&Step::ALL, step)),
            Self::Write(chosen) => write!(formatter, "write:{chosen}"),
            Self::Visit(act, visit) => write!(formatter, "visit:{}:{visit}", word(&Act::ALL, act)),
            Self::Add(Visiting { visit, readers }) => write!(formatter, "add:{visit}:{readers}"),
            Self::Check(_) => Ok(()),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{VERSION}:{AREA}:")?;
        match self {
            Self::Sent(chosen) => write!(formatter, "sent:{chosen}"),
            Self::Opened => formatter.write_str("opened"),
            Self::Added(Visiting { visit, readers }) => write!(formatter, "added:{visit}:{readers}"),
        }
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |number: Option<u8>| number.map(|number| number.to_string()).unwrap_or_default();
        let category = self.category.map(|category| format!("{category:06x}"));
        write!(
            formatter,
            "{}:{}:{}:{}:{}:{:x}:{}:{}:{}",
            self.organisation,
            word(&MODES, &self.mode),
            word(&URGENCIES, &self.urgency),
            u8::from(self.no_contact) + 2 * u8::from(self.asked),
            category.unwrap_or_default(),
            self.barred,
            number(self.confidant),
            self.keys,
            self.draft.as_deref().unwrap_or_default()
        )
    }
}

impl Press {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        if let Some(asked) = Asked::read(words) {
            return Some(Self::Check(asked));
        }
        match words.strip_prefix(&[AREA])? {
            ["start", message] => Part::of(message, draft).map(|part| Self::Start(part.held())),
            ["place", message] => Part::of(message, draft).map(|part| Self::Place(part.held())),
            ["key"] => Some(Self::Key),
            ["visit", act, name] => Some(Self::Visit(of_word(&Act::ALL, act)?, visit(name)?)),
            ["add", shown @ ..] => Visiting::read(shown).map(Self::Add),
            ["write", chosen @ ..] => Chosen::read(chosen).map(Self::Write),
            [step, chosen @ ..] => Some(Self::Step(of_word(&Step::ALL, step)?, Chosen::read(chosen)?)),
            [] => None,
        }
    }
}

impl Form {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        match words.strip_prefix(&[AREA])? {
            ["sent", chosen @ ..] => Chosen::read(chosen).map(Self::Sent),
            ["opened"] => Some(Self::Opened),
            ["added", shown @ ..] => Visiting::read(shown).map(Self::Added),
            _ => None,
        }
    }
}

fn visit(text: &str) -> Option<String> {
    is_hex(text, VISIT).then(|| text.to_owned())
}

fn keys(text: &str) -> Option<String> {
    is_hex(text, KEYS).then(|| text.to_owned())
}

impl Visiting {
    fn read(words: &[&str]) -> Option<Self> {
        let [name, readers] = words else { return None };
        Some(Self {
            visit: visit(name)?,
            readers: keys(readers)?,
        })
    }
}

impl Chosen {
    fn read(words: &[&str]) -> Option<Self> {
        let [place, mode, urgency, marks, about, barred, confidant, holders, message] = words else {
            return None;
        };
        let (no_contact, asked) = match *marks {
            "0" => (false, false),
            "1" => (true, false),
            "2" => (false, true),
            "3" => (true, true),
            _ => return None,
        };
        Some(Self {
            organisation: organisation(place)?,
            mode: of_word(&MODES, mode)?,
            urgency: of_word(&URGENCIES, urgency)?,
            no_contact,
            asked,
            category: Part::of(about, category)?.held(),
            barred: bits(barred)?,
            confidant: Part::of(confidant, number)?.held(),
            keys: keys(holders)?,
            draft: Part::of(message, draft)?.held(),
        })
    }
}

/// Ids have one spelling.
fn organisation(text: &str) -> Option<OrganisationId> {
    let id: OrganisationId = text.parse().ok()?;
    (id.to_string() == text).then_some(id)
}

/// A part that may be empty.
enum Part<T> {
    Empty,
    Holds(T),
}

impl<T> Part<T> {
    /// None if the part holds something that `read` refuses.
    fn of(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::Empty);
        }
        read(text).map(Self::Holds)
    }

    fn held(self) -> Option<T> {
        match self {
            Self::Empty => None,
            Self::Holds(held) => Some(held),
        }
    }
}

fn category(text: &str) -> Option<u32> {
    is_hex(text, CATEGORY).then(|| u32::from_str_radix(text, 16).ok())?
}

fn draft(text: &str) -> Option<String> {
    is_hex(text, DRAFT).then(|| text.to_owned())
}

fn number(text: &str) -> Option<u8> {
    let number: u8 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

fn bits(text: &str) -> Option<u32> {
    let bits = u32::from_str_radix(text, 16).ok()?;
    (format!("{bits:x}") == text).then_some(bits)
}
