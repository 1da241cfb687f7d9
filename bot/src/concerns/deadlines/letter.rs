//! What a promised message says, looked up when it is sent: by then somebody may have replied, or may no longer be
//! allowed to know about the case.

use jiff::tz::TimeZone;

use super::due::{self, After, Deadline, Escalation, WarningStep};
use super::escalation::Audience;
use super::notify::Notifier;
use super::still_due;
use super::tell_news::check_of;
use super::warn::progress;
use crate::civil;
use crate::clock::Millis;
use crate::concerns::case::{Case, CaseNumber, CheckBack};
use crate::concerns::desk::Desk;
use crate::concerns::event::EventKind;
use crate::concerns::keys::handler_key::KeyHolder;
use crate::concerns::keys::routing::Route;
use crate::concerns::store;
use crate::config::Organisation;
use crate::ids::{CaseId, MemberId};
use crate::outbox::CaseMessage;

/// A message to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// The inbox has news.
    News,
    /// Somebody asks the handlers to read their concern at once.
    Now,
    Warning(Box<Overdue>),
    /// The reporter says that something got worse.
    Worse {
        number: CaseNumber,
    },
    /// Please ask the reporter in person.
    Ask {
        number: CaseNumber,
        days: i64,
    },
    /// To the reporter, with three buttons.
    Check {
        case: CaseId,
        number: CaseNumber,
        after: After,
        /// If something got worse.
        audience: Audience,
    },
    /// It was a drill; `took` is the time to the first reply in milliseconds.
    DrillOver {
        number: CaseNumber,
        took: i64,
    },
    /// A request of theirs to open an identity was not granted. It names no case, as they may not read it any more.
    Lapsed,
}

/// What is due in a case, and why it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    pub number: CaseNumber,
    pub deadline: Deadline,
    pub step: WarningStep,
    pub due: Millis,
    /// Whether somebody has taken the case.
    pub taken: bool,
    /// Whether the recipient has the case, or nobody has it.
    pub own: bool,
}

/// What happens to a promised message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    Letter(Letter),
    /// There is nothing to say any more, or the recipient may not be told now.
    Nothing,
    /// The handlers' keys are in doubt, or the case is withheld. The message waits, so that no deadline counts as told.
    Later,
}

/// What to say to `to`. Whether they may know about the case is checked in the same way as when it was promised.
///
/// # Errors
/// When the database or the log cannot be read.
pub async fn letter(
    desk: &Desk,
    organisation: &Organisation,
    message: &CaseMessage,
    to: MemberId,
) -> anyhow::Result<Outgoing> {
    let Some(notifier) = Notifier::of(desk, organisation).await? else {
        return Ok(Outgoing::Later);
    };
    let said = match message {
        CaseMessage::News => match still_due::has_case(&notifier, to).await? {
            Some(due) => due.then_some(Letter::News),
            None => return Ok(Outgoing::Later),
        },
        CaseMessage::Now => match still_due::has_urgent_case(&notifier, to).await? {
            Some(due) => due.then_some(Letter::Now),
            None => return Ok(Outgoing::Later),
        },
        CaseMessage::Warning { case, .. }
        | CaseMessage::Check { case, .. }
        | CaseMessage::Ask { case, .. }
        | CaseMessage::Worse { case }
        | CaseMessage::DrillOver { case }
        | CaseMessage::Lapsed { case } => match desk.vouch.find(desk.core.db.reader(), case).await? {
            None if store::find(desk.core.db.reader(), case).await?.is_some() => return Ok(Outgoing::Later),
            None => None,
            // It names nothing, and also goes to people who may not read the case any more.
            Some(found) if matches!(message, CaseMessage::Lapsed { .. }) => {
                (!found.barred.contains(&to)).then_some(Letter::Lapsed)
            }
            Some(found) => {
                let route = notifier.route(&found);
                about(&notifier, message, found.case, route, to).await?
            }
        },
    };
    Ok(said.map_or(Outgoing::Nothing, Outgoing::Letter))
}

async fn check(
    notifier: &Notifier,
    case: Case,
    readers: &[KeyHolder],
    days: i64,
    to: MemberId,
) -> anyhow::Result<Option<Letter>> {
    let reporter = store::named(notifier.desk.core.db.reader(), &case.id).await?;
    let after = After::of(days).filter(|after| check_of(&case, *after) == Some(CheckBack::Asked));
    Ok(after.filter(|_| reporter == Some(to)).map(|after| Letter::Check {
        case: case.id,
        number: case.number,
        after,
        audience: Audience::of(readers),
    }))
}

async fn about(
    notifier: &Notifier,
    message: &CaseMessage,
    case: Case,
    route: Route,
    to: MemberId,
) -> anyhow::Result<Option<Letter>> {
    match message {
        CaseMessage::Check { days, .. } => check(notifier, case, &route.readers, *days, to).await,
        _ if !route.reads(to) => Ok(None),
        CaseMessage::Warning { clock, step, .. } => {
            let named = Deadline::named(clock).zip(WarningStep::named(step));
            Ok(named.and_then(|(deadline, step)| warning(notifier, &case, deadline, step, to)))
        }
        CaseMessage::Worse { .. } => Ok(Some(Letter::Worse { number: case.number })),
        CaseMessage::Ask { days, .. } => Ok((case.confidant == Some(to)).then_some(Letter::Ask {
            number: case.number,
            days: *days,
        })),
        CaseMessage::DrillOver { .. } => {
            let began = store::event_of(notifier.desk.core.db.reader(), &case.id, EventKind::DrillDeclared).await?;
            let began = began.and_then(|event| event.at).map(Millis);
            let took = case.acknowledged_at.zip(began).map(|(at, began)| at.since(began));
            Ok(took.map(|took| Letter::DrillOver {
                number: case.number,
                took,
            }))
        }
        CaseMessage::News | CaseMessage::Now | CaseMessage::Lapsed { .. } => Ok(None),
    }
}

/// `None` if the deadline was met meanwhile, or starts again.
fn warning(notifier: &Notifier, case: &Case, deadline: Deadline, step: WarningStep, to: MemberId) -> Option<Letter> {
    let zone = civil::zone(&notifier.organisation.zone).unwrap_or(TimeZone::UTC);
    let (zone, now) = (&zone, notifier.desk.core.clock.now());
    let progress = progress(case);
    let warnings = due::warnings(&progress, zone);
    warnings
        .iter()
        .find(|warning| warning.deadline == deadline && warning.step == step && warning.at <= now)?;
    Some(Letter::Warning(Box::new(Overdue {
        number: case.number.clone(),
        deadline,
        step,
        due: match deadline {
            Deadline::FirstReply => due::first_reply_due(case.received_on, zone),
            Deadline::Feedback => due::feedback_due(&progress, zone),
        },
        taken: case.handler.is_some(),
        own: case.handler == Some(to) || (case.handler.is_none() && step.escalation() == Escalation::Own),
    })))
}
