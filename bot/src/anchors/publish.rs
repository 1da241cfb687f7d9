//! Publishing the log's head: witnesses cosign, the bytes are frozen, and copies are promised to everybody outside.
//!
//! What is frozen is committed and signed. Copies that have arrived leave leaves behind. These leaves alone do not
//! count as new; otherwise the log would grow forever just by being published.

use anyhow::Context;

use super::settle::{self, Copy};
use super::target::{Target, receivers};
use super::witness::Word;
use super::{Anchors, Publication, anchor, store};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::{self, Kind, Signed};
use crate::ids::{ChannelId, OrganisationId};
use crate::ledger::Tx;
use crate::outbox::{self, Message, NewOutbound};

/// How long the bot tries to send a copy out, in milliseconds; usually a newer one takes its place before that.
pub(super) const GIVE_UP: i64 = 3 * Millis::DAY;

/// The outcome of an attempt to publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A checkpoint with this number of leaves is frozen and goes out.
    Published { size: u64 },
    /// The log holds nothing that has not been published.
    NothingNew,
    /// The last publication is too recent.
    NotYet { next: Millis },
    /// Nobody outside is configured.
    Nobody,
    /// Signing is stopped, and so is publishing: the log was cut off.
    Stopped,
}

/// Whether a checkpoint should be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Now,
    NothingNew,
    NotYet(Millis),
}

/// Everything that is frozen in one transaction.
#[derive(Debug)]
struct Fresh {
    size: u64,
    note: String,
    every: i64,
    witnessed: Vec<(Target, Word)>,
    receivers: Vec<Target>,
    channels: Vec<(OrganisationId, ChannelId)>,
}

impl Anchors {
    /// Publishes the head if it is due. Repeating is harmless, also from two processes.
    ///
    /// # Errors
    /// When the database cannot be read or written, or holds what the log's key has not signed.
    pub async fn publish(&self) -> anyhow::Result<Outcome> {
        if self.halt.is_stopped() {
            return Ok(Outcome::Stopped);
        }
        let receivers = receivers(&self.core.config);
        if receivers.is_empty() && self.outside.witnesses.is_empty() {
            return Ok(Outcome::Nobody);
        }
        let connection = self.core.db.reader();
        let every = self.core.config.evidence.publish_every;
        let head = evidence::signed_head(connection, Some(&self.vkey)).await?;
        let Some((head, _)) = head else {
            return Ok(Outcome::NothingNew);
        };
        match due(connection, head.checkpoint.size, self.core.clock.now(), every).await? {
            Due::Now => {}
            Due::NothingNew => return Ok(Outcome::NothingNew),
            Due::NotYet(next) => return Ok(Outcome::NotYet { next }),
        }
        let witnessed = self.cosign(&head).await.context("asking the witnesses")?;
        if self.heed(&head, &witnessed)? {
            return Ok(Outcome::Stopped);
        }
        let fresh = Fresh {
            size: head.checkpoint.size,
            note: with_cosignatures(&head, &witnessed),
            every,
            witnessed,
            receivers,
            channels: self.channels(),
        };
        let chance = self.core.chance.clone();
        let frozen = self
            .core
            .ledger
            .write(move |tx| Box::pin(async move { freeze(tx, &chance, fresh).await }));
        frozen.await.context("freezing a publication")
    }

    /// Reports what witnesses know of us; true if the log was cut off, and nothing may be signed or published.
    fn heed(&self, head: &Signed, witnessed: &[(Target, Word)]) -> anyhow::Result<bool> {
        let size = head.checkpoint.size;
        let mut cut = false;
        for (target, word) in witnessed {
            match word {
                Word::Cosigned { .. } => {}
                Word::Not(why) => tracing::warn!(size, %target, "a witness did not cosign: {why}"),
                Word::Forked(why) => tracing::error!(
                    size,
                    %target,
                    "the log contradicts what a witness has cosigned: it {why}. Keep a copy of the database, run \
                     `bellwether evidence verify`, and compare the log with checkpoints kept elsewhere"
                ),
                Word::Ahead { known } => {
                    let reason = format!(
                        "{target} has cosigned {known} leaves of this log, but the database holds {size}. Its end was \
                         cut, or an old backup was restored."
                    );
                    tracing::error!("nothing more is signed: {reason}");
                    self.halt.stop(&reason)?;
                    cut = true;
                }
            }
        }
        Ok(cut)
    }

    fn channels(&self) -> Vec<(OrganisationId, ChannelId)> {
        let organisations = self.core.config.organisations.iter();
        organisations
            .filter_map(|organisation| Some((organisation.id, organisation.channels.evidence?)))
            .collect()
    }
}

async fn due(connection: &impl Connection, size: u64, now: Millis, every: i64) -> anyhow::Result<Due> {
    let Some(last) = store::last_publication(connection).await? else {
        return Ok(Due::Now);
    };
    if size <= last.size || !evidence::holds_other_than(connection, last.size, Kind::AnchorPublished).await? {
        return Ok(Due::NothingNew);
    }
    let next = last.published_at + every;
    // A clock that was set back must not keep the log from being published.
    let young = (last.published_at..next).contains(&now);
    Ok(if young { Due::NotYet(next) } else { Due::Now })
}

fn with_cosignatures(head: &Signed, witnessed: &[(Target, Word)]) -> String {
    let lines = witnessed.iter().filter_map(|(_, word)| match word {
        Word::Cosigned { line, .. } => Some(line.as_str()),
        Word::Not(_) | Word::Forked(_) | Word::Ahead { .. } => None,
    });
    std::iter::once(head.note.as_str()).chain(lines).collect()
}

async fn freeze(tx: &Tx, chance: &Chance, fresh: Fresh) -> anyhow::Result<Outcome> {
    let Fresh {
        size,
        note,
        every,
        witnessed,
        receivers,
        channels,
    } = fresh;
    // Another process may have published while the witnesses were asked.
    match due(tx.connection(), size, tx.now(), every).await? {
        Due::Now => {}
        Due::NothingNew => return Ok(Outcome::NothingNew),
        Due::NotYet(next) => return Ok(Outcome::NotYet { next }),
    }
    store::insert_publication(tx, size, &note).await?;
    for (target, word) in witnessed {
        note_witness(tx, chance, Copy { size, target }, word).await?;
    }
    store::supersede(tx, size, &receivers).await?;
    for target in &receivers {
        store::insert_anchor(tx, size, target).await?;
    }
    for (organisation, channel) in channels {
        let promised = NewOutbound {
            organisation,
            member: None,
            channel: Some(channel),
            message: Message::Checkpoint { size },
            at: tx.now(),
            expires: Some(tx.now() + GIVE_UP),
        };
        outbox::promise(tx, chance, promised).await?;
    }
    Ok(Outcome::Published { size })
}

/// The bytes are frozen, so a signature that a witness has not given by now cannot be added any more.
async fn note_witness(tx: &Tx, chance: &Chance, copy: Copy, word: Word) -> anyhow::Result<()> {
    store::insert_anchor(tx, copy.size, &copy.target).await?;
    store::count_attempt(tx, (copy.size, &copy.target)).await?;
    match word {
        Word::Cosigned { time, .. } => {
            let reference = Millis::from_seconds(time).rfc3339();
            settle::arrived(tx, chance, &copy, reference, None).await.map(drop)
        }
        Word::Not(why) => settle::give_up(tx, &copy, &why).await,
        Word::Forked(why) => settle::give_up(tx, &copy, &format!("{}{why}", anchor::FORKED)).await,
        Word::Ahead { known } => settle::give_up(tx, &copy, &format!("knows {known} leaves")).await,
    }
}

/// The newest publication.
pub async fn last_publication(connection: &impl Connection) -> anyhow::Result<Option<Publication>> {
    store::last_publication(connection).await
}
