//! A message with all that it takes to send it, gathered when it is sent.

use super::Courier;
use crate::anchors::{self, Posting};
use crate::clock::Millis;
use crate::concerns::{self, Letter, Outgoing};
use crate::config::{Organisation, Role};
use crate::ids::{ChannelId, MemberId};
use crate::outbox::{CaseMessage, Fate, Message, Outbound, Reason};
use crate::people;
use crate::people::reach::{self, Reach};
use crate::prompts::{self, Cycle, State};
use crate::words::Language;

/// How long a message of an organisation that is not configured waits, milliseconds.
const UNKNOWN_WAIT: i64 = 15 * Millis::MINUTE;
/// How long a message about a concern waits while the handlers' keys or the case's row are in doubt, milliseconds.
const IN_DOUBT: i64 = 15 * Millis::MINUTE;

#[derive(Debug)]
pub(super) struct Parcel<'a> {
    pub outbound: &'a Outbound,
    pub organisation: &'a Organisation,
    pub reach: Reach,
    pub language: Language,
    pub subject: Subject,
}

/// What is said.
#[derive(Debug)]
pub(super) enum Subject {
    Question(Box<Cycle>),
    Checkpoint(Box<Posting>),
    Alarm,
    HandlerKeysChanged,
    /// Who was not reached.
    Unreached(MemberId),
    Removed,
    Letter(Box<Letter>),
}

impl Parcel<'_> {
    /// Whom it is for; nobody in particular for a checkpoint.
    pub(super) fn member(&self) -> Option<MemberId> {
        match &self.subject {
            Subject::Question(cycle) => Some(self.outbound.member.unwrap_or(cycle.member)),
            Subject::Letter(_) | Subject::Unreached(_) | Subject::Removed => self.outbound.member,
            Subject::Checkpoint(_) | Subject::Alarm | Subject::HandlerKeysChanged => None,
        }
    }

    /// Where it goes when direct messages fail. What is about concerns or another person goes nowhere where others could
    /// read it.
    pub(super) fn fallback(&self) -> Option<ChannelId> {
        match &self.subject {
            Subject::Question(_) | Subject::Checkpoint(_) | Subject::Alarm | Subject::HandlerKeysChanged => {
                self.organisation.channels.fallback
            }
            Subject::Letter(_) | Subject::Unreached(_) | Subject::Removed => None,
        }
    }
}

impl Courier {
    /// All that it takes to send a message, or why it is not sent.
    pub(super) async fn parcel<'a>(&'a self, outbound: &'a Outbound) -> anyhow::Result<Result<Parcel<'a>, Fate>> {
        let expired = outbound.expires.is_some_and(|at| at <= self.core.clock.now());
        match &outbound.message {
            Message::Prompt { cycle } => {
                let Some(cycle) = prompts::cycle(self.core.db.reader(), cycle).await? else {
                    return Ok(Err(Fate::Cancelled));
                };
                if cycle.state != State::Open || cycle.delivered_at.is_some() {
                    return Ok(Err(Fate::Cancelled));
                }
                if expired || cycle.closes_at <= self.core.clock.now() {
                    let reason = Reason::Expired;
                    return Ok(Err(Fate::GivenUp { reason }));
                }
                self.question(outbound, cycle).await
            }
            Message::Checkpoint { size } => {
                let copy = anchors::Copy::on_discord(*size, outbound.organisation);
                let Some(posting) = anchors::posting(self.core.db.reader(), &copy).await? else {
                    return Ok(Err(Fate::Cancelled));
                };
                if expired {
                    let reason = Reason::Expired;
                    return Ok(Err(Fate::GivenUp { reason }));
                }
                Ok(self.posted(outbound, Subject::Checkpoint(Box::new(posting))))
            }
            Message::LogBroken | Message::TablesFalsified => Ok(self.posted(outbound, Subject::Alarm)),
            Message::HandlerKeysChanged { .. } => Ok(self.posted(outbound, Subject::HandlerKeysChanged)),
            Message::Unreached { .. } | Message::Removed | Message::Case(_) if expired => Ok(Err(Fate::GivenUp {
                reason: Reason::Expired,
            })),
            Message::Unreached { cycle } => match prompts::cycle(self.core.db.reader(), cycle).await? {
                Some(cycle) if !cycle.member.is_erased() => {
                    self.to_owner(outbound, Subject::Unreached(cycle.member)).await
                }
                Some(_) | None => Ok(Err(Fate::Cancelled)),
            },
            Message::Removed => self.to_owner(outbound, Subject::Removed).await,
            Message::Case(message) => self.letter(outbound, message).await,
        }
    }

    /// What only an owner may hear, whoever that is when it is sent.
    async fn to_owner<'a>(
        &'a self,
        outbound: &'a Outbound,
        subject: Subject,
    ) -> anyhow::Result<Result<Parcel<'a>, Fate>> {
        let Some(organisation) = self.core.organisation(outbound.organisation) else {
            return Ok(Err(self.unknown()));
        };
        let Some(member) = outbound.member else {
            return Ok(Err(Fate::Cancelled));
        };
        let standing = people::find(self.core.db.reader(), organisation, member).await?;
        if !standing.is_some_and(|standing| standing.is(Role::Owner)) {
            return Ok(Err(Fate::Cancelled));
        }
        self.addressed(outbound, organisation, member, subject).await.map(Ok)
    }

    /// What is about concerns, for one person alone.
    async fn letter<'a>(
        &'a self,
        outbound: &'a Outbound,
        message: &CaseMessage,
    ) -> anyhow::Result<Result<Parcel<'a>, Fate>> {
        let Some(organisation) = self.core.organisation(outbound.organisation) else {
            return Ok(Err(self.unknown()));
        };
        let Some(member) = outbound.member else {
            return Ok(Err(Fate::Cancelled));
        };
        match concerns::letter(&self.desk, organisation, message, member).await? {
            Outgoing::Letter(letter) => {
                let subject = Subject::Letter(Box::new(letter));
                self.addressed(outbound, organisation, member, subject).await.map(Ok)
            }
            Outgoing::Nothing => Ok(Err(Fate::Cancelled)),
            Outgoing::Later => {
                let until = self.core.clock.now() + IN_DOUBT;
                Ok(Err(Fate::Held { until }))
            }
        }
    }

    /// What is for one person.
    async fn addressed<'a>(
        &'a self,
        outbound: &'a Outbound,
        organisation: &'a Organisation,
        member: MemberId,
        subject: Subject,
    ) -> anyhow::Result<Parcel<'a>> {
        let connection = self.core.db.reader();
        let standing = people::find(connection, organisation, member).await?;
        let language = standing.and_then(|standing| standing.language);
        Ok(Parcel {
            outbound,
            organisation,
            reach: reach::reach(connection, organisation.id, member).await?,
            language: Language::of(language.as_deref().unwrap_or(&organisation.language)),
            subject,
        })
    }

    async fn question<'a>(&'a self, outbound: &'a Outbound, cycle: Cycle) -> anyhow::Result<Result<Parcel<'a>, Fate>> {
        let Some(organisation) = self.core.organisation(outbound.organisation) else {
            return Ok(Err(self.unknown()));
        };
        let member = cycle.member;
        let subject = Subject::Question(Box::new(cycle));
        self.addressed(outbound, organisation, member, subject).await.map(Ok)
    }

    /// What is for a channel.
    fn posted<'a>(&'a self, outbound: &'a Outbound, subject: Subject) -> Result<Parcel<'a>, Fate> {
        let organisation = self
            .core
            .organisation(outbound.organisation)
            .ok_or_else(|| self.unknown())?;
        Ok(Parcel {
            outbound,
            organisation,
            reach: Reach::default(),
            language: Language::of(&organisation.language),
            subject,
        })
    }

    /// What becomes of a message whose organisation is not configured.
    fn unknown(&self) -> Fate {
        let until = self.core.clock.now() + UNKNOWN_WAIT;
        Fate::Held { until }
    }
}
