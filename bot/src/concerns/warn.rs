//! Warning handlers before and after words are due. A warning names the case and its reason, goes out once, and only
//! to those who may read the case.

use std::collections::BTreeSet;

use anyhow::Context;
use jiff::tz::TimeZone;

use super::bell::{Bell, Station};
use super::case::{Case, CaseState};
use super::clocks::{self, Clock, Course, Reopened, Rung, Warning};
use super::event::EventKind;
use super::{ladder, store};
use crate::clock::Millis;
use crate::ledger::Tx;
use crate::outbox::CaseMessage;

/// What clocks look at in a case.
pub(super) fn course(case: &Case) -> Course {
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
/// Returns when the next warning is due.
pub(super) async fn warn(station: &Station, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let (station, zone) = (station.clone(), zone.clone());
    let ledger = station.desk.ledger.clone();
    let warned = ledger.write(move |tx| {
        Box::pin(async move {
            let mut next: Option<Millis> = None;
            for case in store::open_cases(tx.connection(), station.organisation.id).await? {
                let of_case = warn_of(tx, &station, &case, &zone).await?;
                next = next.into_iter().chain(of_case).min();
            }
            Ok(next)
        })
    });
    warned.await.context("warning handlers")
}

async fn warn_of(tx: &Tx, station: &Station, case: &Case, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let told = store::notices(tx.connection(), &case.id).await?;
    let is_told = |warning: &Warning| told.contains(&words(warning));
    let waiting: Vec<Warning> = clocks::warnings(&course(case), zone)
        .into_iter()
        .filter(|warning| !is_told(warning))
        .collect();
    let (due, later): (Vec<Warning>, Vec<Warning>) = waiting.into_iter().partition(|warning| warning.at <= tx.now());
    for warning in &due {
        store::insert_notice(tx.connection(), case, words(warning), tx.now()).await?;
    }
    for clock in Clock::ALL {
        // They are in order, so the last is the newest.
        if let Some(warning) = due.iter().rfind(|warning| warning.clock == clock) {
            send(tx, station, case, warning).await?;
        }
    }
    Ok(later.iter().map(|warning| warning.at).min())
}

fn words(warning: &Warning) -> store::Told {
    (warning.clock.word().to_owned(), warning.step.word().to_owned())
}

async fn send(tx: &Tx, station: &Station, case: &Case, warning: &Warning) -> anyhow::Result<()> {
    let rung = warning.step.rung();
    let readers = station.readers(tx.connection(), case).await?;
    let called: BTreeSet<_> = ladder::called(case.handler, &readers, rung);
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
