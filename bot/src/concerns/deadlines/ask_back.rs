//! Asking after 30 and 90 days whether speaking up has cost the reporter anything.
//!
//! A reporter who gave a name is asked by the bot. One who did not is asked when they come back with the case key. If
//! one handler knows the name, that handler is reminded to ask in person, because the bot does not know it.

use anyhow::Context;
use jiff::tz::TimeZone;

use super::due::After;
use super::escalation::Audience;
use super::fixed_times;
use super::notify::{DirectMessage, Notifier};
use super::tell_news::check_of;
use crate::clock::Millis;
use crate::concerns::case::{Case, CheckBack, Mode, worded};
use crate::concerns::desk::Desk;
use crate::concerns::event::{self, EventKind, NewEvent};
use crate::concerns::raising::readers::readers;
use crate::concerns::store::{self, Vouched};
use crate::ids::{CaseId, MemberId};
use crate::ledger::Tx;
use crate::outbox::CaseMessage;

/// Asks if that is due and was not done. If one case fails, the others go on. Returns when it is due next.
pub(crate) async fn ask_back(notifier: &Notifier, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let now = notifier.desk.core.clock.now();
    let cases = store::closed_cases(notifier.desk.core.db.reader(), notifier.organisation.id, now).await?;
    let mut outcomes = Vec::with_capacity(cases.len());
    for case in cases {
        let asked = ask_of(notifier, zone, &case).await;
        outcomes.push(asked.context("asking reporters whether anything got worse"));
    }
    fixed_times::earliest(outcomes)
}

async fn ask_of(notifier: &Notifier, zone: &TimeZone, case: &Case) -> anyhow::Result<Option<Millis>> {
    let (due, later) = waiting(case, zone, notifier.desk.core.clock.now());
    if !due.is_empty() {
        let (own, zone, id) = (notifier.clone(), zone.clone(), case.id.clone());
        let asked = notifier
            .desk
            .core
            .ledger
            .write(move |tx| Box::pin(async move { ask_in(tx, &own, &zone, &id).await }));
        asked.await?;
    }
    Ok(later.first().copied())
}

/// The questions that are due, earliest first, and the instants of those that will be.
fn waiting(case: &Case, zone: &TimeZone, now: Millis) -> (Vec<After>, Vec<Millis>) {
    let Some(closed) = case.closed_at.filter(|_| !case.drill && !case.no_contact) else {
        return (Vec::new(), Vec::new());
    };
    let waiting = After::ALL.into_iter().filter(|after| check_of(case, *after).is_none());
    let (due, later): (Vec<After>, Vec<After>) = waiting.partition(|after| after.due(closed, zone) <= now);
    (due, later.into_iter().map(|after| after.due(closed, zone)).collect())
}

async fn ask_in(tx: &Tx, notifier: &Notifier, zone: &TimeZone, id: &CaseId) -> anyhow::Result<()> {
    let Some(Vouched { mut case, .. }) = notifier.desk.vouch.find(tx.connection(), id).await? else {
        return Ok(());
    };
    let (due, _) = waiting(&case, zone, tx.now());
    // After a longer outage both are due, and one question is enough.
    let Some(last) = due.last() else {
        return Ok(());
    };
    let Some(direct) = question(tx, notifier, &case, *last).await? else {
        return Ok(());
    };
    for after in &due {
        *check_mut(&mut case, *after) = Some(CheckBack::Asked);
    }
    store::update_case(tx.connection(), &case).await?;
    notifier.note(tx, &case, EventKind::CheckAsked).await?;
    match direct {
        Question::ComesBack => Ok(()),
        Question::To(member, message) => {
            let direct = DirectMessage { message, expires: None };
            notifier.send(tx, &[member].into(), &direct).await
        }
    }
}

/// How a reporter is asked.
enum Question {
    To(MemberId, CaseMessage),
    /// When they come back with the case key.
    ComesBack,
}

/// `None` if nobody who could ask may read the case now; then nothing may be noted as asked.
async fn question(tx: &Tx, notifier: &Notifier, case: &Case, after: After) -> anyhow::Result<Option<Question>> {
    let (id, days) = (case.id.clone(), after.days());
    Ok(match case.mode {
        Mode::Named => {
            let reporter = store::named(tx.connection(), &case.id).await?;
            let message = CaseMessage::Check { case: id, days };
            // A reporter whose name was erased comes back, or does not.
            Some(reporter.map_or(Question::ComesBack, |member| Question::To(member, message)))
        }
        Mode::Confidential => {
            let readers = notifier.readers(tx.connection(), case).await?;
            let reads = |confidant: &MemberId| readers.iter().any(|reader| reader.member == *confidant);
            let message = CaseMessage::Ask { case: id, days };
            let confidant = case.confidant.filter(reads);
            confidant.map(|confidant| Question::To(confidant, message))
        }
        Mode::Anonymous => Some(Question::ComesBack),
    })
}

fn check_mut(case: &mut Case, after: After) -> &mut Option<CheckBack> {
    match after {
        After::Days30 => &mut case.check_30,
        After::Days90 => &mut case.check_90,
    }
}

worded! {
    /// What a reporter answers.
    CheckAnswer {
        Fine = "fine",
        Worse = "worse",
        Unsaid = "unsaid",
    }
}

/// The outcome of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    /// With the people who are told if something got worse.
    Noted(Audience),
    /// It was answered before, or is no longer kept.
    Over,
    /// The question was put to somebody else.
    NotYours,
    /// The case is withheld; nothing was noted.
    Withheld,
}

/// A button below the question, pressed by `member`. Whose case it is is looked up again.
///
/// # Errors
/// When the database cannot be written; then nothing has changed.
pub async fn answer_back(
    desk: &Desk,
    id: &CaseId,
    member: MemberId,
    after: After,
    answer: CheckAnswer,
) -> anyhow::Result<CheckOutcome> {
    let audience = match desk.vouch.find_silently(desk.core.db.reader(), id).await? {
        Some(found) => readers(desk, &found).await?.audience(),
        None => Audience::Nobody,
    };
    let (of, id) = (desk.clone(), id.clone());
    let answered = desk.core.ledger.write(move |tx| {
        Box::pin(async move {
            if store::named(tx.connection(), &id).await? != Some(member) {
                return Ok(CheckOutcome::NotYours);
            }
            match of.vouch.find_silently(tx.connection(), &id).await? {
                None if store::find(tx.connection(), &id).await?.is_some() => Ok(CheckOutcome::Withheld),
                None => Ok(CheckOutcome::Over),
                Some(Vouched { case, .. }) if check_of(&case, after) == Some(CheckBack::Asked) => {
                    answer_in(tx, &of, case, after, answer).await?;
                    Ok(CheckOutcome::Noted(audience))
                }
                Some(_) => Ok(CheckOutcome::Over),
            }
        })
    });
    answered.await.context("noting whether anything got worse")
}

async fn answer_in(tx: &Tx, desk: &Desk, mut case: Case, after: After, answer: CheckAnswer) -> anyhow::Result<()> {
    let answer = match answer {
        CheckAnswer::Fine => CheckBack::Fine,
        CheckAnswer::Worse => CheckBack::Worse,
        CheckAnswer::Unsaid => CheckBack::Unsaid,
    };
    *check_mut(&mut case, after) = Some(answer);
    store::update_case(tx.connection(), &case).await?;
    let zone = desk
        .core
        .organisation(case.organisation)
        .map_or("UTC", |organisation| &organisation.zone);
    let event = NewEvent {
        organisation: case.organisation,
        on_day: crate::concerns::desk::day_of(tx.now(), zone),
        case: Some(case.id),
        kind: EventKind::of_check(answer),
        actor: None,
        about: None,
    };
    event::record_event(tx, &desk.core.chance, event).await
}
