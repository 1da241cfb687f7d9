//! What the steps of a concern carry, as nothing is kept before its form is sent.
//!
//! All of it can be forged. A step that names what does not fit today's handlers or catalogue begins anew.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{is_hex, is_version};
use crate::catalogue::Urgency;
use crate::concerns::Mode;
use crate::ids::OrganisationId;

/// The word after the version.
pub(super) const AREA: &str = "concern";
/// Characters of a category's mark, of the keys' fingerprint, of the name of a message that waits, and of an open visit.
const CATEGORY: usize = 6;
const KEYS: usize = 8;
const DRAFT: usize = 16;
const VISIT: usize = 32;

/// A button, menu or form of the reporter.
#[derive(Clone, PartialEq, Eq)]
pub enum ConcernId {
    /// The first page, as the command shows it.
    Start(Option<String>),
    /// The menu of organisations, in direct messages.
    Place(Option<String>),
    /// The wish to come back with a case key.
    Key,
    /// The form that takes it.
    Opened,
    /// A step on the way to the form.
    Step(Step, Chosen),
    /// Something done at an open case; the text names it in memory.
    Visit(Act, String),
}

/// What a button or menu on the way decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The mode, by button: the next page asks what it is about.
    Mode,
    /// The category. It comes beside the id, as do the next three.
    Category,
    /// Who must not see it.
    Barred,
    /// Who alone learns the name.
    Confidant,
    Urgency,
    /// The message it began with is left out.
    Unlink,
    /// An answer is wanted, or is not.
    Contact,
    /// Opens the form.
    Write,
    /// The form.
    Sent,
}

/// What is done at an open case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Shows the case again.
    Look,
    /// Opens the form for more words.
    Add,
    /// That form.
    Added,
    Talk,
    /// Asks once more.
    Withdraw,
    Withdrawn,
    Close,
    Reopen,
    Proof,
    /// The two answers to the question whether speaking up has cost anything.
    Fine,
    Worse,
}

/// What was chosen so far.
#[derive(Clone, PartialEq, Eq)]
pub struct Chosen {
    pub organisation: OrganisationId,
    pub mode: Mode,
    /// The [mark](mark) of its id.
    pub category: Option<u32>,
    pub urgency: Option<Urgency>,
    pub no_contact: bool,
    /// A bit for each handler who must not see it, in the order of the keys.
    pub barred: u32,
    /// A place in that order.
    pub confidant: Option<u8>,
    /// Fingerprint of the keys: 8 hexadecimal digits.
    pub keys: String,
    /// The message it began with.
    pub draft: Option<String>,
}

impl fmt::Debug for ConcernId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ConcernId")
    }
}

impl fmt::Debug for Chosen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Chosen")
    }
}

/// What stands for a category, whose id would be too long: the first 24 bits of its SHA-256.
pub fn mark(category: &str) -> u32 {
    let hash = Sha256::digest(category);
    u32::from_be_bytes([0, hash[0], hash[1], hash[2]])
}

/// Whether an id belongs to a concern, of whatever version and however malformed.
pub fn is_about_concern(text: &str) -> bool {
    let mut parts = text.split(':');
    parts.next().is_some_and(is_version) && parts.next() == Some(AREA)
}

impl Chosen {
    /// Nothing but the mode.
    pub fn new(organisation: OrganisationId, mode: Mode, keys: String, draft: Option<String>) -> Self {
        Self {
            organisation,
            mode,
            category: None,
            urgency: None,
            no_contact: false,
            barred: 0,
            confidant: None,
            keys,
            draft,
        }
    }
}

impl Step {
    const ALL: [(Self, &str); 9] = [
        (Self::Mode, "mode"),
        (Self::Category, "category"),
        (Self::Barred, "barred"),
        (Self::Confidant, "confidant"),
        (Self::Urgency, "urgency"),
        (Self::Unlink, "unlink"),
        (Self::Contact, "contact"),
        (Self::Write, "write"),
        (Self::Sent, "sent"),
    ];
}

impl Act {
    const ALL: [(Self, &str); 11] = [
        (Self::Look, "look"),
        (Self::Add, "add"),
        (Self::Added, "added"),
        (Self::Talk, "talk"),
        (Self::Withdraw, "withdraw"),
        (Self::Withdrawn, "withdrawn"),
        (Self::Close, "close"),
        (Self::Reopen, "reopen"),
        (Self::Proof, "proof"),
        (Self::Fine, "fine"),
        (Self::Worse, "worse"),
    ];
}

const MODES: [(Mode, &str); 3] = [
    (Mode::Named, "n"),
    (Mode::Confidential, "c"),
    (Mode::Anonymous, "a"),
];
const URGENCIES: [(Option<Urgency>, &str); 5] = [
    (None, ""),
    (Some(Urgency::Now), "n"),
    (Some(Urgency::Today), "t"),
    (Some(Urgency::ThisWeek), "w"),
    (Some(Urgency::Routine), "r"),
];

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
        match self {
            Self::Start(message) => write!(formatter, "start:{}", draft(message)),
            Self::Place(message) => write!(formatter, "place:{}", draft(message)),
            Self::Key => formatter.write_str("key"),
            Self::Opened => formatter.write_str("opened"),
            Self::Step(step, chosen) => write!(formatter, "{}:{chosen}", word(&Step::ALL, step)),
            Self::Visit(act, visit) => write!(formatter, "visit:{}:{visit}", word(&Act::ALL, act)),
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
            u8::from(self.no_contact),
            category.unwrap_or_default(),
            self.barred,
            number(self.confidant),
            self.keys,
            self.draft.as_deref().unwrap_or_default()
        )
    }
}

/// Reads what stands after the area; none when it is malformed.
pub(super) fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<ConcernId> {
    let id = match parts.next()? {
        "start" => ConcernId::Start(draft(parts.next()?)?),
        "place" => ConcernId::Place(draft(parts.next()?)?),
        "key" => ConcernId::Key,
        "opened" => ConcernId::Opened,
        "visit" => {
            let act = of_word(&Act::ALL, parts.next()?)?;
            let visit = parts.next().filter(|visit| is_hex(visit, VISIT))?;
            ConcernId::Visit(act, visit.to_owned())
        }
        step => ConcernId::Step(of_word(&Step::ALL, step)?, chosen(parts)?),
    };
    parts.next().is_none().then_some(id)
}

fn chosen<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Chosen> {
    let organisation = organisation(parts.next()?)?;
    let mode = of_word(&MODES, parts.next()?)?;
    let urgency = of_word(&URGENCIES, parts.next()?)?;
    let no_contact = match parts.next()? {
        "0" => false,
        "1" => true,
        _ => return None,
    };
    let category = category(parts.next()?)?;
    let barred = bits(parts.next()?)?;
    let confidant = number(parts.next()?)?;
    let keys = parts.next().filter(|keys| is_hex(keys, KEYS))?;
    Some(Chosen {
        organisation,
        mode,
        category,
        urgency,
        no_contact,
        barred,
        confidant,
        keys: keys.to_owned(),
        draft: draft(parts.next()?)?,
    })
}

/// Ids have one spelling.
fn organisation(text: &str) -> Option<OrganisationId> {
    let id: OrganisationId = text.parse().ok()?;
    (id.to_string() == text).then_some(id)
}

fn category(text: &str) -> Option<Option<u32>> {
    match text {
        "" => Some(None),
        _ => is_hex(text, CATEGORY).then(|| u32::from_str_radix(text, 16).ok()),
    }
}

fn draft(text: &str) -> Option<Option<String>> {
    match text {
        "" => Some(None),
        _ => is_hex(text, DRAFT).then(|| Some(text.to_owned())),
    }
}

fn number(text: &str) -> Option<Option<u8>> {
    match text {
        "" => Some(None),
        _ => {
            let number: u8 = text.parse().ok()?;
            (number.to_string() == text).then_some(Some(number))
        }
    }
}

fn bits(text: &str) -> Option<u32> {
    let bits = u32::from_str_radix(text, 16).ok()?;
    (format!("{bits:x}") == text).then_some(bits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::discord::custom_id::{CustomId, CustomIdError, LIMIT};

    fn any_chosen() -> impl Strategy<Value = Chosen> {
        (
            any::<i64>(),
            prop::sample::select(MODES.to_vec()),
            prop::sample::select(URGENCIES.to_vec()),
            prop::option::of(0..1u32 << 24),
            (any::<u32>(), any::<bool>()),
            prop::option::of(any::<u8>()),
            "[0-9a-f]{8}",
            prop::option::of("[0-9a-f]{16}"),
        )
            .prop_map(|(id, mode, urgency, category, (barred, no_contact), confidant, keys, draft)| Chosen {
                organisation: OrganisationId::from_i64(id & i64::MAX),
                mode: mode.0,
                category,
                urgency: urgency.0,
                no_contact,
                barred,
                confidant,
                keys,
                draft,
            })
    }

    fn any_id() -> impl Strategy<Value = ConcernId> {
        let draft = || prop::option::of("[0-9a-f]{16}");
        prop_oneof![
            draft().prop_map(ConcernId::Start),
            draft().prop_map(ConcernId::Place),
            Just(ConcernId::Key),
            Just(ConcernId::Opened),
            (prop::sample::select(Step::ALL.to_vec()), any_chosen())
                .prop_map(|((step, _), chosen)| ConcernId::Step(step, chosen)),
            (prop::sample::select(Act::ALL.to_vec()), "[0-9a-f]{32}")
                .prop_map(|((act, _), visit)| ConcernId::Visit(act, visit)),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_and_fits(id in any_id()) {
            let id = CustomId::Concern(id);
            let text = id.to_string();
            prop_assert!(text.len() <= LIMIT, "{}", text);
            prop_assert!(is_about_concern(&text));
            prop_assert_eq!(text.parse::<CustomId>(), Ok(id));
        }

        #[test]
        fn a_near_miss_is_refused_or_means_itself(
            text in "v1:concern:(start|place|mode|write|sent|visit)(:[0-9]{0,20})?(:[ncax]?:[ntwr]?:[012]:[0-9a-f]{0,7}:[0-9a-f]{0,9}:[0-9]{0,3}:[0-9a-g]{7,9}:)?"
        ) {
            if let Ok(id) = text.parse::<CustomId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }

    #[test]
    fn what_is_about_a_concern_is_known_before_it_is_read() {
        for text in ["v1:concern", "v1:concern:nonsense", "v9:concern:key", "v1:concern:visit:add:x"] {
            assert!(is_about_concern(text), "{text}");
            assert!(text.parse::<CustomId>().is_err(), "{text}");
        }
        assert_eq!("v9:concern:key".parse::<CustomId>(), Err(CustomIdError::OtherVersion));
        for text in ["concern", "x:concern:key", "v1:concerned:key", "v1:answer:concern", ""] {
            assert!(!is_about_concern(text), "{text}");
        }
    }

    #[test]
    fn nothing_of_it_shows_in_debug() {
        let id = CustomId::Concern(ConcernId::Visit(Act::Look, "7".repeat(32)));
        assert!(!format!("{id:?}").contains('7'));
    }
}
