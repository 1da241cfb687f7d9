//! Who may read a concern, and who is called about it: a pure function of its category and of who holds a key.

use std::collections::BTreeSet;

use super::handler_key::Holder;
use crate::catalogue::{ConcernCategory, Urgency};
use crate::config::Role;
use crate::ids::MemberId;

/// Roles of the catalogue that the program knows of.
const INDEPENDENT: &str = "independent-handler";
const HANDLER: &str = "concern-handler";
const ADMIN: &str = "bot-admin";
const EXECUTIVE: &str = "line-executive";
const INCIDENT: &str = "incident-team";

/// Who hears of a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose keys it is sealed to, sorted by member. Empty where nobody may read it.
    pub readers: Vec<Holder>,
    /// A role that is called besides the readers when it is urgent: told that there is something, not what.
    pub called: Option<Role>,
    /// Whether the category must pass by people whom only the reporter can name: the own manager, the one it is about.
    pub asks_whom_to_bar: bool,
}

impl Route {
    /// Whether handlers are called at once.
    pub fn calls(urgency: Urgency) -> bool {
        match urgency {
            Urgency::Now => true,
            Urgency::Today | Urgency::ThisWeek | Urgency::Routine => false,
        }
    }

    pub fn reads(&self, member: MemberId) -> bool {
        self.readers.iter().any(|reader| reader.member == member)
    }
}

/// The route of a concern; `barred` are handlers who must know nothing of it.
pub fn route(category: &ConcernCategory, holders: &[Holder], barred: &BTreeSet<MemberId>) -> Route {
    let never = |role: &str| category.never_to.iter().any(|never| never == role);
    let independent_alone = category.route == INDEPENDENT;
    let kept_out = |holder: &Holder| {
        let is = |role: Role| holder.roles.contains(&role);
        barred.contains(&holder.member)
            || (independent_alone && !is(Role::IndependentHandler))
            || (never(HANDLER) && is(Role::Handler))
            || (never(INDEPENDENT) && is(Role::IndependentHandler))
            || (never(ADMIN) && is(Role::Owner))
            || (never(EXECUTIVE) && is(Role::Sponsor))
    };
    let mut readers: Vec<Holder> = holders.iter().filter(|holder| !kept_out(holder)).cloned().collect();
    readers.sort_by_key(|holder| holder.member);
    let known = [HANDLER, INDEPENDENT, ADMIN];
    Route {
        readers,
        called: (category.route == INCIDENT).then_some(Role::IncidentTeam),
        asks_whom_to_bar: category.never_to.iter().any(|role| !known.contains(&role.as_str())),
    }
}
