//! Writing down what happened to a copy. One that has arrived leaves a leaf behind.

use sha2::{Digest, Sha256};

use super::Publication;
use super::anchor::State;
use super::store::{self, Settling};
use super::target::Target;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::note::Vkey;
use crate::evidence::{self, NewLeaf, fields};
use crate::ids::{ChannelId, MessageId, OrganisationId};
use crate::ledger::Tx;

/// One copy: of the publication with this number of leaves, for this target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    pub size: u64,
    pub target: Target,
}

impl Copy {
    /// The copy in the evidence channel of an organisation.
    pub fn on_discord(size: u64, organisation: OrganisationId) -> Self {
        let target = Target::Discord(organisation);
        Self { size, target }
    }

    fn key(&self) -> (u64, &Target) {
        (self.size, &self.target)
    }
}

/// What will be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub publication: Publication,
    /// The log's name.
    pub origin: String,
    /// The key that checks it, if it was not posted there before.
    pub key: Option<Vkey>,
}

/// What a copy consists of; none if it need not go out any more.
pub async fn posting(connection: &impl Connection, copy: &Copy) -> anyhow::Result<Option<Posting>> {
    let Some(anchor) = store::anchor(connection, copy.size, &copy.target).await? else {
        return Ok(None);
    };
    match anchor.state {
        // An operator may have restarted one that was given up.
        State::Waiting | State::GivenUp => {}
        State::Done | State::Superseded => return Ok(None),
    }
    let Some(publication) = store::publication(connection, copy.size).await? else {
        return Ok(None);
    };
    let Some((_, ring)) = evidence::signed_head(connection, None).await? else {
        return Ok(None);
    };
    let before = store::newest(connection, &copy.target, Some(State::Done)).await?;
    let told = before.is_some_and(|before| before.size > ring.current_since());
    Ok(Some(Posting {
        publication,
        origin: ring.origin().to_owned(),
        key: (!told).then(|| ring.current().clone()),
    }))
}

/// A copy was posted on Discord.
pub async fn note_posted(
    tx: &Tx,
    chance: &Chance,
    copy: &Copy,
    (channel, message): (ChannelId, MessageId),
) -> anyhow::Result<()> {
    let organisation = match &copy.target {
        Target::Discord(organisation) => organisation.to_string(),
        Target::Tsa(_) | Target::Webhook(_) | Target::Witness(_) => "@me".to_owned(),
    };
    let link = format!("https://discord.com/channels/{organisation}/{channel}/{message}");
    store::count_attempt(tx, copy.key()).await?;
    arrived(tx, chance, copy, link, None).await.map(drop)
}

/// A copy will not be posted on Discord.
pub async fn note_not_posted(tx: &Tx, copy: &Copy, reason: &str) -> anyhow::Result<()> {
    store::count_attempt(tx, copy.key()).await?;
    give_up(tx, copy, reason).await
}

/// An attempt to post a copy failed, and another follows.
pub async fn note_postponed(tx: &Tx, copy: &Copy, until: Millis, reason: &str) -> anyhow::Result<()> {
    store::count_attempt(tx, copy.key()).await?;
    store::postpone(tx, copy.key(), until, reason).await
}

/// A copy is outside; false if that was known already. `token` is an authority's reply.
pub(super) async fn arrived(
    tx: &Tx,
    chance: &Chance,
    copy: &Copy,
    reference: String,
    token: Option<Vec<u8>>,
) -> anyhow::Result<bool> {
    let sha256 = token
        .as_ref()
        .map_or_else(String::new, |token| hex::encode(Sha256::digest(token)));
    let settling = Settling {
        reference: Some(reference.clone()),
        token,
        last_error: None,
    };
    let fresh = store::settle(tx, copy.key(), State::Done, settling).await?;
    if fresh {
        let said = fields::AnchorPublished {
            size: copy.size.to_string(),
            target: copy.target.to_string(),
            reference,
            sha256,
        };
        tx.evidence(NewLeaf::fresh(chance, said));
    }
    Ok(fresh)
}

/// A copy will not go out.
pub(super) async fn give_up(tx: &Tx, copy: &Copy, reason: &str) -> anyhow::Result<()> {
    let settling = Settling {
        last_error: Some(reason.to_owned()),
        ..Settling::default()
    };
    store::settle(tx, copy.key(), State::GivenUp, settling).await.map(drop)
}
