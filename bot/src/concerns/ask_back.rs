//! Asking after 30 and 90 days whether speaking up has cost the reporter anything.
//!
//! Who gave a name is asked by the bot. Who did not is asked when they come back with the case key; where one handler
//! knows the name, that one is reminded to ask in person, for the bot does not know it.

use anyhow::Context;
use jiff::tz::TimeZone;

use super::bell::{Bell, Station};
use super::case::{Case, CheckBack, Mode, worded};
use super::clocks::After;
use super::desk::Desk;
use super::event::{self, EventKind, Happened};
use super::store;
use super::tell_news::check_of;
use super::vouch::Found;
use crate::clock::Millis;
use crate::ids::{CaseId, MemberId};
use crate::ledger::Tx;
use crate::outbox::CaseMessage;

/// Asks where that is due and was not done. Returns when it is due next.
pub(super) async fn ask_back(station: &Station, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let (own, zone) = (station.clone(), zone.clone());
    let asked = station.desk.ledger.write(move |tx| {
        Box::pin(async move {
            let mut next: Option<Millis> = None;
            for case in store::closed_cases(tx.connection(), own.organisation.id, tx.now()).await? {
                let of_case = ask_in(tx, &own, case, &zone).await?;
                next = next.into_iter().chain(of_case).min();
            }
            Ok(next)
        })
    });
    asked.await.context("asking reporters whether anything got worse")
}

async fn ask_in(tx: &Tx, station: &Station, mut case: Case, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let Some(closed) = case.closed_at.filter(|_| !case.drill && !case.no_contact) else {
        return Ok(None);
    };
    if !station.trusts(tx.connection(), &case).await? {
        return Ok(None);
    }
    let waiting: Vec<After> = After::ALL
        .into_iter()
        .filter(|after| check_of(&case, *after).is_none())
        .collect();
    let (due, later): (Vec<After>, Vec<After>) = waiting
        .into_iter()
        .partition(|after| after.due(closed, zone) <= tx.now());
    for after in &due {
        *check_mut(&mut case, *after) = Some(CheckBack::Asked);
    }
    // After a longer absence both are due, and one question is enough.
    if let Some(after) = due.last() {
        store::update_case(tx.connection(), &case).await?;
        station.note(tx, &case, EventKind::CheckAsked).await?;
        send(tx, station, &case, *after).await?;
    }
    Ok(later.first().map(|after| after.due(closed, zone)))
}

fn check_mut(case: &mut Case, after: After) -> &mut Option<CheckBack> {
    match after {
        After::Days30 => &mut case.check_30,
        After::Days90 => &mut case.check_90,
    }
}

async fn send(tx: &Tx, station: &Station, case: &Case, after: After) -> anyhow::Result<()> {
    let (id, days) = (case.id.clone(), after.days());
    let (to, message) = match case.mode {
        Mode::Named => {
            let reporter = store::named(tx.connection(), &case.id).await?;
            (reporter, CaseMessage::Check { case: id, days })
        }
        Mode::Confidential => {
            let readers = station.readers(tx.connection(), case).await?;
            let reads = |confidant: &MemberId| readers.iter().any(|reader| reader.member == *confidant);
            (case.confidant.filter(reads), CaseMessage::Ask { case: id, days })
        }
        Mode::Anonymous => return Ok(()),
    };
    let bell = Bell { message, expires: None };
    station.ring(tx, &to.into_iter().collect(), &bell).await
}

worded! {
    /// What a reporter answers.
    CheckAnswer {
        Fine = "fine",
        Worse = "worse",
        Unsaid = "unsaid",
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    Noted,
    /// It was answered before, or is no longer kept.
    Over,
    /// The one who pressed is not whom the question was put to.
    NotYours,
    /// Nothing vouches for the case's row; nothing was noted.
    Doubtful,
}

/// A button below the question, pressed by `member`. Whose case it is is looked up again.
///
/// # Errors
/// When the database cannot be written; then nothing has changed.
pub async fn answer_back(
    desk: &Desk,
    id: &CaseId,
    member: MemberId,
    (after, answer): (After, CheckAnswer),
) -> anyhow::Result<CheckOutcome> {
    let (of, id) = (desk.clone(), id.clone());
    let answered = desk.ledger.write(move |tx| {
        Box::pin(async move {
            if store::named(tx.connection(), &id).await? != Some(member) {
                return Ok(CheckOutcome::NotYours);
            }
            match of.vouch.find(tx.connection(), &id).await? {
                Found::Sound(case, _) if check_of(&case, after) == Some(CheckBack::Asked) => {
                    answer_in(tx, &of, *case, (after, answer)).await
                }
                Found::Sound(..) | Found::Nothing => Ok(CheckOutcome::Over),
                Found::Doubtful => Ok(CheckOutcome::Doubtful),
            }
        })
    });
    answered.await.context("noting whether anything got worse")
}

async fn answer_in(
    tx: &Tx,
    desk: &Desk,
    mut case: Case,
    (after, answer): (After, CheckAnswer),
) -> anyhow::Result<CheckOutcome> {
    *check_mut(&mut case, after) = Some(match answer {
        CheckAnswer::Fine => CheckBack::Fine,
        CheckAnswer::Worse => CheckBack::Worse,
        CheckAnswer::Unsaid => CheckBack::Unsaid,
    });
    store::update_case(tx.connection(), &case).await?;
    let zone = desk
        .organisation(case.organisation)
        .map_or("UTC", |organisation| &organisation.zone);
    let happened = Happened {
        organisation: case.organisation,
        on_day: super::desk::day_of(tx.now(), zone),
        case: Some(case.id),
        kind: EventKind::CheckAnswered,
        actor: None,
        about: None,
    };
    event::happened(tx, &desk.chance, happened).await?;
    Ok(CheckOutcome::Noted)
}
