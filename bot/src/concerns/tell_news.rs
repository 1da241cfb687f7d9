//! Telling handlers that the inbox has news: at two fixed times a day, without a number, and only those who may see it.

use std::collections::BTreeSet;

use anyhow::Context;
use jiff::ToSpan;
use jiff::tz::TimeZone;

use super::bell::{Bell, Station};
use super::case::{Case, CheckBack};
use super::clocks::After;
use super::event::EventKind;
use super::{ladder, rounds, store};
use crate::clock::Millis;
use crate::ids::{CaseId, MemberId};
use crate::ledger::Tx;
use crate::outbox::CaseMessage;
use crate::settings;

/// What reporters do that handlers hear of.
const NEWS: [EventKind; 7] = [
    EventKind::Received,
    EventKind::Added,
    EventKind::TalkAsked,
    EventKind::Withdrawn,
    EventKind::ClosedByReporter,
    EventKind::Reopened,
    EventKind::CheckAnswered,
];
/// The clock of a notice that such an event was told; its step is the event's id.
const CLOCK: &str = "news";
/// The clock of a notice that somebody outside the lines was told that something got worse.
const WORSE: &str = "worse";
/// So many days back is looked for news, where none was ever told.
const LOOK_BACK: i64 = 7;

/// Tells what is new since the last round, once a round; after a longer absence once for all that were missed.
/// Returns when the next round is.
pub(super) async fn tell_news(station: &Station, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let times = station.desk.config.concerns.news_at;
    let now = station.desk.clock.now();
    if let Some(round) = rounds::last(&times, zone, now) {
        let (own, zone) = (station.clone(), zone.clone());
        let told = station
            .desk
            .ledger
            .write(move |tx| Box::pin(async move { tell(tx, &own, &zone, round).await }));
        told.await.context("telling handlers of news")?;
    }
    Ok(rounds::next(&times, zone, now))
}

async fn tell(tx: &Tx, station: &Station, zone: &TimeZone, round: Millis) -> anyhow::Result<()> {
    let setting = format!("concerns.news.{}", station.organisation.id);
    let before = settings::read(tx.connection(), &setting).await?;
    let before = before.and_then(|at| at.parse().ok()).map(Millis);
    if before.is_some_and(|before| before >= round) {
        return Ok(());
    }
    settings::remember(tx.connection(), &setting, &round.0.to_string(), tx.now()).await?;
    let mut called: BTreeSet<MemberId> = BTreeSet::new();
    for case in fresh(tx, station, zone, before).await? {
        let readers = station.readers(tx.connection(), &case).await?;
        called.extend(readers.iter().map(|reader| reader.member));
        tell_worse(tx, station, &case).await?;
    }
    let news = Bell {
        message: CaseMessage::News,
        expires: Some(round + Millis::DAY),
    };
    station.ring(tx, &called, &news).await
}

/// The cases with events that were not told; they are noted as told. A notice says the day of the event and no more.
async fn fresh(tx: &Tx, station: &Station, zone: &TimeZone, before: Option<Millis>) -> anyhow::Result<Vec<Case>> {
    let connection = tx.connection();
    let today = super::desk::day_of(tx.now(), &station.organisation.zone);
    let since = before.map_or(today.saturating_sub(LOOK_BACK.days()), |before| {
        let day = super::desk::day_of(before, &station.organisation.zone);
        day.saturating_sub(1.days())
    });
    let events = store::events(connection, station.organisation.id, (since, today)).await?;
    let news = NEWS.map(EventKind::word);
    let mut cases: Vec<Case> = Vec::new();
    for event in events {
        let Some(id) = event.case_id.as_ref().filter(|_| event.actor.is_none()) else {
            continue;
        };
        let id = CaseId::new(id.clone());
        let told = (CLOCK.to_owned(), event.id.clone());
        if !news.contains(&event.kind.as_str()) || store::notices(connection, &id).await?.contains(&told) {
            continue;
        }
        let Some(case) = store::find(connection, &id).await? else {
            continue;
        };
        let day = event.on_day.parse().context("an event has no day")?;
        store::insert_notice(connection, &case, told, super::clocks::midnight(day, zone)).await?;
        if cases.iter().all(|known| known.id != case.id) {
            cases.push(case);
        }
    }
    Ok(cases)
}

/// Calls those outside the lines where a reporter said that something got worse.
async fn tell_worse(tx: &Tx, station: &Station, case: &Case) -> anyhow::Result<()> {
    let told = store::notices(tx.connection(), &case.id).await?;
    for after in After::ALL {
        // A case may be opened and closed again.
        let closed = case.closed_at.unwrap_or_default();
        let step = (WORSE.to_owned(), format!("{}-{}", after.days(), closed.0));
        if check_of(case, after) != Some(CheckBack::Worse) || told.contains(&step) {
            continue;
        }
        let readers = station.readers(tx.connection(), case).await?;
        store::insert_notice(tx.connection(), case, step, tx.now()).await?;
        let worse = Bell {
            message: CaseMessage::Worse { case: case.id.clone() },
            expires: None,
        };
        station.ring(tx, &ladder::outside(&readers), &worse).await?;
    }
    Ok(())
}

/// What the reporter was asked or has said.
pub(super) fn check_of(case: &Case, after: After) -> Option<CheckBack> {
    match after {
        After::Days30 => case.check_30,
        After::Days90 => case.check_90,
    }
}
