//! What was said in a case and what came with it, sealed.

use jiff::civil::Date;

use crate::clock::Millis;
use crate::concerns::case::worded;
use crate::ids::{CaseId, MemberId};

worded! {
    /// What an entry of a case is.
    EntryKind {
        Report = "report",
        Addition = "addition",
        Reply = "reply",
        Note = "note",
        Reason = "reason",
        Notice = "notice",
    }
}

impl EntryKind {
    /// Whether the reporter reads it, too.
    pub(crate) const fn is_for_reporter(self) -> bool {
        !matches!(self, Self::Note)
    }
}

/// Something that was said in a case.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub case: CaseId,
    /// From 1; if it is 0, the next free number is taken.
    pub seq: i32,
    pub kind: EntryKind,
    /// An age file.
    pub sealed: Vec<u8>,
    pub for_reporter: bool,
    /// None for the reporter's own, which have no instant either.
    pub handler: Option<MemberId>,
    pub at: Option<Millis>,
    pub on_day: Date,
    /// What vouches for it; none until it is [written](crate::concerns::store::Vouch::add).
    pub vouch: Option<Vec<u8>>,
}

/// A file of a case, sealed with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedFile {
    pub id: String,
    pub sealed: Vec<u8>,
}
