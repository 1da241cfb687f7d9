//! How a case moves on: in review, resolved, dismissed, and open again. Each move has a reason, which the reporter
//! reads.

use super::access::{self, Access, Handler};
use super::text::{self, HandlerText, TextError};
use crate::clock::Millis;
use crate::concerns::case::{Case, CaseNumber, CaseState};
use crate::concerns::desk::{Desk, day_of};
use crate::concerns::entry::EntryKind;
use crate::concerns::event::EventKind;
use crate::concerns::raising::visit::REOPEN_DAYS;
use crate::concerns::store;
use crate::ids::CaseId;
use crate::ledger::Tx;

/// How long after closing a case can be opened again, milliseconds.
pub const REOPENABLE: i64 = REOPEN_DAYS * Millis::DAY;

/// The outcome of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettleOutcome {
    Settled(CaseNumber, CaseState),
    Illegal {
        from: CaseState,
        to: CaseState,
    },
    /// It could be opened again until then.
    TooLate(CaseNumber, Millis),
    Wrong(TextError),
    NoSuchCase,
}

/// Why a case cannot move in this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IllegalMove {
    Never,
    /// It could until then.
    TooLate(Millis),
}

/// Whether a handler may move the case in this way at that instant. A new case only moves on when a handler replies to
/// the reporter.
///
/// # Errors
/// Why not.
pub fn allows(case: &Case, to: CaseState, now: Millis) -> Result<(), IllegalMove> {
    match (case.state, to) {
        (CaseState::Acknowledged, CaseState::InReview)
        | (CaseState::InReview, CaseState::Resolved | CaseState::Dismissed) => Ok(()),
        (CaseState::Resolved | CaseState::Dismissed, CaseState::InReview) => {
            let until = case.closed_at.map_or(now, |at| at + REOPENABLE);
            if now <= until {
                Ok(())
            } else {
                Err(IllegalMove::TooLate(until))
            }
        }
        (
            CaseState::New | CaseState::Acknowledged | CaseState::InReview | CaseState::Resolved | CaseState::Dismissed,
            _,
        ) => Err(IllegalMove::Never),
    }
}

/// The states that a handler may move the case to at that instant.
pub fn moves(case: &Case, now: Millis) -> Vec<CaseState> {
    let all = CaseState::ALL.iter().copied();
    all.filter(|to| allows(case, *to, now).is_ok()).collect()
}

/// Moves a case, with the reason.
///
/// # Errors
/// When the database cannot be written or nothing can be sealed; then nothing has changed.
pub async fn settle(
    desk: &Desk,
    handler: &Handler,
    case: CaseId,
    to: CaseState,
    reason: HandlerText,
) -> anyhow::Result<SettleOutcome> {
    access::work(desk, handler, move |tx, access| {
        Box::pin(settle_in(tx, access, case, to, reason))
    })
    .await
}

async fn settle_in(
    tx: &Tx,
    access: &Access,
    id: CaseId,
    to: CaseState,
    reason: HandlerText,
) -> anyhow::Result<SettleOutcome> {
    let Some(mut seen) = access.see(tx.connection(), &id).await? else {
        return Ok(SettleOutcome::NoSuchCase);
    };
    if reason.is_written(tx, &seen).await? {
        return Ok(SettleOutcome::Settled(seen.case.number, to));
    }
    let from = seen.case.state;
    match allows(&seen.case, to, tx.now()) {
        Ok(()) => {}
        Err(IllegalMove::Never) => return Ok(SettleOutcome::Illegal { from, to }),
        Err(IllegalMove::TooLate(until)) => return Ok(SettleOutcome::TooLate(seen.case.number, until)),
    }
    if let Err(error) = reason.check() {
        return Ok(SettleOutcome::Wrong(error));
    }
    let about = text::write(tx, access, &seen, EntryKind::Reason, &reason).await?;
    enter(&mut seen.case, to, tx.now(), &access.handler.organisation.zone);
    store::update_case(tx.connection(), &seen.case).await?;
    if from.is_closed() {
        store::forget_warnings(tx.connection(), &id).await?;
    }
    access.note(tx, EventKind::StateSet, Some(&id), Some(about)).await?;
    Ok(SettleOutcome::Settled(seen.case.number, to))
}

/// Closing tells the outcome, so it is feedback.
fn enter(case: &mut Case, to: CaseState, now: Millis, zone: &str) {
    if case.state.is_closed() {
        case.reopen(to, day_of(now, zone));
        return;
    }
    case.state = to;
    if to.is_closed() {
        case.closed_at = Some(now);
        case.feedback_at = case.feedback_at.or(Some(now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Urgency;
    use crate::concerns::case::Mode;
    use crate::ids::OrganisationId;

    const CLOSED: Millis = Millis(1_000);

    fn case(state: CaseState) -> Case {
        Case {
            id: CaseId::new("0".repeat(32)),
            organisation: OrganisationId::from_i64(1),
            number: CaseNumber::read("K7Q-2MX").expect("a number"),
            lookup: String::new(),
            reporter: String::new(),
            mode: Mode::Anonymous,
            category: "mistake".to_owned(),
            formal: false,
            urgency: Urgency::Today,
            state,
            received_on: jiff::civil::date(2026, 11, 22),
            no_contact: false,
            wants_talk: false,
            withdrawn: false,
            handler: None,
            confidant: None,
            acknowledged_at: None,
            feedback_at: None,
            closed_at: state.is_closed().then_some(CLOSED),
            merged_into: None,
            drill: false,
            check_30: None,
            check_90: None,
            vouch: None,
            reopened_on: None,
            first_feedback_at: None,
        }
    }

    #[test]
    fn each_state_has_its_moves_and_no_others() {
        use CaseState::{Acknowledged, Dismissed, InReview, New, Resolved};
        let last = CLOSED + REOPENABLE;
        let table: [(CaseState, &[CaseState]); 5] = [
            (New, &[]),
            (Acknowledged, &[InReview]),
            (InReview, &[Resolved, Dismissed]),
            (Resolved, &[InReview]),
            (Dismissed, &[InReview]),
        ];
        for (from, legal) in table {
            assert_eq!(moves(&case(from), last), legal, "{from:?}");
        }
        for closed in [Resolved, Dismissed] {
            assert_eq!(moves(&case(closed), last + 1), []);
            assert_eq!(
                allows(&case(closed), InReview, last + 1),
                Err(IllegalMove::TooLate(last))
            );
            assert_eq!(allows(&case(closed), New, last), Err(IllegalMove::Never));
        }
    }
}
