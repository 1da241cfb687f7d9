//! A message ready to be sent, and for whom it is.

use serde_json::Value;

use super::Courier;
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::discord::rest::File;
use crate::ids::{ChannelId, MemberId};
use crate::outbox::{Fate, Outbound, Reason};
use crate::people;
use crate::people::reach::{self, Reach};
use crate::words::{Language, Voice};

/// How long a message of an organisation that is not configured waits, milliseconds.
const UNKNOWN_WAIT: i64 = 15 * Millis::MINUTE;

/// A message ready to be sent.
#[derive(Debug)]
pub(super) struct Parcel {
    /// Whom it may go to by direct message; nobody for what is for a channel.
    pub member: Option<MemberId>,
    pub reach: Reach,
    /// Where it goes when direct messages fail; nowhere if others may not read it.
    pub fallback: Option<ChannelId>,
    pub body: Value,
    pub files: Vec<File>,
}

impl Parcel {
    pub(super) fn for_channel(body: Value) -> Self {
        Self {
            member: None,
            reach: Reach::default(),
            fallback: None,
            body,
            files: Vec::new(),
        }
    }
}

/// The one person whom a message is for.
#[derive(Debug)]
pub(super) struct Addressee {
    member: MemberId,
    reach: Reach,
    pub language: Language,
}

impl Addressee {
    /// A direct message with no other way.
    pub(super) fn parcel(self, body: Value) -> Parcel {
        Parcel {
            member: Some(self.member),
            reach: self.reach,
            ..Parcel::for_channel(body)
        }
    }
}

/// Why a message is not sent.
#[derive(Debug)]
pub(super) enum Unsent {
    /// It has its fate already.
    Fate(Fate),
    Fault(anyhow::Error),
}

impl From<Fate> for Unsent {
    fn from(fate: Fate) -> Self {
        Self::Fate(fate)
    }
}

impl From<anyhow::Error> for Unsent {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(error)
    }
}

impl Courier {
    /// Gives up what has come too late.
    pub(super) fn unexpired(&self, outbound: &Outbound) -> Result<(), Fate> {
        if outbound.expires.is_some_and(|at| at <= self.core.clock.now()) {
            let reason = Reason::Expired;
            return Err(Fate::GivenUp { reason });
        }
        Ok(())
    }

    /// The message's organisation; until it is configured again, the message waits.
    pub(super) fn served(&self, outbound: &Outbound) -> Result<&Organisation, Fate> {
        let until = self.core.clock.now() + UNKNOWN_WAIT;
        self.organisation(outbound).ok_or(Fate::Held { until })
    }

    pub(super) fn organisation(&self, outbound: &Outbound) -> Option<&Organisation> {
        let mut all = self.core.config.organisations.iter();
        all.find(|organisation| organisation.id == outbound.organisation)
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
