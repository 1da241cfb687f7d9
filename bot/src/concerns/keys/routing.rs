//! Who may read a concern, and who is notified about it: a pure function of its category and of who holds a key.

use std::collections::BTreeSet;

use super::handler_key::KeyHolder;
use crate::catalogue::{ConcernCategory, Urgency};
use crate::concerns::desk::Desk;
use crate::concerns::store::Vouched;
use crate::config::Role;
use crate::ids::MemberId;

/// Roles of the catalogue that the program knows.
const INDEPENDENT: &str = "independent-handler";
const HANDLER: &str = "concern-handler";
const ADMIN: &str = "bot-admin";
const EXECUTIVE: &str = "line-executive";
const INCIDENT: &str = "incident-team";

/// Who is told of a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The handlers to whose keys it is sealed, sorted by member. Empty if nobody may read it.
    pub readers: Vec<KeyHolder>,
    /// A role that is notified besides the readers if it is urgent: told that there is something, not what.
    pub called: Option<Role>,
    /// Whether the category must avoid people whom only the reporter can name: the own manager, the one it is about.
    pub asks_whom_to_bar: bool,
}

impl Route {
    /// Whether handlers are notified at once.
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

/// The route of a case that was filed. If the catalogue no longer has its category, a formal one goes to the
/// independent handlers alone.
pub(crate) fn route_of(desk: &Desk, found: &Vouched, holders: &[KeyHolder]) -> Route {
    let Vouched { case, barred } = found;
    if let Some(category) = desk.category(&case.category) {
        return route(category, holders, barred);
    }
    let reads = |holder: &&KeyHolder| {
        let outside = holder.roles.contains(&Role::IndependentHandler);
        !barred.contains(&holder.member) && (outside || !case.formal)
    };
    Route {
        readers: holders.iter().filter(reads).cloned().collect(),
        called: None,
        asks_whom_to_bar: false,
    }
}

/// The route of a concern; `barred` are handlers who must know nothing of it.
pub fn route(category: &ConcernCategory, holders: &[KeyHolder], barred: &BTreeSet<MemberId>) -> Route {
    let never = |role: &str| category.never_to.iter().any(|never| never == role);
    let independent_alone = category.route == INDEPENDENT;
    let kept_out = |holder: &KeyHolder| {
        let is = |role: Role| holder.roles.contains(&role);
        barred.contains(&holder.member)
            || (independent_alone && !is(Role::IndependentHandler))
            || (never(HANDLER) && is(Role::Handler))
            || (never(INDEPENDENT) && is(Role::IndependentHandler))
            || (never(ADMIN) && is(Role::Owner))
            || (never(EXECUTIVE) && is(Role::Sponsor))
    };
    let mut readers: Vec<KeyHolder> = holders.iter().filter(|holder| !kept_out(holder)).cloned().collect();
    readers.sort_by_key(|holder| holder.member);
    let known = [HANDLER, INDEPENDENT, ADMIN];
    Route {
        readers,
        called: (category.route == INCIDENT).then_some(Role::IncidentTeam),
        asks_whom_to_bar: category.never_to.iter().any(|role| !known.contains(&role.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{self, CatalogueSource};
    use crate::concerns::keys::handler_key::Custody;

    fn holder(member: i64, roles: &[Role]) -> KeyHolder {
        KeyHolder {
            member: MemberId::from_i64(member),
            recipient: format!("age1{member}"),
            custody: Custody::Own,
            roles: roles.iter().copied().collect(),
        }
    }

    /// A handler, one who is owner too, an independent one, one who is handler too, and one who is a line executive.
    fn holders() -> Vec<KeyHolder> {
        vec![
            holder(5, &[Role::IndependentHandler, Role::Sponsor]),
            holder(4, &[Role::IndependentHandler, Role::Handler]),
            holder(3, &[Role::IndependentHandler]),
            holder(2, &[Role::Handler, Role::Owner]),
            holder(1, &[Role::Handler]),
        ]
    }

    #[test]
    fn each_category_of_the_catalogue_has_its_readers() {
        let catalogue = catalogue::load(&CatalogueSource::BuiltIn).unwrap_or_else(|problems| panic!("{problems}"));
        let table: Vec<String> = catalogue
            .concern_categories
            .iter()
            .map(|category| {
                let route = route(category, &holders(), &BTreeSet::new());
                let readers: Vec<String> = route.readers.iter().map(|reader| reader.member.to_string()).collect();
                let called = route.called.map_or("", Role::word);
                let asks = if route.asks_whom_to_bar { "asks" } else { "" };
                format!("{}: {} {called} {asks}", category.id, readers.join(","))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        insta::assert_snapshot!(table.join("\n"), @r"
        mistake: 1,2,3,4,5
        bypass-pressure: 1,2,3,4,5  asks
        lost-or-exposed: 1,2,3,4,5 incident_team
        suspicious: 1,2,3,4,5 incident_team
        access-looks-wrong: 1,2,3,4,5
        shortcut-normal: 1,2,3,4,5
        rule-in-the-way: 1,2,3,4,5
        no-time-or-means: 1,2,3,4,5
        leader-not-following: 3,4,5  asks
        retaliation: 3,4  asks
        law-may-be-broken: 3,4,5  asks
        about-the-channel: 3,5  asks
        not-sure: 1,2,3,4,5
        idea: 1,2,3,4,5
        ");
    }

    #[test]
    fn whom_the_reporter_bars_reads_nothing() {
        let catalogue = catalogue::load(&CatalogueSource::BuiltIn).unwrap_or_else(|problems| panic!("{problems}"));
        for category in &catalogue.concern_categories {
            for barred in 1..=5 {
                let barred = MemberId::from_i64(barred);
                assert!(!route(category, &holders(), &BTreeSet::from([barred])).reads(barred));
            }
            let all: BTreeSet<MemberId> = (1..=5).map(MemberId::from_i64).collect();
            assert!(route(category, &holders(), &all).readers.is_empty());
        }
    }
}
