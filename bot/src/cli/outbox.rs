//! `bellwether outbox`: what was promised and not yet said, and setting it going again.

use std::io::Write;

use super::database::migrated;
use super::exit::Exit;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::evidence::Log;
use crate::ids::OutboundId;
use crate::ledger::Ledger;
use crate::outbox::{self, Entry, Retried, State};

/// Most messages that one `--all-undelivered` sets going; repeat it for more.
const MOST: u64 = 100_000;

/// A state by its word.
pub(super) fn state(word: &str) -> Result<State, String> {
    State::ALL
        .into_iter()
        .find(|state| state.word() == word)
        .ok_or_else(|| {
            let words = State::ALL.map(State::word).join(", ");
            format!("allowed are {words}")
        })
}

pub(super) async fn list(
    config: &Config,
    state: Option<State>,
    most: u64,
    out: &mut impl Write,
) -> anyhow::Result<Exit> {
    let db = migrated(config).await?;
    let states = match state {
        Some(state) => vec![state],
        None => vec![State::Pending, State::Sending, State::Undelivered],
    };
    let mut number = 0_usize;
    for state in states {
        for entry in outbox::list(db.reader(), state, most).await? {
            number += 1;
            writeln!(out, "{}", line(&entry))?;
        }
    }
    writeln!(out, "{number} message{}", if number == 1 { "" } else { "s" })?;
    db.close().await?;
    Ok(Exit::Done)
}

fn line(entry: &Entry) -> String {
    let to = match (entry.member, entry.channel) {
        (Some(member), _) => format!("member {member}"),
        (None, Some(channel)) => format!("channel {channel}"),
        (None, None) => "nobody".to_owned(),
    };
    let when = match entry.state {
        State::Pending => format!("next attempt {}", entry.next_at.rfc3339()),
        State::Sending | State::Delivered | State::Undelivered | State::Cancelled => {
            format!("promised {}", entry.promised_at.rfc3339())
        }
    };
    let error = entry
        .last_error
        .as_ref()
        .map_or_else(String::new, |error| format!("  last: {error}"));
    format!(
        "{}  {:<11}  {:<8}  organisation {}  {to}  attempts {}  {when}{error}",
        entry.id,
        entry.state.word(),
        entry.kind,
        entry.organisation,
        entry.attempts,
    )
}

pub(super) async fn retry(config: &Config, id: Option<String>, out: &mut impl Write) -> anyhow::Result<Exit> {
    let db = migrated(config).await?;
    let chance = Chance::system()?;
    let clock = Clock::system();
    let ids = match id {
        Some(id) => vec![OutboundId::new(id)],
        None => outbox::list(db.reader(), State::Undelivered, MOST)
            .await?
            .into_iter()
            .map(|entry| entry.id)
            .collect(),
    };
    let log = Log::open(&db, &config.evidence, chance).await?;
    let ledger = Ledger::start(db.clone(), log, clock);
    let mut exit = Exit::Done;
    for id in ids {
        let asked = id.clone();
        let outcome = ledger
            .write(|tx| Box::pin(async move { outbox::retry(tx, &asked).await }))
            .await?;
        let said = match outcome {
            Retried::Due => "due now".to_owned(),
            Retried::NotWaiting(state) => format!("left alone: it is {}", state.word()),
            Retried::Expired => "left alone: its time to be said has passed".to_owned(),
            Retried::Unknown => "there is no such message".to_owned(),
        };
        if outcome != Retried::Due {
            exit = Exit::Found;
        }
        writeln!(out, "{id}  {said}")?;
    }
    drop(ledger);
    Ok(exit)
}
