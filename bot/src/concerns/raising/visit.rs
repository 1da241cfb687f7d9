//! Coming back with the case key: to see what was answered, to say more, and to decide. Nothing here knows who it is,
//! and a look alone leaves nothing behind.

mod act;
mod bar;
mod begin;
mod look;
mod say;

pub use act::act;
pub use bar::bar;
pub use begin::begin_visit;
pub use look::{CHECK_DAYS, REOPEN_DAYS, look};
pub use say::say;

use age::x25519::Identity;
use jiff::civil::Date;

use super::channel::Closed;
use super::readers::Readers;
use super::visits::{Visit, VisitId};
use crate::catalogue::Urgency;
use crate::concerns::case::{Case, CaseNumber, CaseState, CheckBack, Mode};
use crate::concerns::desk::Desk;
use crate::concerns::entry::EntryKind;
use crate::concerns::secret::Secret;
use crate::concerns::store::Vouched;
use crate::ids::{MemberId, OrganisationId};

/// Whether a case key leads to a case.
#[derive(Debug, PartialEq, Eq)]
pub enum VisitOutcome {
    /// The visit that has begun; the following steps name it.
    Begun(VisitId),
    /// What was typed does not have the form of a case key.
    NotAKey,
    NoSuchCase,
    /// The case cannot be opened at the moment: its row was changed outside the program.
    Withheld,
}

/// What a visitor sees.
pub enum Look {
    Case(Box<CaseView>),
    /// The visit has ended; the case key must be typed again.
    Over,
}

/// A case as its reporter sees it.
pub struct CaseView {
    pub organisation: OrganisationId,
    pub number: CaseNumber,
    pub mode: Mode,
    pub category: String,
    pub urgency: Urgency,
    pub state: CaseState,
    pub received_on: Date,
    /// The day by which the first reply is due; `None` if it is not due, or was given.
    pub first_reply_by: Option<Date>,
    /// The day by which the outcome is due; `None` if it is not due, or was told.
    pub feedback_by: Option<Date>,
    pub closed_on: Option<Date>,
    pub handler: Option<MemberId>,
    pub wants_talk: bool,
    pub withdrawn: bool,
    pub said: Vec<Heard>,
    /// The handlers that anything new is sealed to.
    pub readers: Readers,
    /// The check-back that waits for an answer.
    pub check: Option<Check>,
    /// Whether the case can be opened again.
    pub may_reopen: bool,
}

/// Something that was said in the case.
pub struct Heard {
    pub kind: EntryKind,
    pub on_day: Date,
    /// None for the reporter's own.
    pub handler: Option<MemberId>,
    /// `None` if the entry cannot be opened.
    pub text: Option<Secret>,
    /// The message that the report is about.
    pub about: Option<Secret>,
}

/// One of the two askings after a case was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    After30Days,
    After90Days,
}

/// The outcome of an addition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SayOutcome {
    Said,
    Over,
    Empty,
    TooLong {
        longest: usize,
    },
    /// Others would read it than the reporter was shown; nothing was stored.
    ReadersChanged,
    /// Nobody is left who may read it; nothing was stored.
    NobodyMayRead,
    Closed(Closed),
}

/// The outcome of leaving out a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarOutcome {
    /// This one is left out; whether they alone could open the reporter's name.
    Barred {
        member: MemberId,
        was_confidant: bool,
    },
    /// Nobody else could read the case.
    LastReader,
    /// It is not the key of anybody who reads the case.
    NoReader,
    Over,
    /// The handlers' keys are in doubt: nothing has changed.
    KeysDoubtful,
}

/// What a reporter decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReporterAction {
    Talk,
    Withdraw,
    Close,
    /// Within 30 days after it was closed.
    Reopen,
    /// Whether speaking up has cost anything; `Asked` is no answer.
    Answer(Check, CheckBack),
}

/// The outcome of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionOutcome {
    Done,
    /// Nothing to change.
    Already,
    /// The state of the case does not allow it.
    NotNow,
    Over,
}

/// The case of a visit, which is prolonged by it, and the private key that the case key derives; `None` if the visit is
/// over, or as long as the case is withheld. Somebody who types the case key again is told why.
pub(crate) async fn case(desk: &Desk, visit: &VisitId) -> anyhow::Result<Option<(Vouched, Identity)>> {
    let Some(visit) = desk.visits.go_on(visit, desk.core.clock.now()) else {
        return Ok(None);
    };
    let found = sound(desk, &visit).await?;
    Ok(found.map(|found| (found, visit.identity)))
}

/// The case of a visit, unless it is withheld. Its row may be found by another's case key, too: what the row calls the
/// reporter's public key must be the one that this case key derives.
async fn sound(desk: &Desk, visit: &Visit) -> anyhow::Result<Option<Vouched>> {
    let found = desk.vouch.find_silently(desk.core.db.reader(), &visit.case).await?;
    Ok(found.filter(|found| found.case.reporter == visit.identity.to_public().to_string()))
}

/// The zone of the case's organisation; UTC if that is no longer configured.
fn zone(desk: &Desk, case: &Case) -> String {
    let organisation = desk.core.organisation(case.organisation);
    organisation.map_or_else(|| "UTC".to_owned(), |organisation| organisation.zone.clone())
}
