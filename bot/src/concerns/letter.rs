//! What a promised message says, looked up when it is sent: by then somebody may have answered, or may no longer know
//! of the case.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::case::{Case, CaseNumber, CheckBack};
use super::clocks::{self, After, Clock, Rung, Step};
use super::event::EventKind;
use super::tell_news::check_of;
use super::vouch::{Found, Vouch};
use super::warn::course;
use super::{keys, store};
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::db::Connection;
use crate::ids::{CaseId, MemberId};
use crate::outbox::CaseMessage;
use crate::people;
use crate::prompts::schedule;

/// A message to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// The inbox has news.
    News,
    /// Somebody asks to be read at once.
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
    },
    /// It was a drill, and so many milliseconds passed until the first word.
    DrillOver {
        number: CaseNumber,
        took: i64,
    },
    /// A request of theirs to open an identity came to nothing. It names no case, as they may read it no longer.
    Lapsed,
}

/// What is due in a case, and why it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    pub number: CaseNumber,
    pub clock: Clock,
    pub step: Step,
    pub due: Millis,
    /// Whether somebody has taken the case.
    pub taken: bool,
    /// Whether whoever is told is the one who has the case, or nobody has it.
    pub own: bool,
}

/// What to say to `to`; none where there is nothing to say any more, `to` may not hear it, or nothing vouches for the
/// case's row.
///
/// # Errors
/// When the database cannot be read.
pub async fn letter(
    (connection, vouch): (&impl Connection, &Vouch),
    organisation: &Organisation,
    message: &CaseMessage,
    to: MemberId,
) -> anyhow::Result<Option<Letter>> {
    if let CaseMessage::Check { case, days } = message {
        return check((connection, vouch), case, *days, to).await;
    }
    let roles = roles_of(connection, organisation, to).await?;
    let called = roles.contains(&Role::IncidentTeam);
    let works = keys::may_hold(&roles);
    let id = match message {
        CaseMessage::Now => return Ok((works || called).then_some(Letter::Now)),
        CaseMessage::News => return Ok(works.then_some(Letter::News)),
        CaseMessage::Warning { case, .. }
        | CaseMessage::Check { case, .. }
        | CaseMessage::Ask { case, .. }
        | CaseMessage::Worse { case }
        | CaseMessage::DrillOver { case }
        | CaseMessage::Lapsed { case } => case,
    };
    if !works && !matches!(message, CaseMessage::Lapsed { .. }) {
        return Ok(None);
    }
    match vouch.find(connection, id).await? {
        Found::Sound(case, barred) if !barred.contains(&to) => {
            about(connection, organisation, message, (*case, to)).await
        }
        Found::Sound(..) | Found::Nothing | Found::Doubtful => Ok(None),
    }
}

async fn roles_of(
    connection: &impl Connection,
    organisation: &Organisation,
    member: MemberId,
) -> anyhow::Result<BTreeSet<Role>> {
    let standing = people::find(connection, organisation, member).await?;
    let here = standing.filter(|standing| !standing.left);
    Ok(here.map(|standing| standing.roles).unwrap_or_default())
}

async fn check(
    (connection, vouch): (&impl Connection, &Vouch),
    id: &CaseId,
    days: i64,
    to: MemberId,
) -> anyhow::Result<Option<Letter>> {
    let Found::Sound(case, _) = vouch.find(connection, id).await? else {
        return Ok(None);
    };
    let reporter = store::named(connection, id).await?;
    let after = After::of(days).filter(|after| check_of(&case, *after) == Some(CheckBack::Asked));
    Ok(after.filter(|_| reporter == Some(to)).map(|after| Letter::Check {
        case: case.id,
        number: case.number,
        after,
    }))
}

async fn about(
    connection: &impl Connection,
    organisation: &Organisation,
    message: &CaseMessage,
    (case, to): (Case, MemberId),
) -> anyhow::Result<Option<Letter>> {
    match message {
        CaseMessage::Warning { clock, step, .. } => {
            let named = Clock::named(clock).zip(Step::named(step));
            let zone = schedule::zone(&organisation.zone).unwrap_or(TimeZone::UTC);
            Ok(named.and_then(|named| warning(&case, named, &zone, to)))
        }
        CaseMessage::Worse { .. } => Ok(Some(Letter::Worse { number: case.number })),
        CaseMessage::Ask { days, .. } => Ok((case.confidant == Some(to)).then_some(Letter::Ask {
            number: case.number,
            days: *days,
        })),
        CaseMessage::DrillOver { .. } => {
            let began = store::event_of(connection, &case.id, EventKind::DrillDeclared).await?;
            let began = began.and_then(|event| event.at).map(Millis);
            let took = case.acknowledged_at.zip(began).map(|(at, began)| at.since(began));
            Ok(took.map(|took| Letter::DrillOver {
                number: case.number,
                took,
            }))
        }
        CaseMessage::Lapsed { .. } => Ok(Some(Letter::Lapsed)),
        CaseMessage::News | CaseMessage::Now | CaseMessage::Check { .. } => Ok(None),
    }
}

/// None where the clock has been stopped meanwhile.
fn warning(case: &Case, (clock, step): (Clock, Step), zone: &TimeZone, to: MemberId) -> Option<Letter> {
    let course = course(case);
    let warnings = clocks::warnings(&course, zone);
    warnings
        .iter()
        .find(|warning| warning.clock == clock && warning.step == step)?;
    Some(Letter::Warning(Box::new(Overdue {
        number: case.number.clone(),
        clock,
        step,
        due: match clock {
            Clock::FirstWord => clocks::first_word_due(case.received_on, zone),
            Clock::Feedback => clocks::feedback_due(&course, zone),
        },
        taken: case.handler.is_some(),
        own: case.handler == Some(to) || (case.handler.is_none() && step.rung() == Rung::Own),
    })))
}
