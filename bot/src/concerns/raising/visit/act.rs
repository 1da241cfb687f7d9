//! What a reporter decides about the case. Only the day of it is kept.

use jiff::civil::Date;

use super::look::{check, may_reopen};
use super::{ActionOutcome, Check, ReporterAction, VisitId};
use crate::concerns::case::{Case, CaseState, CheckBack};
use crate::concerns::desk::{Desk, day_of, start_of};
use crate::concerns::event::{EventKind, NewEvent, record_event};
use crate::concerns::store::{self, Vouched};
use crate::ids::CaseId;
use crate::ledger::Tx;

/// Carries out what the reporter decided.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn act(desk: &Desk, visit: &VisitId, action: ReporterAction) -> anyhow::Result<ActionOutcome> {
    let Some((found, _)) = super::case(desk, visit).await? else {
        return Ok(ActionOutcome::Over);
    };
    let zone = super::zone(desk, &found.case);
    let today = day_of(desk.core.clock.now(), &zone);
    let (id, of) = (found.case.id, desk.clone());
    desk.core
        .ledger
        .write(move |tx| {
            Box::pin(async move {
                let day = Day { today, zone };
                write(tx, &of, id, action, day).await
            })
        })
        .await
}

/// Today, where the organisation is.
struct Day {
    today: Date,
    zone: String,
}

async fn write(tx: &Tx, desk: &Desk, id: CaseId, action: ReporterAction, day: Day) -> anyhow::Result<ActionOutcome> {
    let Some(Vouched { mut case, .. }) = desk.vouch.find_silently(tx.connection(), &id).await? else {
        return Ok(ActionOutcome::Over);
    };
    let kind = match change(&mut case, action, &day) {
        Ok(kind) => kind,
        Err(outcome) => return Ok(outcome),
    };
    store::update_case(tx.connection(), &case).await?;
    if kind == EventKind::Reopened {
        store::forget_warnings(tx.connection(), &id).await?;
    }
    let event = NewEvent {
        organisation: case.organisation,
        on_day: day.today,
        case: Some(id),
        kind,
        actor: None,
        about: None,
    };
    record_event(tx, &desk.core.chance, event).await?;
    Ok(ActionOutcome::Done)
}

/// Changes the case, or says why that is impossible.
fn change(case: &mut Case, action: ReporterAction, day: &Day) -> Result<EventKind, ActionOutcome> {
    let closed = case.state.is_closed();
    match action {
        ReporterAction::Talk if case.wants_talk => Err(ActionOutcome::Already),
        ReporterAction::Talk => {
            case.wants_talk = true;
            Ok(EventKind::TalkAsked)
        }
        ReporterAction::Withdraw if case.withdrawn => Err(ActionOutcome::Already),
        ReporterAction::Withdraw if closed => Err(ActionOutcome::NotNow),
        ReporterAction::Withdraw => {
            case.withdrawn = true;
            Ok(EventKind::Withdrawn)
        }
        ReporterAction::Close if closed => Err(ActionOutcome::Already),
        ReporterAction::Close => {
            case.state = CaseState::Resolved;
            case.closed_at = Some(start_of(day.today, &day.zone));
            Ok(EventKind::ClosedByReporter)
        }
        ReporterAction::Reopen if !closed => Err(ActionOutcome::Already),
        ReporterAction::Reopen if !may_reopen(case, &day.zone, day.today) => Err(ActionOutcome::NotNow),
        ReporterAction::Reopen => {
            reopen(case, day.today);
            Ok(EventKind::Reopened)
        }
        ReporterAction::Answer(_, CheckBack::Asked) => Err(ActionOutcome::NotNow),
        ReporterAction::Answer(which, _) if check(case, &day.zone, day.today) != Some(which) => {
            Err(ActionOutcome::NotNow)
        }
        ReporterAction::Answer(which, answer) => {
            match which {
                Check::After30Days => case.check_30 = Some(answer),
                Check::After90Days => case.check_90 = Some(answer),
            }
            Ok(EventKind::of_check(answer))
        }
    }
}

/// The case continues where it was: a handler has written, or nobody yet.
fn reopen(case: &mut Case, on: Date) {
    let state = match case.acknowledged_at {
        Some(_) => CaseState::InReview,
        None => CaseState::New,
    };
    case.reopen(state, on);
}
