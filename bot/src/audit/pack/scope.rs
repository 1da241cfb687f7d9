//! Which records somebody asked for, and which of their fields.

use std::collections::BTreeSet;
use std::fmt;

use crate::clock::Millis;
use crate::evidence::Kind;

/// Records by what an auditor would ask for. What is left open matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Recorded at this instant or later.
    pub from: Option<Millis>,
    /// Recorded before this instant.
    pub until: Option<Millis>,
    pub kinds: BTreeSet<Kind>,
    /// Ids of organisations, as the fields hold them.
    pub organisations: BTreeSet<String>,
    /// Ids of members, as the fields hold them.
    pub members: BTreeSet<String>,
}

/// The organisations and members that a record is about, by its own fields or by what it continues.
#[derive(Clone, Debug, Default)]
pub(super) struct Owners {
    pub organisations: BTreeSet<String>,
    pub members: BTreeSet<String>,
}

impl Owners {
    /// Adds a field.
    pub(super) fn take(&mut self, name: &str, value: String) {
        match name {
            "organisation" => drop(self.organisations.insert(value)),
            "member" | "author" => drop(self.members.insert(value)),
            _ => {}
        }
    }
}

impl Scope {
    /// Whether a leaf of that kind, recorded at that instant, can belong to it.
    pub(super) fn admits(&self, kind: &str, at: Millis) -> bool {
        let kind_fits = self.kinds.is_empty() || self.kinds.iter().any(|wanted| wanted.name() == kind);
        let begun = self.from.is_none_or(|from| at >= from);
        kind_fits && begun && self.until.is_none_or(|until| at < until)
    }

    /// Whether it matters who a record is about.
    pub(super) fn asks_for_owners(&self) -> bool {
        !self.organisations.is_empty() || !self.members.is_empty()
    }

    /// Whether a record about these belongs to it.
    pub(super) fn admits_owners(&self, owners: &Owners) -> bool {
        let fits =
            |wanted: &BTreeSet<String>, found: &BTreeSet<String>| wanted.is_empty() || !wanted.is_disjoint(found);
        fits(&self.organisations, &owners.organisations) && fits(&self.members, &owners.members)
    }
}

/// For the register of packs, and for people. Members are counted, not named: the register outlives an erasure.
impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.from.map(|from| format!("from {}", from.rfc3339())));
        parts.extend(self.until.map(|until| format!("before {}", until.rfc3339())));
        let kinds: BTreeSet<String> = self.kinds.iter().map(|kind| kind.name().to_owned()).collect();
        for (word, wanted) in [("organisation", &self.organisations), ("kind", &kinds)] {
            if !wanted.is_empty() {
                let list: Vec<&str> = wanted.iter().map(String::as_str).collect();
                parts.push(format!("{word} {}", list.join(", ")));
            }
        }
        match self.members.len() {
            0 => {}
            1 => parts.push("one member".to_owned()),
            more => parts.push(format!("{more} members")),
        }
        if parts.is_empty() {
            formatter.write_str("all records")
        } else {
            formatter.write_str(&parts.join("; "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_says_what_it_admits() {
        let mut scope = Scope::default();
        assert_eq!(scope.to_string(), "all records");
        assert!(scope.admits("anything.later", Millis(5)) && !scope.asks_for_owners());
        scope.from = Some(Millis(10));
        scope.until = Some(Millis(20));
        scope.kinds = BTreeSet::from([Kind::CycleMissed, Kind::CycleAnswered]);
        assert!(scope.admits("cycle.missed", Millis(10)) && scope.admits("cycle.answered", Millis(19)));
        assert!(!scope.admits("cycle.missed", Millis(9)) && !scope.admits("cycle.missed", Millis(20)));
        assert!(!scope.admits("cycle.opened", Millis(15)));
        scope.members.insert("7".to_owned());
        assert_eq!(
            scope.to_string(),
            "from 1970-01-01T00:00:00.010Z; before 1970-01-01T00:00:00.020Z; kind cycle.answered, cycle.missed; one member"
        );
    }

    #[test]
    fn an_owner_is_a_member_or_an_author() {
        let scope = Scope {
            organisations: BTreeSet::from(["1".to_owned()]),
            members: BTreeSet::from(["7".to_owned(), "8".to_owned()]),
            ..Scope::default()
        };
        assert!(scope.asks_for_owners());
        let mut owners = Owners::default();
        owners.take("author", "7".to_owned());
        assert!(!scope.admits_owners(&owners), "no organisation");
        owners.take("organisation", "1".to_owned());
        owners.take("text", "9".to_owned());
        assert!(scope.admits_owners(&owners));
        let mut other = Owners::default();
        other.take("organisation", "1".to_owned());
        other.take("member", "9".to_owned());
        assert!(!scope.admits_owners(&other));
    }
}
