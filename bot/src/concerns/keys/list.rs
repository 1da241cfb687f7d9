//! The keys of an organisation as handlers and owners see them.

use crate::concerns::desk::Desk;
use crate::concerns::keys::handler_key::{Custody, KeyState};
use crate::concerns::store::{self, KeyRow};
use crate::ids::{HandlerKeyId, MemberId, OrganisationId};

/// A key that is proposed or active.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    pub id: HandlerKeyId,
    pub member: MemberId,
    pub recipient: String,
    pub custody: Custody,
    pub state: KeyState,
    /// Who proposed that it ends, if another person still has to agree.
    pub end_proposed_by: Option<MemberId>,
}

/// The keys that are proposed or active, sorted by holder.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(desk: &Desk, organisation: OrganisationId) -> anyhow::Result<Vec<KeyView>> {
    let rows = store::keys(desk.core.db.reader(), organisation).await?;
    let mut views: Vec<KeyView> = rows.into_iter().filter_map(view).collect();
    views.sort_by_key(|view| (view.member, view.state));
    Ok(views)
}

/// The private half that is kept here for a member, under the passphrase, if their active key has one.
///
/// # Errors
/// When the database cannot be read.
pub async fn kept_key(desk: &Desk, organisation: OrganisationId, member: MemberId) -> anyhow::Result<Option<Vec<u8>>> {
    let rows = super::confirm::in_force(store::keys(desk.core.db.reader(), organisation).await?);
    let own = rows.into_iter().find(|row| row.member == member.get());
    Ok(own.and_then(|row| row.kept))
}

fn view(row: KeyRow) -> Option<KeyView> {
    let state = KeyState::of(&row.state)?;
    let ended = match state {
        KeyState::Proposed | KeyState::InForce => false,
        KeyState::Ended => true,
    };
    (!ended).then(|| KeyView {
        id: HandlerKeyId::new(row.id),
        member: MemberId::from_i64(row.member),
        recipient: row.recipient,
        custody: Custody::of(&row.custody).unwrap_or(Custody::Own),
        state,
        end_proposed_by: row.ended_by.map(MemberId::from_i64),
    })
}
