//! Warning handlers before and after words are due. A warning names the case and its reason, goes out once, and only
//! to those who may read the case.

use std::collections::BTreeSet;

use anyhow::Context;
use jiff::tz::TimeZone;

use super::bell::{Bell, Station};
use super::clocks::{self, Clock, Course, Reopened, Rung, Warning};
use super::ladder;
use super::rounds;
use crate::clock::Millis;
use crate::concerns::case::{Case, CaseState};
use crate::concerns::event::EventKind;
use crate::concerns::keys::handler_key::Holder;
use crate::concerns::store;
use crate::db::Connection;
use crate::ids::CaseId;
use crate::ledger::Tx;
use crate::outbox::CaseMessage;

/// What clocks look at in a case.
pub(crate) fn course(case: &Case) -> Course {
    Course {
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

/// Sends what is due and was not sent, the newest of each clock; what a longer absence has passed over is only noted.
/// Where nobody may read a case, nothing is noted, and somebody is warned as soon as there is anybody. What fails in one
/// case holds no other up. Returns when the next warning is due.
pub(crate) async fn warn(station: &Station, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let cases = store::open_cases(station.desk.db.reader(), station.organisation.id).await?;
    let mut outcomes = Vec::with_capacity(cases.len());
    for case in cases {
        outcomes.push(warn_of(station, zone, case).await.context("warning handlers"));
    }
    rounds::earliest(outcomes)
}

async fn warn_of(station: &Station, zone: &TimeZone, case: Case) -> anyhow::Result<Option<Millis>> {
    let now = station.desk.clock.now();
    let (due, later) = waiting(station.desk.db.reader(), (&case, zone), now).await?;
    if !due.is_empty() {
        let (own, zone) = (station.clone(), zone.clone());
        let warned = station
            .desk
            .ledger
            .write(move |tx| Box::pin(async move { warn_in(tx, &own, &zone, &case.id).await }));
        warned.await?;
    }
    Ok(later.iter().map(|warning| warning.at).min())
}

/// The warnings that did not go out: those that are due, and those that will be. Each in the order of their instants.
async fn waiting(
    connection: &impl Connection,
    (case, zone): (&Case, &TimeZone),
    now: Millis,
) -> anyhow::Result<(Vec<Warning>, Vec<Warning>)> {
    let told = store::notices(connection, &case.id).await?;
    let waiting = clocks::warnings(&course(case), zone).into_iter();
    Ok(waiting
        .filter(|warning| !told.contains(&words(warning)))
        .partition(|warning| warning.at <= now))
}

async fn warn_in(tx: &Tx, station: &Station, zone: &TimeZone, id: &CaseId) -> anyhow::Result<()> {
    // Meanwhile somebody may have closed it.
    let found = store::find(tx.connection(), id).await?;
    let Some(case) = found.filter(|case| !case.state.is_closed()) else {
        return Ok(());
    };
    let (due, _) = waiting(tx.connection(), (&case, zone), tx.now()).await?;
    let readers = station.readers(tx.connection(), &case).await?;
    if readers.is_empty() {
        return Ok(());
    }
    for warning in &due {
        store::insert_notice(tx.connection(), &case, words(warning), tx.now()).await?;
    }
    for clock in Clock::ALL {
        // They are in order, so the last is the newest.
        if let Some(warning) = due.iter().rfind(|warning| warning.clock == clock) {
            send(tx, station, (&case, &readers), warning).await?;
        }
    }
    Ok(())
}

fn words(warning: &Warning) -> store::Told {
    (warning.clock.word().to_owned(), warning.step.word().to_owned())
}

async fn send(
    tx: &Tx,
    station: &Station,
    (case, readers): (&Case, &[Holder]),
    warning: &Warning,
) -> anyhow::Result<()> {
    let rung = warning.step.rung();
    let called: BTreeSet<_> = ladder::called(case.handler, readers, rung);
    let kind = match rung {
        Rung::Own => EventKind::Warned,
        Rung::Next | Rung::Independent => EventKind::Escalated,
    };
    station.note(tx, case, kind).await?;
    let bell = Bell {
        message: CaseMessage::Warning {
            case: case.id.clone(),
            clock: warning.clock.word().to_owned(),
            step: warning.step.word().to_owned(),
        },
        expires: None,
    };
    station.ring(tx, &called, &bell).await
}
