//! What a handler sees without opening anything: the cases that they may see, and one of them in detail.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::access::{self, Access, Handler, Visible};
use super::settle::REOPENABLE;
use crate::catalogue::Urgency;
use crate::clock::Millis;
use crate::concerns::case::{Case, CaseNumber, CaseState};
use crate::concerns::deadlines::due::{self, Deadline};
use crate::concerns::deadlines::warn::progress;
use crate::concerns::desk::Desk;
use crate::concerns::event::EventKind;
use crate::concerns::store;
use crate::ids::{CaseId, MemberId, UnsealingId};
use crate::ledger::Tx;

/// The cases that a handler may see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inbox {
    /// The most urgent first, then by their day of receipt, then by their random numbers.
    pub open: Vec<CaseLine>,
    /// Those that can be opened again, in the same order.
    pub closed: Vec<CaseLine>,
    /// Cases that are shown to nobody, as their rows were changed outside the program.
    pub withheld: usize,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLine {
    pub id: CaseId,
    pub number: CaseNumber,
    /// The category's label.
    pub category: String,
    pub state: CaseState,
    pub urgency: Urgency,
    pub received_on: Date,
    pub handler: Option<MemberId>,
    /// The next deadline, and when it is.
    pub next: Option<(Deadline, Millis)>,
}

/// A case without its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    pub case: Case,
    /// The category's label.
    pub category: String,
    /// The organisation's.
    pub zone: TimeZone,
    pub first_reply_due: Millis,
    /// `None` if no feedback is due.
    pub feedback_due: Option<Millis>,
    pub entries: u64,
    pub files: u64,
    /// The case where the work goes on, if the handler may see it.
    pub joined_to: Option<CaseNumber>,
    /// Cases that point here, as far as the handler may see them.
    pub joined_from: Vec<CaseNumber>,
    /// A request to open the identity that waits for a second person.
    pub asked: Option<Asked>,
}

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub id: UnsealingId,
    pub by: MemberId,
}

/// The cases that this handler may see. That they were listed is noted.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn inbox(desk: &Desk, handler: &Handler) -> anyhow::Result<Inbox> {
    access::work(desk, handler, |tx, access| Box::pin(inbox_in(tx, access))).await
}

async fn inbox_in(tx: &Tx, access: &Access) -> anyhow::Result<Inbox> {
    let (seen, withheld) = access.see_all(tx.connection()).await?;
    access.note(tx, EventKind::Listed, None, None).await?;
    let mut inbox = Inbox {
        // Somebody with a role alone must not be told that there is a case.
        withheld: access.own().map_or(0, |_| withheld),
        ..Inbox::default()
    };
    for Visible { case, .. } in seen {
        match case.closed_at {
            _ if !case.state.is_closed() => inbox.open.push(line(access, case)),
            Some(at) if tx.now() <= at + REOPENABLE => inbox.closed.push(line(access, case)),
            Some(_) | None => {}
        }
    }
    for lines in [&mut inbox.open, &mut inbox.closed] {
        lines.sort_by(|one, other| rank(one).cmp(&rank(other)));
    }
    Ok(inbox)
}

fn rank(line: &CaseLine) -> (Urgency, Date, &CaseNumber) {
    (line.urgency, line.received_on, &line.number)
}

fn line(access: &Access, case: Case) -> CaseLine {
    let zone = zone(access);
    let next = next(&case, &zone);
    CaseLine {
        next,
        category: label(&access.desk, &case),
        id: case.id,
        number: case.number,
        state: case.state,
        urgency: case.urgency,
        received_on: case.received_on,
        handler: case.handler,
    }
}

fn next(case: &Case, zone: &TimeZone) -> Option<(Deadline, Millis)> {
    if case.state.is_closed() {
        return None;
    }
    if case.acknowledged_at.is_none() {
        return Some((Deadline::FirstReply, due::first_reply_due(case.received_on, zone)));
    }
    feedback_due(case, zone).map(|due| (Deadline::Feedback, due))
}

/// When feedback is due, if it is and has not been given.
fn feedback_due(case: &Case, zone: &TimeZone) -> Option<Millis> {
    let progress = progress(case);
    due::runs(&progress, Deadline::Feedback).then(|| due::feedback_due(&progress, zone))
}

fn zone(access: &Access) -> TimeZone {
    TimeZone::get(&access.handler.organisation.zone).unwrap_or(TimeZone::UTC)
}

/// The category's label; its id if the catalogue no longer has it.
fn label(desk: &Desk, case: &Case) -> String {
    let known = desk.category(&case.category);
    known.map_or_else(|| case.category.clone(), |known| known.label.clone())
}

/// One case, by its id; `None` if the handler may not see it. That it was looked at is noted.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn open_case(desk: &Desk, handler: &Handler, case: CaseId) -> anyhow::Result<Option<Overview>> {
    access::work(desk, handler, move |tx, access| {
        Box::pin(look_in(tx, access, Some(case)))
    })
    .await
}

/// One case, by its number; `None` if the handler may not see it. That it was looked at is noted.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn find_case(desk: &Desk, handler: &Handler, number: CaseNumber) -> anyhow::Result<Option<Overview>> {
    access::work(desk, handler, move |tx, access| {
        Box::pin(async move {
            let id = store::id_of(tx.connection(), access.handler.organisation.id, &number).await?;
            look_in(tx, access, id).await
        })
    })
    .await
}

/// The number of a case, without noting anything; `None` if the handler may not see it.
///
/// # Errors
/// When the database cannot be read.
pub async fn number(desk: &Desk, handler: &Handler, case: &CaseId) -> anyhow::Result<Option<CaseNumber>> {
    let access = Access::of(desk, handler).await?;
    let seen = access.see(desk.core.db.reader(), case).await?;
    Ok(seen.map(|seen| seen.case.number))
}

async fn look_in(tx: &Tx, access: &Access, case: Option<CaseId>) -> anyhow::Result<Option<Overview>> {
    let connection = tx.connection();
    let mut seen: BTreeMap<CaseId, Case> = access
        .see_all(connection)
        .await?
        .0
        .into_iter()
        .map(|seen| (seen.case.id.clone(), seen.case))
        .collect();
    let Some(case) = case.and_then(|id| seen.remove(&id)) else {
        return Ok(None);
    };
    access.note(tx, EventKind::Listed, Some(&case.id), None).await?;
    let (entries, files) = store::counts(connection, &case.id).await?;
    let waits = store::unsealings(connection, &case.id)
        .await?
        .into_iter()
        .find(|asked| asked.agreed.is_none());
    let mut joined_from: Vec<CaseNumber> = seen
        .values()
        .filter(|other| other.merged_into.as_ref() == Some(&case.id))
        .map(|other| other.number.clone())
        .collect();
    joined_from.sort();
    let zone = zone(access);
    Ok(Some(Overview {
        category: label(&access.desk, &case),
        first_reply_due: due::first_reply_due(case.received_on, &zone),
        feedback_due: feedback_due(&case, &zone),
        joined_to: case
            .merged_into
            .as_ref()
            .and_then(|id| seen.get(id))
            .map(|other| other.number.clone()),
        joined_from,
        asked: waits.map(|asked| Asked {
            id: asked.id,
            by: asked.asked_by,
        }),
        entries,
        files,
        zone,
        case,
    }))
}
