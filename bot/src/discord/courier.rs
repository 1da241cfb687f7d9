//! Brings what the outbox promised to Discord, and writes down the outcome.
//!
//! Every message is leased before it is sent and settled after. Whatever happens in between, the same nonce and, after
//! minutes, a look at the channel keep it from being posted twice.

mod addressee;
mod attempt;
mod judge;
mod kind;
mod kinds;
mod openings;
mod send;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context;
use futures_util::StreamExt;

pub use openings::Pace;

use attempt::{Attempt, Dm};
use openings::Openings;
use parking_lot::Mutex;

use crate::clock::Millis;
use crate::concerns::Desk;
use crate::core::Core;
use crate::discord::wire::rest::{Rest, RestError};
use crate::ids::ChannelId;
use crate::outbox::{self, Fate, Outbound, Reason};
use crate::words::Words;

/// Requests under way at the same time.
const AT_ONCE: usize = 16;
/// Messages taken in one go at most.
const BATCH: usize = 64;
/// This many requests should be free before messages are taken, so that they share the transactions of their lease and
/// their settling.
const WORTH: usize = 10;
/// How long to wait with everything after all attempts failed because of Discord, in milliseconds.
const QUIET: i64 = 5 * Millis::SECOND;
/// How long to wait for somebody else's request whose answer would open a route, in milliseconds.
const MOMENT: i64 = 100;

/// Sends promised messages. One for a process; what it remembers about Discord's limits is not shared.
#[derive(Debug)]
pub struct Courier {
    core: Core,
    /// Tells which rows of cases can be relied on.
    desk: Desk,
    rest: Rest,
    words: Arc<Words>,
    openings: Mutex<Openings>,
    quiet_until: Mutex<Option<Millis>>,
}

impl Courier {
    pub fn new(desk: Desk, rest: Rest, words: Arc<Words>) -> Self {
        Self::with_pace(desk, rest, words, Pace::default())
    }

    /// With another pace of opening direct messages than the careful default.
    pub fn with_pace(desk: Desk, rest: Rest, words: Arc<Words>, pace: Pace) -> Self {
        Self {
            core: desk.core.clone(),
            desk,
            rest,
            words,
            openings: Mutex::new(Openings::new(pace)),
            quiet_until: Mutex::default(),
        }
    }

    /// Sends what is due and may go out now, and says when to come back at the latest; none if nothing is promised.
    /// Waits for Discord's answers, but for no limit.
    ///
    /// # Errors
    /// [`RestError::TokenRefused`] when Discord refuses the bot token: nothing more will be sent. Otherwise when the
    /// database cannot be read or written; what was sent but not settled is found again.
    pub async fn deliver_due(&self) -> anyhow::Result<Option<Millis>> {
        loop {
            let now = self.core.clock.now();
            let open_at = self.rest.room_at(WORTH).max(self.quiet_until(now));
            let due = outbox::next_due(self.core.db.reader())
                .await
                .context("asking what is due")?;
            match due {
                None => return Ok(None),
                Some(due) if due > now => return Ok(Some(due.max(open_at))),
                Some(_) if open_at > now => return Ok(Some(open_at)),
                Some(_) => {}
            }
            let most = self.rest.room().clamp(1, BATCH) as u64;
            let chance = self.core.chance.clone();
            let leased = self
                .core
                .ledger
                .write(move |tx| Box::pin(async move { outbox::lease(tx, &chance, most).await }));
            let leased = leased.await.context("leasing what is due")?;
            if leased.is_empty() {
                return Ok(Some(now + MOMENT));
            }
            let attempts = self.send_all(&leased).await;
            self.note_quiet(&attempts);
            let refused = attempts.iter().any(|attempt| is_for(attempt, Reason::TokenRefused));
            self.settle(leased, attempts).await?;
            if refused {
                return Err(RestError::TokenRefused.into());
            }
        }
    }

    /// Attempts in the order of the messages. A message that only had to wait for another answer is sent again at once.
    /// Of messages to the same channel each waits for the one before it.
    async fn send_all(&self, leased: &[Outbound]) -> Vec<Attempt> {
        let mut attempts = vec![Attempt::from(Fate::Cancelled); leased.len()];
        let mut waiting: Vec<usize> = (0..leased.len()).collect();
        while !waiting.is_empty() {
            // Direct messages are of different kinds, and none of them should wait for another.
            let mut rows: BTreeMap<Result<ChannelId, usize>, Vec<(usize, Dm)>> = BTreeMap::new();
            for &at in &waiting {
                let place = leased[at].channel.ok_or(at);
                rows.entry(place).or_default().push((at, attempts[at].dm));
            }
            let sent: Vec<Vec<(usize, Attempt)>> = futures_util::stream::iter(rows.into_values())
                .map(|row| self.send_row(leased, row))
                .buffer_unordered(AT_ONCE)
                .collect()
                .await;
            for (at, attempt) in sent.into_iter().flatten() {
                attempts[at] = attempt;
            }
            let before = waiting.len();
            let now = self.core.clock.now();
            waiting.retain(|&at| matches!(attempts[at].fate, Fate::Held { until } if until <= now));
            if waiting.len() == before {
                let until = now + MOMENT;
                waiting
                    .drain(..)
                    .for_each(|at| attempts[at].fate = Fate::Held { until });
            }
        }
        attempts
    }

    /// One after the other. If one will be sent again soon, the others after it wait, so that they come in order.
    async fn send_row(&self, leased: &[Outbound], row: Vec<(usize, Dm)>) -> Vec<(usize, Attempt)> {
        let mut sent = Vec::with_capacity(row.len());
        let mut behind = None;
        for (at, before) in row {
            let attempt = match behind {
                Some(until) => Fate::Held { until }.into(),
                None => self.send(&leased[at], before).await,
            };
            behind = behind.or_else(|| outbox::others_wait(&leased[at], &attempt.fate));
            sent.push((at, attempt));
        }
        sent
    }

    fn quiet_until(&self, now: Millis) -> Millis {
        let quiet = *self.quiet_until.lock();
        // A clock set back must not lengthen it.
        quiet.map_or(now, |until| until.min(now + QUIET).max(now))
    }

    /// If not one message found Discord working, the others need not be tried at once.
    fn note_quiet(&self, attempts: &[Attempt]) {
        let failed = |attempt: &Attempt| {
            matches!(
                attempt.fate,
                Fate::Postponed {
                    reason: Reason::Unreachable | Reason::ConnectionCut | Reason::ServerFailed(_),
                    ..
                }
            )
        };
        let quiet = attempts.iter().all(failed).then(|| self.core.clock.now() + QUIET);
        *self.quiet_until.lock() = quiet;
    }
}

fn is_for(attempt: &Attempt, wanted: Reason) -> bool {
    matches!(attempt.fate, Fate::Postponed { reason, .. } if reason == wanted)
}

#[cfg(test)]
mod tests;
