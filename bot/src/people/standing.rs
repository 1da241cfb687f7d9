//! A person as the organisation knows them now.

use std::collections::BTreeSet;

use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::ids::{MemberId, OrganisationId};

/// Who somebody is in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub organisation: OrganisationId,
    pub member: MemberId,
    pub roles: BTreeSet<Role>,
    /// Configured audiences that the person belongs to.
    pub audiences: BTreeSet<String>,
    /// IANA name: the people file's, else the person's own, else the organisation's.
    pub zone: String,
    /// The people file's language, else the locale last seen; none means the organisation's.
    pub language: Option<String>,
    /// Since when the manager role has been seen without a break.
    pub manager_since: Option<Millis>,
    pub left: bool,
}

impl Standing {
    pub fn is(&self, role: Role) -> bool {
        !self.left && self.roles.contains(&role)
    }

    /// Whether the person is asked the prompts of an audience. An audience that the configuration does not tie to
    /// Discord roles is every manager, so that a small organisation needs no setting up.
    pub fn hears(&self, organisation: &Organisation, audience: &str) -> bool {
        self.is(Role::Manager) && (!organisation.audiences.contains_key(audience) || self.audiences.contains(audience))
    }
}
