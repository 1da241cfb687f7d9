//! What the steps of a concern carry, as nothing is kept before its form is sent.
//!
//! All of it can be forged. A step that does not fit today's handlers or catalogue begins anew.

mod check;
mod text;

use std::fmt;

use sha2::{Digest, Sha256};

use crate::catalogue::Urgency;
use crate::concerns::Mode;
use crate::discord::edge::custom_id::is_version;
use crate::ids::OrganisationId;
pub use check::Asked;

/// The word after the version.
pub const AREA: &str = "concern";
/// Characters of a category's fingerprint, of the keys' fingerprint, of the name of a message that waits, and of an
/// open visit.
const CATEGORY: usize = 6;
const KEYS: usize = 8;
const DRAFT: usize = 16;
const VISIT: usize = 32;

/// A button or menu of the reporter.
#[derive(Clone, PartialEq, Eq)]
pub enum Press {
    /// The first page, as the command shows it.
    Start(Option<String>),
    /// The menu of organisations, in direct messages.
    Place(Option<String>),
    /// The wish to come back with a case key: opens the form.
    Key,
    /// A step on the way to the form.
    Step(Step, Chosen),
    /// Opens the form.
    Write(Chosen),
    /// Something done at an open case; the text names it in memory.
    Visit(Act, String),
    /// More words for it: opens the form.
    Add(Visiting),
    /// Whether anything got worse since a case was closed. The only one of these that does not come from an open page.
    Check(Asked),
}

/// A form of the reporter.
#[derive(Clone, PartialEq, Eq)]
pub enum Form {
    /// The concern.
    Sent(Chosen),
    /// A case key.
    Opened,
    /// More words for an open case.
    Added(Visiting),
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
    /// An answer is wanted, or not.
    Contact,
}

/// What is done at an open case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Shows the case again.
    Look,
    Talk,
    /// Asks once more.
    Withdraw,
    Withdrawn,
    Close,
    Reopen,
    /// The three answers to the question whether speaking up has cost anything.
    Fine,
    Worse,
    Unsaid,
    /// Brings the files that prove the report.
    Proof,
    /// Leaves out a reader, who comes beside the id.
    Bar,
}

/// An open case, and the readers that the page showed.
#[derive(Clone, PartialEq, Eq)]
pub struct Visiting {
    pub visit: String,
    /// Fingerprint of the readers: 8 hexadecimal digits.
    pub readers: String,
}

/// What was chosen so far.
#[derive(Clone, PartialEq, Eq)]
pub struct Chosen {
    pub organisation: OrganisationId,
    pub mode: Mode,
    /// The [fingerprint](mark) of its id.
    pub category: Option<u32>,
    pub urgency: Option<Urgency>,
    pub no_contact: bool,
    /// A bit for each handler who must not see it, in the order of the keys.
    pub barred: u32,
    /// Whether the reporter has said who must not see it, even if nobody.
    pub asked: bool,
    /// A place in that order.
    pub confidant: Option<u8>,
    /// Fingerprint of the keys: 8 hexadecimal digits.
    pub keys: String,
    /// The message it began with.
    pub draft: Option<String>,
}

impl fmt::Debug for Press {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Press")
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Form")
    }
}

impl fmt::Debug for Visiting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Visiting")
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
            asked: false,
            confidant: None,
            keys,
            draft,
        }
    }
}

impl Step {
    const ALL: [(Self, &str); 7] = [
        (Self::Mode, "mode"),
        (Self::Category, "category"),
        (Self::Barred, "barred"),
        (Self::Confidant, "confidant"),
        (Self::Urgency, "urgency"),
        (Self::Unlink, "unlink"),
        (Self::Contact, "contact"),
    ];
}

impl Act {
    const ALL: [(Self, &str); 11] = [
        (Self::Look, "look"),
        (Self::Talk, "talk"),
        (Self::Withdraw, "withdraw"),
        (Self::Withdrawn, "withdrawn"),
        (Self::Close, "close"),
        (Self::Reopen, "reopen"),
        (Self::Fine, "fine"),
        (Self::Worse, "worse"),
        (Self::Unsaid, "unsaid"),
        (Self::Proof, "proof"),
        (Self::Bar, "bar"),
    ];
}

const MODES: [(Mode, &str); 3] = [(Mode::Named, "n"), (Mode::Confidential, "c"), (Mode::Anonymous, "a")];
const URGENCIES: [(Option<Urgency>, &str); 5] = [
    (None, ""),
    (Some(Urgency::Now), "n"),
    (Some(Urgency::Today), "t"),
    (Some(Urgency::ThisWeek), "w"),
    (Some(Urgency::Routine), "r"),
];

#[cfg(test)]
mod tests;
