//! Telling handlers that the inbox has news: at two fixed times a day, without a number, and only those who may see the
//! news.

use std::collections::BTreeSet;

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::due::After;
use super::escalation;
use super::fixed_times;
use super::notify::{DirectMessage, Notifier};
use crate::clock::Millis;
use crate::concerns::case::{Case, CheckBack};
use crate::concerns::event::EventKind;
use crate::concerns::keys::handler_key::KeyHolder;
use crate::concerns::store;
use crate::concerns::store::EventRow;
use crate::db::Connection;
use crate::ids::{CaseId, MemberId};
use crate::ledger::Tx;
use crate::outbox::CaseMessage;
use crate::settings;

/// What reporters do that handlers are told.
const NEWS: [EventKind; 9] = [
    EventKind::Received,
    EventKind::Added,
    EventKind::TalkAsked,
    EventKind::Withdrawn,
    EventKind::ClosedByReporter,
    EventKind::Reopened,
    EventKind::CheckAnswered,
    EventKind::GotWorse,
    EventKind::LeftOut,
];
/// Used as the deadline in the notice that such an event was told; the step is the event's id.
const CLOCK: &str = "news";
/// Days that are searched for news if none was ever told.
const LOOK_BACK: i64 = 7;

/// Tells what is new since the last fixed time, each event once; after a longer outage once for all times that were
/// missed. What nobody may read now is told as soon as somebody may. Returns when the next fixed time is.
pub(crate) async fn tell_news(notifier: &Notifier, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
    let times = notifier.desk.core.config.concerns.news_at;
    let now = notifier.desk.core.clock.now();
    if let Some(round) = fixed_times::last(&times, zone, now) {
        let (own, zone) = (notifier.clone(), zone.clone());
        let told = notifier
            .desk
            .core
            .ledger
            .write(move |tx| Box::pin(async move { tell(tx, &own, &zone, round).await }));
        told.await.context("telling handlers of news")?;
    }
    Ok(fixed_times::next(&times, zone, now))
}

/// Whether the last time left something that nobody could be told.
pub(crate) async fn waits(notifier: &Notifier) -> anyhow::Result<bool> {
    let [_, untold] = names(notifier);
    Ok(settings::read(notifier.desk.core.db.reader(), &untold).await?.is_some())
}

/// Where the last fixed time is kept, and the first day with something that nobody could be told.
fn names(notifier: &Notifier) -> [String; 2] {
    ["news", "untold"].map(|name| format!("concerns.{name}.{}", notifier.organisation.id))
}

async fn tell(tx: &Tx, notifier: &Notifier, zone: &TimeZone, round: Millis) -> anyhow::Result<()> {
    let connection = tx.connection();
    let [setting, untold] = names(notifier);
    let before = settings::read(connection, &setting).await?;
    let before = before.and_then(|at| at.parse().ok()).map(Millis);
    if before.is_some_and(|before| before >= round) {
        return Ok(());
    }
    settings::remember(connection, &setting, &round.0.to_string(), tx.now()).await?;
    let left = settings::read(connection, &untold).await?;
    let left = left.and_then(|day| day.parse::<Date>().ok());
    let days = days(tx, notifier, before, left);
    let fresh = fresh(tx, notifier, zone, days).await?;
    match fresh.untold {
        Some(day) => settings::remember(connection, &untold, &day.to_string(), tx.now()).await?,
        None => settings::forget(connection, &untold).await?,
    }
    let mut called: BTreeSet<MemberId> = BTreeSet::new();
    for Told { case, readers, worse } in fresh.told {
        if worse {
            tell_worse(tx, notifier, &case, &readers).await?;
        }
        called.extend(readers.into_iter().map(|reader| reader.member));
    }
    let news = DirectMessage {
        message: CaseMessage::News,
        expires: Some(round + Millis::DAY),
    };
    notifier.send(tx, &called, &news).await
}

/// The first and the last day that may hold news; `left` is the first of those with something that nobody could be
/// told.
fn days(tx: &Tx, notifier: &Notifier, before: Option<Millis>, left: Option<Date>) -> (Date, Date) {
    let zone = &notifier.organisation.zone;
    let today = crate::concerns::desk::day_of(tx.now(), zone);
    let since = before.map_or(today.saturating_sub(LOOK_BACK.days()), |before| {
        crate::concerns::desk::day_of(before, zone).saturating_sub(1.days())
    });
    (left.map_or(since, |left| left.min(since)), today)
}

/// What was not told.
#[derive(Default)]
struct Fresh {
    /// They are noted as told.
    told: Vec<Told>,
    /// The first day with something about a case that nobody may read now, or whose row is damaged; it must be told
    /// later.
    untold: Option<Date>,
}

/// A case with news, and who may read it.
struct Told {
    case: Case,
    readers: Vec<KeyHolder>,
    /// The reporter said that something got worse, whatever happened in the case since.
    worse: bool,
}

/// The cases with events that were not told. A notice says the day of the event and no more.
async fn fresh(tx: &Tx, notifier: &Notifier, zone: &TimeZone, days: (Date, Date)) -> anyhow::Result<Fresh> {
    let connection = tx.connection();
    let mut fresh = Fresh::default();
    for event in store::events(connection, notifier.organisation.id, days).await? {
        let Some((case, day)) = news_of(connection, &event).await? else {
            continue;
        };
        let readers = match &case {
            Some(case) => notifier.readers(connection, case).await?,
            None => Vec::new(),
        };
        let Some(case) = case.filter(|_| !readers.is_empty()) else {
            fresh.untold = fresh.untold.into_iter().chain([day]).min();
            continue;
        };
        let told = (CLOCK.to_owned(), event.id);
        store::insert_notice(connection, &case, told, super::due::midnight(day, zone)).await?;
        let worse = event.kind == EventKind::GotWorse.word();
        match fresh.told.iter_mut().find(|known| known.case.id == case.id) {
            Some(known) => known.worse |= worse,
            None => fresh.told.push(Told { case, readers, worse }),
        }
    }
    Ok(fresh)
}

/// The case of an event that handlers must be told about, if its row can be read, and its day; `None` if they need not
/// be told, or were.
async fn news_of(connection: &impl Connection, event: &EventRow) -> anyhow::Result<Option<(Option<Case>, Date)>> {
    let of_reporter = event.case_id.as_ref().filter(|_| event.actor.is_none());
    let is_news = NEWS.iter().any(|kind| kind.word() == event.kind);
    let Some(id) = of_reporter.filter(|_| is_news) else {
        return Ok(None);
    };
    let id = CaseId::new(id.clone());
    let told = (CLOCK.to_owned(), event.id.clone());
    if store::notices(connection, &id).await?.contains(&told) {
        return Ok(None);
    }
    let Ok(day) = event.on_day.parse() else {
        tracing::error!("news are left out: an event in the database has an unknown day");
        return Ok(None);
    };
    match store::find(connection, &id).await {
        Ok(case) => Ok(case.map(|case| (Some(case), day))),
        Err(error) => {
            tracing::error!("news wait: {error:#}");
            Ok(Some((None, day)))
        }
    }
}

/// Notifies the independent handlers if a reporter said that something got worse.
async fn tell_worse(tx: &Tx, notifier: &Notifier, case: &Case, readers: &[KeyHolder]) -> anyhow::Result<()> {
    let worse = DirectMessage {
        message: CaseMessage::Worse { case: case.id.clone() },
        expires: None,
    };
    notifier.send(tx, &escalation::outside(readers), &worse).await
}

/// What the reporter was asked or has said.
pub(crate) fn check_of(case: &Case, after: After) -> Option<CheckBack> {
    match after {
        After::Days30 => case.check_30,
        After::Days90 => case.check_90,
    }
}
