//! A message made ready: what it is about is read when it is sent, and it may have become needless since.

use super::Courier;
use crate::clock::Millis;
use crate::config::Organisation;
use crate::ids::MemberId;
use crate::outbox::{Fate, Message, Outbound, Reason};
use crate::people;
use crate::people::reach::{self, Reach};
use crate::prompts::{self, Cycle, State};
use crate::words::Language;

/// How long a message of an organisation that is not configured waits, milliseconds.
const UNKNOWN_WAIT: i64 = 15 * Millis::MINUTE;

/// A message with all that it takes to send it.
#[derive(Debug)]
pub(super) struct Parcel<'a> {
    pub outbound: &'a Outbound,
    pub organisation: &'a Organisation,
    pub cycle: Cycle,
    pub reach: Reach,
    pub language: Language,
}

impl Parcel<'_> {
    pub(super) fn member(&self) -> MemberId {
        self.outbound.member.unwrap_or(self.cycle.member)
    }
}

impl Courier {
    /// All that it takes to send a message, or why it is not sent.
    pub(super) async fn parcel<'a>(&'a self, outbound: &'a Outbound) -> anyhow::Result<Result<Parcel<'a>, Fate>> {
        let now = self.clock.now();
        let connection = self.db.reader();
        let Message::Prompt { cycle } = &outbound.message;
        let Some(cycle) = prompts::cycle(connection, cycle).await? else {
            return Ok(Err(Fate::Cancelled));
        };
        if cycle.state != State::Open || cycle.delivered_at.is_some() {
            return Ok(Err(Fate::Cancelled));
        }
        if cycle.closes_at <= now || outbound.expires.is_some_and(|at| at <= now) {
            let reason = Reason::Expired;
            return Ok(Err(Fate::GivenUp { reason }));
        }
        let Some(organisation) = self.organisation(outbound) else {
            let until = now + UNKNOWN_WAIT;
            return Ok(Err(Fate::Held { until }));
        };
        let standing = people::find(connection, organisation, cycle.member).await?;
        let language = standing.and_then(|standing| standing.language);
        Ok(Ok(Parcel {
            outbound,
            organisation,
            reach: reach::reach(connection, organisation.id, cycle.member).await?,
            language: Language::of(language.as_deref().unwrap_or(&organisation.language)),
            cycle,
        }))
    }

    pub(super) fn organisation(&self, outbound: &Outbound) -> Option<&Organisation> {
        let mut all = self.config.organisations.iter();
        all.find(|organisation| organisation.id == outbound.organisation)
    }
}
