//! The keys that concerns are sealed to, and who reads with them. Each change takes two people, is recorded in the
//! evidence log, and is announced.

mod agree;
mod bech32;
pub(super) mod case_key;
mod confirm;
pub(super) mod coverage;
pub(super) mod derive;
mod end;
pub(super) mod handler_key;
mod list;
pub(super) mod pepper;
mod propose;
pub(super) mod routing;
pub mod sealing;
pub(super) mod vault;

pub use agree::{AgreeOutcome, agree};
pub(crate) use confirm::confirmed_within;
pub use confirm::{Confirmed, confirmed};
pub use end::{EndOutcome, end};
pub use list::{KeyView, kept_key, list};
pub use propose::{NewKey, ProposeOutcome, SHORTEST_PASSPHRASE, propose};

use std::collections::BTreeSet;

use crate::config::{Organisation, Role};
use crate::db::Connection;
use crate::ids::MemberId;
use crate::people;

/// The roles that a person has now; none after they left.
async fn roles_of(
    connection: &impl Connection,
    organisation: &Organisation,
    member: MemberId,
) -> anyhow::Result<BTreeSet<Role>> {
    let standing = people::find(connection, organisation, member).await?;
    Ok(standing
        .filter(|standing| !standing.left)
        .map(|standing| standing.roles)
        .unwrap_or_default())
}

/// Whether somebody in these roles works on concerns, and can hold a key.
pub fn may_hold(roles: &BTreeSet<Role>) -> bool {
    roles.contains(&Role::Handler) || roles.contains(&Role::IndependentHandler)
}

/// Whether somebody in these roles may agree to another's proposal.
pub fn may_agree(roles: &BTreeSet<Role>) -> bool {
    may_hold(roles) || roles.contains(&Role::Owner)
}
