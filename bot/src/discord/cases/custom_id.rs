//! What handlers press, choose and send.

use std::fmt;

use crate::concerns::CaseState;
use crate::discord::edge::custom_id::{VERSION, is_row_id, is_word, of_word, word};
use crate::ids::{CaseId, HandlerKeyId, MemberId, UnsealingId};

/// The longest name of a template or category that fits.
const NAME: usize = 40;

/// A button or menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Opens a form, whose id it carries.
    Open(Form),
    /// The menu of the inbox. The chosen case comes beside it.
    Inbox,
    /// Something with one case.
    On(CaseId, CaseAct),
    /// The second person's agreement to the opening of an identity.
    AgreeTo(UnsealingId),
    /// Something with the keys that reports are sealed to.
    Key(KeyAct),
    /// The menu of categories for a drill.
    Drill,
}

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Something about one case.
    On(CaseId, CaseForm),
    /// One's own key.
    Key(KeyForm),
    /// A drill in a category.
    Drill(String),
}

/// What to do with a case at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseAct {
    Show,
    Read,
    Take,
    /// The menu of templates.
    Say,
    Status,
    /// The menu of handlers. The chosen one comes beside it.
    HandOver,
    Conflict,
    /// The second press, which does it.
    Conflicted,
    Identity,
}

/// What a form says about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseForm {
    /// A reply to the reporter, from this template.
    Say(String),
    Note,
    Move(CaseState),
    Join,
    /// Asks for the opening of an identity.
    Unseal,
    /// Unlocks one's kept key, to read this case.
    Unlock,
}

/// What to do with keys at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyAct {
    /// The menu of keys that wait for a second person.
    Agree,
    /// The menu of active keys.
    End,
    /// Forgets an unlocked key at once.
    Lock,
}

/// How somebody gets a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyForm {
    /// Registers a recipient of one's own.
    Own,
    /// Has the bot keep a key under a passphrase.
    Keep,
}

impl CaseAct {
    const ALL: [(Self, &str); 9] = [
        (Self::Show, "show"),
        (Self::Read, "read"),
        (Self::Take, "take"),
        (Self::Say, "say"),
        (Self::Status, "status"),
        (Self::HandOver, "hand"),
        (Self::Conflict, "conflict"),
        (Self::Conflicted, "conflicted"),
        (Self::Identity, "identity"),
    ];
}

impl CaseForm {
    const ALL: [(Self, &str); 4] = [
        (Self::Note, "note"),
        (Self::Join, "join"),
        (Self::Unseal, "unseal"),
        (Self::Unlock, "unlock"),
    ];
}

impl KeyAct {
    const ALL: [(Self, &str); 3] = [(Self::Agree, "agree"), (Self::End, "end"), (Self::Lock, "lock")];
}

impl KeyForm {
    const ALL: [(Self, &str); 2] = [(Self::Own, "own"), (Self::Keep, "keep")];
}

impl fmt::Display for Press {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(form) => form.fmt(formatter),
            Self::Inbox => write!(formatter, "{VERSION}:case:inbox"),
            Self::AgreeTo(id) => write!(formatter, "{VERSION}:case:agree:{id}"),
            Self::Key(act) => write!(formatter, "{VERSION}:case:key:{}", word(&KeyAct::ALL, act)),
            Self::Drill => write!(formatter, "{VERSION}:case:drill"),
            Self::On(case, act) => write!(formatter, "{VERSION}:case:{}:{case}", word(&CaseAct::ALL, act)),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(act) => write!(formatter, "{VERSION}:case:key:{}", word(&KeyForm::ALL, act)),
            Self::Drill(category) => write!(formatter, "{VERSION}:case:drill:{category}"),
            Self::On(case, CaseForm::Say(template)) => write!(formatter, "{VERSION}:case:say:{case}:{template}"),
            Self::On(case, CaseForm::Move(state)) => write!(formatter, "{VERSION}:case:move:{case}:{}", state.word()),
            Self::On(case, form) => write!(formatter, "{VERSION}:case:{}:{case}", word(&CaseForm::ALL, form)),
        }
    }
}

impl Press {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        if let Some(form) = Form::read(words) {
            return Some(Self::Open(form));
        }
        match words {
            ["case", "inbox"] => Some(Self::Inbox),
            ["case", "drill"] => Some(Self::Drill),
            ["case", "agree", id] => is_row_id(id).then(|| Self::AgreeTo(UnsealingId::new(*id))),
            ["case", "key", act] => of_word(&KeyAct::ALL, act).map(Self::Key),
            ["case", act, case] => Some(Self::On(chosen_case(case)?, of_word(&CaseAct::ALL, act)?)),
            _ => None,
        }
    }
}

impl Form {
    /// From the words after the version.
    pub fn read(words: &[&str]) -> Option<Self> {
        match words {
            ["case", "drill", category] => is_name(category).then(|| Self::Drill((*category).to_owned())),
            ["case", "key", form] => of_word(&KeyForm::ALL, form).map(Self::Key),
            ["case", "say", case, template] => {
                let form = is_name(template).then(|| CaseForm::Say((*template).to_owned()))?;
                Some(Self::On(chosen_case(case)?, form))
            }
            ["case", "move", case, state] => Some(Self::On(chosen_case(case)?, CaseForm::Move(CaseState::of(state)?))),
            ["case", form, case] => Some(Self::On(chosen_case(case)?, of_word(&CaseForm::ALL, form)?)),
            _ => None,
        }
    }
}

/// Whether a text can be the name of a template or category.
pub fn is_name(text: &str) -> bool {
    (1..=NAME).contains(&text.len()) && is_word(text)
}

/// The case that a choice from the inbox names.
pub fn chosen_case(value: &str) -> Option<CaseId> {
    is_row_id(value).then(|| CaseId::new(value))
}

/// The handler that a choice names.
pub fn chosen_member(value: &str) -> Option<MemberId> {
    value.parse().ok()
}

/// The key that a choice names.
pub fn chosen_key(value: &str) -> Option<HandlerKeyId> {
    is_row_id(value).then(|| HandlerKeyId::new(value))
}
