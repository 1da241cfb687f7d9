//! How a member can be reached by direct message, as far as Discord has told us.

mod store;

use store::note_interaction;
pub use store::{forget_dm, note_dm, note_dm_refused, reach};

use crate::clock::Millis;
use crate::db::Db;
use crate::ids::{ChannelId, MemberId, OrganisationId};
use crate::ledger::Ledger;

/// What is known of a member's direct messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The channel, once opened.
    pub dm_channel: Option<ChannelId>,
    /// When Discord last refused a message for good; none after the member has written to the bot.
    pub dm_refused_at: Option<Millis>,
}

/// To be called when a member has used the bot: direct messages are worth a try again. Writes only where they had
/// been refused.
pub async fn see_interaction(
    db: &Db,
    ledger: &Ledger,
    organisation: OrganisationId,
    member: MemberId,
) -> anyhow::Result<()> {
    let known = reach(db.reader(), organisation, member).await?;
    if known.dm_refused_at.is_none() {
        return Ok(());
    }
    ledger.write(move |tx| Box::pin(note_interaction(tx, member))).await
}
