//! Who a message is for: what the kinds ask of the database and the configuration alike.

use serde_json::Value;

use super::Courier;
use super::kind::{Parcel, Unsent};
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::ids::MemberId;
use crate::outbox::{Fate, Outbound, Reason};
use crate::people;
use crate::people::reach::{self, Reach};
use crate::words::{Language, Voice};

/// How long a message of an organisation that is not configured waits, milliseconds.
const UNKNOWN_WAIT: i64 = 15 * Millis::MINUTE;

/// The one person that a message is for.
#[derive(Debug)]
pub(super) struct Addressee {
    member: MemberId,
    reach: Reach,
    pub language: Language,
}

impl Addressee {
    /// A direct message that has no other way.
    pub(super) fn parcel(self, body: Value) -> Parcel {
        Parcel {
            member: Some(self.member),
            reach: self.reach,
            ..Parcel::for_channel(body)
        }
    }
}

impl Courier {
    /// Gives up what comes too late.
    pub(super) fn in_time(&self, until: Option<Millis>) -> Result<(), Fate> {
        let reason = Reason::Expired;
        let late = until.is_some_and(|until| until <= self.core.clock.now());
        if late { Err(Fate::GivenUp { reason }) } else { Ok(()) }
    }

    /// The message's organisation; until it is configured again, the message waits.
    pub(super) fn served(&self, outbound: &Outbound) -> Result<&Organisation, Fate> {
        let until = self.core.clock.now() + UNKNOWN_WAIT;
        self.core
            .organisation(outbound.organisation)
            .ok_or(Fate::Held { until })
    }

    /// For what everybody in the organisation may read.
    pub(super) fn voice_of(&self, organisation: &Organisation) -> Voice<'_> {
        self.words.voice(Language::of(&organisation.language))
    }

    pub(super) async fn addressee(&self, organisation: &Organisation, member: MemberId) -> anyhow::Result<Addressee> {
        let connection = self.core.db.reader();
        let standing = people::find(connection, organisation, member).await?;
        let language = standing.and_then(|standing| standing.language);
        Ok(Addressee {
            member,
            reach: reach::reach(connection, organisation.id, member).await?,
            language: Language::of(language.as_deref().unwrap_or(&organisation.language)),
        })
    }

    /// The message's addressee, as long as they are an owner.
    pub(super) async fn owner(&self, outbound: &Outbound) -> Result<Addressee, Unsent> {
        let organisation = self.served(outbound)?;
        let member = outbound.member.ok_or(Fate::Cancelled)?;
        let standing = people::find(self.core.db.reader(), organisation, member).await?;
        if !standing.is_some_and(|standing| standing.is(Role::Owner)) {
            return Err(Fate::Cancelled.into());
        }
        Ok(self.addressee(organisation, member).await?)
    }
}
