//! How the ids of a concern are written and read. Each has one spelling.

use std::fmt;

use super::{AREA, Act, CATEGORY, Chosen, ConcernId, DRAFT, KEYS, MODES, Step, URGENCIES, VISIT, Visiting};
use crate::discord::edge::custom_id::{VERSION, is_hex};
use crate::ids::OrganisationId;

fn word<T: PartialEq>(all: &[(T, &'static str)], of: &T) -> &'static str {
    let found = all.iter().find(|(one, _)| one == of);
    found.map_or("", |(_, word)| *word)
}

fn of_word<T: Copy>(all: &[(T, &'static str)], word: &str) -> Option<T> {
    all.iter().find(|(_, known)| *known == word).map(|(one, _)| *one)
}

impl fmt::Display for ConcernId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let draft = |draft: &Option<String>| draft.clone().unwrap_or_default();
        write!(formatter, "{VERSION}:{AREA}:")?;
        match self {
            Self::Start(message) => write!(formatter, "start:{}", draft(message)),
            Self::Place(message) => write!(formatter, "place:{}", draft(message)),
            Self::Key => formatter.write_str("key"),
            Self::Opened => formatter.write_str("opened"),
            Self::Step(step, chosen) => write!(formatter, "{}:{chosen}", word(&Step::ALL, step)),
            Self::Visit(act, visit) => write!(formatter, "visit:{}:{visit}", word(&Act::ALL, act)),
            Self::Add(Visiting { visit, readers }) => write!(formatter, "add:{visit}:{readers}"),
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

/// Reads what stands after the area; none when it is malformed.
pub fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<ConcernId> {
    let id = match parts.next()? {
        "start" => ConcernId::Start(Part::of(parts.next()?, draft)?.held()),
        "place" => ConcernId::Place(Part::of(parts.next()?, draft)?.held()),
        "key" => ConcernId::Key,
        "opened" => ConcernId::Opened,
        "visit" => {
            let act = of_word(&Act::ALL, parts.next()?)?;
            ConcernId::Visit(act, visit(parts.next()?)?)
        }
        "add" => ConcernId::Add(shown(parts)?),
        "added" => ConcernId::Added(shown(parts)?),
        step => ConcernId::Step(of_word(&Step::ALL, step)?, chosen(parts)?),
    };
    parts.next().is_none().then_some(id)
}

fn visit(text: &str) -> Option<String> {
    is_hex(text, VISIT).then(|| text.to_owned())
}

fn shown<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Visiting> {
    let visit = visit(parts.next()?)?;
    let readers = parts.next().filter(|readers| is_hex(readers, KEYS))?;
    Some(Visiting {
        visit,
        readers: readers.to_owned(),
    })
}

fn chosen<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Chosen> {
    let organisation = organisation(parts.next()?)?;
    let mode = of_word(&MODES, parts.next()?)?;
    let urgency = of_word(&URGENCIES, parts.next()?)?;
    let (no_contact, asked) = match parts.next()? {
        "0" => (false, false),
        "1" => (true, false),
        "2" => (false, true),
        "3" => (true, true),
        _ => return None,
    };
    let category = Part::of(parts.next()?, category)?.held();
    let barred = bits(parts.next()?)?;
    let confidant = Part::of(parts.next()?, number)?.held();
    let keys = parts.next().filter(|keys| is_hex(keys, KEYS))?;
    Some(Chosen {
        organisation,
        mode,
        category,
        urgency,
        no_contact,
        barred,
        asked,
        confidant,
        keys: keys.to_owned(),
        draft: Part::of(parts.next()?, draft)?.held(),
    })
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
    /// None when the part holds something that `read` refuses.
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
