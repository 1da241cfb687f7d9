//! Something that happened in the channel. Each one is a salted row that the day's digest commits to.

use jiff::civil::Date;

use crate::chance::Chance;
use crate::concerns::case::{CheckBack, worded};
use crate::concerns::store;
use crate::ids::{CaseId, MemberId, OrganisationId};
use crate::ledger::Tx;

worded! {
    /// What happened.
    EventKind {
        Received = "received",
        Added = "added",
        TalkAsked = "talk-asked",
        Withdrawn = "withdrawn",
        ClosedByReporter = "closed-by-reporter",
        Reopened = "reopened",
        LeftOut = "left-out",
        CheckAnswered = "check-answered",
        GotWorse = "got-worse",
        Listed = "listed",
        Read = "read",
        Exported = "exported",
        Taken = "taken",
        Replied = "replied",
        Noted = "noted",
        StateSet = "state-set",
        HandedOver = "handed-over",
        ConflictDeclared = "conflict-declared",
        Merged = "merged",
        UnsealingAsked = "unsealing-asked",
        UnsealingAgreed = "unsealing-agreed",
        UnsealingLapsed = "unsealing-lapsed",
        IdentityRead = "identity-read",
        KeyUnlocked = "key-unlocked",
        Warned = "warned",
        Escalated = "escalated",
        CheckAsked = "check-asked",
        DrillDeclared = "drill-declared",
        FiguresShown = "figures-shown",
        Deleted = "deleted",
    }
}

impl EventKind {
    /// What the answer to the question after the closing is.
    pub(super) const fn of_check(answer: CheckBack) -> Self {
        match answer {
            CheckBack::Worse => Self::GotWorse,
            CheckBack::Asked | CheckBack::Fine | CheckBack::Unsaid => Self::CheckAnswered,
        }
    }
}

/// An event that is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    pub organisation: OrganisationId,
    /// The day in the organisation's zone.
    pub on_day: Date,
    pub case: Option<CaseId>,
    pub kind: EventKind,
    /// The handler who acted; none for reporters, whose events have no instant either.
    pub actor: Option<MemberId>,
    /// SHA-256 of the sealed file that it is about.
    pub about: Option<[u8; 32]>,
}

/// Writes an event down. Every use case of the channel calls this in the transaction of its change.
pub async fn record_event(tx: &Tx, chance: &Chance, event: NewEvent) -> anyhow::Result<()> {
    let at = event.actor.map(|_| tx.now());
    let salt = hex::encode(chance.bytes::<32>());
    store::insert_event(tx.connection(), &chance.id(), at, &salt, &event).await
}
