//! Warning handlers before and after a reply or the outcome is due. A warning names the case and its reason, goes out
//! once, and only to those who may read the case.

use std::collections::BTreeSet;

use anyhow::Context;
use jiff::tz::TimeZone;

use super::due::{self, Deadline, Escalation, Progress, Reopened, Warning};
use super::escalation;
use super::fixed_times;
use super::notify::{DirectMessage, Notifier};
use crate::clock::Millis;
use crate::concerns::case::{Case, CaseState};
use crate::concerns::event::EventKind;
use crate::concerns::keys::handler_key::KeyHolder;
use crate::concerns::store;
use crate::db::Connection;
use crate::ids::CaseId;
use crate::ledger::Tx;
use crate::outbox::CaseMessage;

/// What a case's deadlines depend on.
pub(crate) fn progress(case: &Case) -> Progress {
    Progress {
        received_on: case.received_on,
        acknowledged: case.acknowledged_at,
        feedback: case.feedback_at,
        closed: case.closed_at,
        reopened: case.reopened_on.map(|on| Reopened {
            on,
            told: case.first_feedback_at.is_some(),
        }),
        untouched: case.state == CaseState::New && case.handler.is_none(),
        withdrawn: case.withdrawn,
        no_contact: case.no_contact,
    }
}

/// Sends what is due and was not sent, the newest for each deadline; after a longer outage the others are only noted.
/// If nobody may read a case, nothing is noted, and somebody is warned as soon as there is anybody. If one case fails,
/// the others go on. Returns when the next warning is due.
pub(crate) async fn warn(notifier: &Notifier, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let cases = store::open_cases(notifier.desk.core.db.reader(), notifier.organisation.id).await?;
    let mut outcomes = Vec::with_capacity(cases.len());
    for case in cases {
        outcomes.push(warn_of(notifier, zone, case).await.context("warning handlers"));
    }
    fixed_times::earliest(outcomes)
}

async fn warn_of(notifier: &Notifier, zone: &TimeZone, case: Case) -> anyhow::Result<Option<Millis>> {
    let now = notifier.desk.core.clock.now();
    let (due, later) = waiting(notifier.desk.core.db.reader(), &case, zone, now).await?;
    if !due.is_empty() {
        let (own, zone) = (notifier.clone(), zone.clone());
        let warned = notifier
            .desk
            .core
            .ledger
            .write(move |tx| Box::pin(async move { warn_in(tx, &own, &zone, &case.id).await }));
        warned.await?;
    }
    Ok(later.iter().map(|warning| warning.at).min())
}

/// The warnings that did not go out: those that are due, and those that will be. Each in the order of their instants.
async fn waiting(
    connection: &impl Connection,
    case: &Case,
    zone: &TimeZone,
    now: Millis,
) -> anyhow::Result<(Vec<Warning>, Vec<Warning>)> {
    let told = store::notices(connection, &case.id).await?;
    let waiting = due::warnings(&progress(case), zone).into_iter();
    Ok(waiting
        .filter(|warning| !told.contains(&words(warning)))
        .partition(|warning| warning.at <= now))
}

async fn warn_in(tx: &Tx, notifier: &Notifier, zone: &TimeZone, id: &CaseId) -> anyhow::Result<()> {
    // Somebody may have closed it in the meantime.
    let found = store::find(tx.connection(), id).await?;
    let Some(case) = found.filter(|case| !case.state.is_closed()) else {
        return Ok(());
    };
    let (due, _) = waiting(tx.connection(), &case, zone, tx.now()).await?;
    let readers = notifier.readers(tx.connection(), &case).await?;
    if readers.is_empty() {
        return Ok(());
    }
    for warning in &due {
        store::insert_notice(tx.connection(), &case, words(warning), tx.now()).await?;
    }
    for deadline in Deadline::ALL {
        // They are in order, so the last is the newest.
        if let Some(warning) = due.iter().rfind(|warning| warning.deadline == deadline) {
            send(tx, notifier, &case, &readers, warning).await?;
        }
    }
    Ok(())
}

fn words(warning: &Warning) -> store::Told {
    (warning.deadline.word().to_owned(), warning.step.word().to_owned())
}

async fn send(
    tx: &Tx,
    notifier: &Notifier,
    case: &Case,
    readers: &[KeyHolder],
    warning: &Warning,
) -> anyhow::Result<()> {
    let escalation = warning.step.escalation();
    let called: BTreeSet<_> = escalation::called(case.handler, readers, escalation);
    let kind = match escalation {
        Escalation::Own => EventKind::Warned,
        Escalation::Next | Escalation::Independent => EventKind::Escalated,
    };
    notifier.note(tx, case, kind).await?;
    let direct = DirectMessage {
        message: CaseMessage::Warning {
            case: case.id.clone(),
            clock: warning.deadline.word().to_owned(),
            step: warning.step.word().to_owned(),
        },
        expires: None,
    };
    notifier.send(tx, &called, &direct).await
}
