//! The leaf that commits to a day of the channel: every day at the same time, even if nothing happened.
//!
//! It says neither what happened nor how much: it holds the salted digests of three fields of fixed length, of which
//! the root is that of the [day's tree](super::day_tree).

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::day_tree::DayTree;
use crate::clock::Millis;
use crate::concerns::deadlines::fixed_times;
use crate::concerns::desk::Desk;
use crate::concerns::store::{self, Digest, EventRow};
use crate::config::Organisation;
use crate::db::Connection;
use crate::evidence::{NewLeaf, fields};
use crate::ids::{OrganisationId, RecordId};
use crate::ledger::Tx;

/// How many days later an event may still be committed to: the clock may have been set back.
pub(crate) const STRAGGLE: i64 = 7;
/// Maximum number of missed days that are committed to in one go.
const MOST: usize = 366;

/// An event as it is hashed: JSON with its keys in order. Reporters' events name nobody and no instant.
#[derive(Serialize)]
struct Line<'a> {
    /// Hexadecimal SHA-256 of the sealed file that it is about; may be empty.
    about: &'a str,
    /// RFC 3339; handlers' acts alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// Discord user id; handlers' acts alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The case's number; empty if it is about none.
    case: &'a str,
    day: &'a str,
    kind: &'a str,
    salt: &'a str,
    v: u8,
}

/// The bytes of an event that are hashed.
pub(crate) async fn line(connection: &impl Connection, event: &EventRow) -> anyhow::Result<String> {
    let number = match &event.case_id {
        Some(id) => store::number_of(connection, id).await?,
        None => None,
    };
    let line = Line {
        about: &event.sha256,
        at: event.at.map(|at| Millis(at).rfc3339()),
        by: event.actor.map(|actor| actor.to_string()),
        case: number.as_deref().unwrap_or_default(),
        day: &event.on_day,
        kind: &event.kind,
        salt: &event.salt,
        v: 1,
    };
    serde_json::to_string(&line).context("wording an event")
}

/// Commits to each day that is over and was not committed to. Returns whether there was one. Repeating is harmless.
pub(crate) async fn digest(desk: &Desk, organisation: &Organisation, zone: &TimeZone) -> anyhow::Result<bool> {
    let last = fixed_times::last_digest_day(zone, desk.core.clock.now());
    let mut day = first_day(desk.core.db.reader(), organisation.id, last).await?;
    let mut any = false;
    for _ in 0..MOST {
        if day > last {
            break;
        }
        let (chance, id) = (desk.core.chance.clone(), organisation.id);
        let written = desk.core.ledger.write(move |tx| {
            Box::pin(async move {
                let Some(digest) = of_day(tx, id, day, &chance).await? else {
                    return Ok(false);
                };
                commit(tx, id, &digest).await.map(|()| true)
            })
        });
        any |= written.await.context("committing to a day of concerns")?;
        day = day.saturating_add(1.days());
    }
    Ok(any)
}

/// The day after the last one that was committed to. If there is none yet, the day of the first event: the first digest
/// may come late, after an outage.
async fn first_day(connection: &impl Connection, organisation: OrganisationId, last: Date) -> anyhow::Result<Date> {
    if let Some(before) = store::last_digest(connection, organisation).await? {
        return Ok(before.saturating_add(1.days()));
    }
    let first = store::first_event_day(connection, organisation).await?;
    Ok(first.map_or(last, |first| first.min(last)))
}

/// The digest of a day; `None` if there is one already.
async fn of_day(
    tx: &Tx,
    organisation: OrganisationId,
    day: Date,
    chance: &crate::chance::Chance,
) -> anyhow::Result<Option<Digest>> {
    let connection = tx.connection();
    let days = (day.saturating_sub(STRAGGLE.days()), day);
    let before = store::digests(connection, organisation, days).await?;
    if before.iter().any(|digest| digest.on_day == day) {
        return Ok(None);
    }
    let mut lines = Vec::new();
    for event in store::events(connection, organisation, days).await? {
        let line = line(connection, &event).await?;
        if !before.iter().any(|digest| digest.tree.holds(&line)) {
            lines.push(line);
        }
    }
    Ok(Some(Digest {
        on_day: day,
        rec: RecordId::new(chance.id()),
        tree: DayTree::of(&lines, chance),
    }))
}

async fn commit(tx: &Tx, organisation: OrganisationId, digest: &Digest) -> anyhow::Result<()> {
    store::insert_digest(tx.connection(), organisation, digest).await?;
    let said = fields::ConcernsDigest {
        organisation: organisation.to_string(),
        day: digest.on_day.to_string(),
        root: hex::encode(digest.tree.root()),
    };
    tx.evidence(NewLeaf::new(digest.rec.clone(), said));
    Ok(())
}
