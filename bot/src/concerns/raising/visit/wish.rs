//! What a reporter decides about the case. Only the day is kept of when.

use jiff::civil::Date;

use super::look::{check, may_reopen};
use super::{Check, VisitId, Visited, Wish, WishOutcome};
use crate::chance::Chance;
use crate::concerns::case::{Case, CaseState, CheckBack};
use crate::concerns::desk::{Desk, day_of, start_of};
use crate::concerns::event::{EventKind, NewEvent, record_event};
use crate::concerns::store;
use crate::ids::CaseId;
use crate::ledger::Tx;

/// Carries out what the reporter decided.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn wish(desk: &Desk, visit: &VisitId, wish: Wish) -> anyhow::Result<WishOutcome> {
    let case = match super::case(desk, visit).await? {
        Visited::Case(case, _) => case,
        Visited::Over => return Ok(WishOutcome::Over),
        Visited::Doubtful => return Ok(WishOutcome::Doubtful),
    };
    let zone = super::zone(desk, &case);
    let today = day_of(desk.clock.now(), &zone);
    let (id, chance) = (case.id, desk.chance.clone());
    desk.ledger
        .write(move |tx| {
            Box::pin(async move {
                let day = Day { today, zone };
                write(tx, &chance, id, (wish, day)).await
            })
        })
        .await
}

/// Today, where the organisation is.
struct Day {
    today: Date,
    zone: String,
}

async fn write(tx: &Tx, chance: &Chance, id: CaseId, (wish, day): (Wish, Day)) -> anyhow::Result<WishOutcome> {
    let Some(mut case) = store::find(tx.connection(), &id).await? else {
        return Ok(WishOutcome::Over);
    };
    let kind = match change(&mut case, wish, &day) {
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
    record_event(tx, chance, event).await?;
    Ok(WishOutcome::Done)
}

/// Changes the case, or says why that cannot be.
fn change(case: &mut Case, wish: Wish, day: &Day) -> Result<EventKind, WishOutcome> {
    let closed = case.state.is_closed();
    match wish {
        Wish::Talk if case.wants_talk => Err(WishOutcome::Already),
        Wish::Talk => {
            case.wants_talk = true;
            Ok(EventKind::TalkAsked)
        }
        Wish::Withdraw if case.withdrawn => Err(WishOutcome::Already),
        Wish::Withdraw if closed => Err(WishOutcome::NotNow),
        Wish::Withdraw => {
            case.withdrawn = true;
            Ok(EventKind::Withdrawn)
        }
        Wish::Close if closed => Err(WishOutcome::Already),
        Wish::Close => {
            case.state = CaseState::Resolved;
            case.closed_at = Some(start_of(day.today, &day.zone));
            Ok(EventKind::ClosedByReporter)
        }
        Wish::Reopen if !closed => Err(WishOutcome::Already),
        Wish::Reopen if !may_reopen(case, &day.zone, day.today) => Err(WishOutcome::NotNow),
        Wish::Reopen => {
            reopen(case, day.today);
            Ok(EventKind::Reopened)
        }
        Wish::Answer(_, CheckBack::Asked) => Err(WishOutcome::NotNow),
        Wish::Answer(which, _) if check(case, &day.zone, day.today) != Some(which) => Err(WishOutcome::NotNow),
        Wish::Answer(which, answer) => {
            match which {
                Check::After30Days => case.check_30 = Some(answer),
                Check::After90Days => case.check_90 = Some(answer),
            }
            Ok(EventKind::of_check(answer))
        }
    }
}

/// The case goes on where it was: a handler has written, or nobody yet.
fn reopen(case: &mut Case, on: Date) {
    let state = match case.acknowledged_at {
        Some(_) => CaseState::InReview,
        None => CaseState::New,
    };
    case.reopen(state, on);
}
