//! Hiding when people came, and in which order: at the fixed times at which handlers are told news, and at four.
//!
//! Until then the order of rows on the disk is the order in which they came, and the database's write-ahead log shows
//! the minute.

use anyhow::Context;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::clock::Millis;
use crate::concerns::deadlines::fixed_times;
use crate::concerns::desk::{Desk, day_of};
use crate::concerns::store;
use crate::config::Organisation;
use crate::db::Scrubbed;
use crate::settings;

/// The pause before the next attempt if others were reading.
const AGAIN: i64 = Millis::MINUTE;

/// Hides the order of what came since the last fixed time, once for each. Returns whether it is hidden, and when to
/// come again.
pub(crate) async fn hide_order(
    desk: &Desk,
    organisation: &Organisation,
    zone: &TimeZone,
) -> anyhow::Result<(bool, Option<Millis>)> {
    let now = desk.core.clock.now();
    let [first, second] = desk.core.config.concerns.news_at;
    let times = [fixed_times::DIGEST_AT, first, second];
    let next = fixed_times::next(&times, zone, now);
    let Some(round) = fixed_times::last(&times, zone, now) else {
        return Ok((true, next));
    };
    let setting = format!("concerns.hidden.{}", organisation.id);
    let before = settings::read(desk.core.db.reader(), &setting).await?;
    let before = before.and_then(|at| at.parse().ok()).map(Millis);
    if before.is_some_and(|before| before >= round) {
        return Ok((true, next));
    }
    // The day of the last time is included again, because it may have continued after it.
    let day = |at| day_of(at, &organisation.zone);
    let days = (before.map_or(date(1, 1, 1), day), day(now));
    if store::any_of_reporters(desk.core.db.reader(), organisation.id, days).await? {
        reorder(desk, organisation, days).await?;
        if let Scrubbed::Busy(_) = desk.core.db.forget_order().await? {
            return Ok((false, Some(now + AGAIN)));
        }
    }
    let remembered = desk.core.ledger.write(move |tx| {
        Box::pin(async move { settings::remember(tx.connection(), &setting, &round.0.to_string(), tx.now()).await })
    });
    remembered.await.context("remembering that no order shows")?;
    Ok((true, next))
}

/// When its file is written anew, SQLite puts rows in the order of their random keys; PostgreSQL leaves them in the
/// order they had.
async fn reorder(desk: &Desk, organisation: &Organisation, days: (Date, Date)) -> anyhow::Result<()> {
    if desk.core.db.is_sqlite() {
        return Ok(());
    }
    let (id, chance) = (organisation.id, desk.core.chance.clone());
    desk.core
        .ledger
        .write(move |tx| Box::pin(async move { store::reorder(tx.connection(), id, days, &chance).await }))
        .await
}
