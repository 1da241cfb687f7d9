//! What a visitor sees of the case. A look leaves no trace: nobody learns that a reply was read.

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{CaseView, Check, Heard, Look, VisitId};
use crate::concerns::case::{Case, CheckBack};
use crate::concerns::content;
use crate::concerns::deadlines::due::{self, Deadline};
use crate::concerns::deadlines::warn::progress;
use crate::concerns::desk::{Desk, day_of};
use crate::concerns::entry::Entry;
use crate::concerns::raising::readers::{Readers, readers};
use crate::concerns::sealing;
use crate::concerns::store::{self, Vouch};

/// Days for which a closed case can be reopened.
pub const REOPEN_DAYS: i64 = 30;
/// Days after closing at which the reporter is asked how they fare.
pub const CHECK_DAYS: [i64; 2] = [30, 90];

/// The case of a visit, with all that was said to and by its reporter.
///
/// # Errors
/// When the database or the log cannot be read.
pub async fn look(desk: &Desk, visit: &VisitId) -> anyhow::Result<Look> {
    let Some((found, identity)) = super::case(desk, visit).await? else {
        return Ok(Look::Over);
    };
    let entries = store::entries(desk.core.db.reader(), &found.case.id).await?;
    let said = entries.into_iter().filter(|entry| entry.for_reporter);
    let said = said.map(|entry| heard(&desk.vouch, &identity, &entry)).collect();
    let readers = readers(desk, &found).await?;
    Ok(Look::Case(Box::new(view(desk, found.case, said, readers))))
}

/// An entry that cannot be opened, or was not written by this program, hides nothing else. It is not logged: the log
/// would show when a reporter came.
fn heard(vouch: &Vouch, identity: &age::x25519::Identity, entry: &Entry) -> Heard {
    let opened = sealing::open(identity, &entry.sealed).and_then(|plain| content::read(&plain));
    let (text, about) = match opened {
        Ok(opened) if vouch.wrote(entry) => (Some(opened.text), opened.about),
        Ok(_) | Err(_) => (None, None),
    };
    Heard {
        kind: entry.kind,
        on_day: entry.on_day,
        handler: entry.handler,
        text,
        about,
    }
}

fn view(desk: &Desk, case: Case, said: Vec<Heard>, readers: Readers) -> CaseView {
    let zone = super::zone(desk, &case);
    let today = day_of(desk.core.clock.now(), &zone);
    let timezone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let progress = progress(&case);
    let runs = |deadline| due::runs(&progress, deadline);
    CaseView {
        organisation: case.organisation,
        first_reply_by: (runs(Deadline::FirstReply) && !case.no_contact)
            .then(|| due::first_reply_day(case.received_on)),
        feedback_by: runs(Deadline::Feedback).then(|| due::feedback_day(due::feedback_from(&progress, &timezone))),
        closed_on: closed_on(&case, &zone),
        check: check(&case, &zone, today),
        may_reopen: may_reopen(&case, &zone, today),
        number: case.number,
        mode: case.mode,
        category: case.category,
        urgency: case.urgency,
        state: case.state,
        received_on: case.received_on,
        handler: case.handler,
        wants_talk: case.wants_talk,
        withdrawn: case.withdrawn,
        said,
        readers,
    }
}

fn closed_on(case: &Case, zone: &str) -> Option<Date> {
    case.closed_at
        .filter(|_| case.state.is_closed())
        .map(|at| day_of(at, zone))
}

/// Whether the case was closed at most 30 days ago.
pub(super) fn may_reopen(case: &Case, zone: &str, today: Date) -> bool {
    closed_on(case, zone).is_some_and(|closed| today <= after(closed, REOPEN_DAYS))
}

/// The check-back that is due and not answered; the later one if both are.
pub(super) fn check(case: &Case, zone: &str, today: Date) -> Option<Check> {
    let closed = closed_on(case, zone)?;
    let open = |check: Option<CheckBack>| match check {
        None | Some(CheckBack::Asked) => true,
        Some(CheckBack::Fine | CheckBack::Worse | CheckBack::Unsaid) => false,
    };
    let [first, second] = CHECK_DAYS.map(|days| after(closed, days));
    if today >= second {
        return open(case.check_90).then_some(Check::After90Days);
    }
    (today >= first && open(case.check_30)).then_some(Check::After30Days)
}

/// That number of days later; at most the last day of the calendar.
fn after(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(Date::MAX)
}
