//! The keys that concerns are sealed to, compared with the leaves `handler.keys`: each names the whole set of active
//! keys.

use std::collections::{BTreeMap, BTreeSet};

use super::course::written;
use super::difference::{Difference, Row, Tables};
use super::store::{self, KeyRow};
use crate::clock::Millis;
use crate::concerns::{KeyState, canonical};
use crate::db::Connection;
use crate::evidence::Kind;
use crate::evidence::verify::Entry;
use crate::ids::MemberId;

const TABLE: &str = "handler_key";

/// What the leaves say about each organisation's keys.
#[derive(Debug, Default)]
pub(super) struct HandlerKeys {
    organisations: BTreeMap<String, Told>,
}

#[derive(Debug, Default)]
struct Told {
    /// A line for each active key, as long as the log still says it.
    in_force: Option<BTreeSet<String>>,
    /// The leaf with which a key became active.
    agreed: BTreeMap<String, Entry>,
    /// The leaf with which a key ended.
    ended: BTreeMap<String, Entry>,
}

impl Told {
    fn take(&mut self, entry: &Entry) {
        let Some(set) = entry.field("set") else {
            *self = Self::default();
            return;
        };
        let set: BTreeSet<String> = set.lines().map(str::to_owned).collect();
        if let Some(before) = &self.in_force {
            for line in set.difference(before) {
                self.agreed.insert(line.clone(), entry.clone());
            }
            for line in before.difference(&set) {
                self.ended.insert(line.clone(), entry.clone());
            }
        }
        self.in_force = Some(set);
    }
}

impl HandlerKeys {
    pub(super) fn page(&mut self, entries: &[Entry], came_back: impl Fn(u64) -> bool) {
        for entry in entries {
            if entry.kind == Some(Kind::HandlerKeys)
                && !came_back(entry.index)
                && let Some(organisation) = entry.field("organisation")
            {
                let fresh = || Told {
                    in_force: Some(BTreeSet::new()),
                    ..Told::default()
                };
                let told = self.organisations.entry(organisation.to_owned()).or_insert_with(fresh);
                told.take(entry);
            }
        }
    }

    pub(super) async fn end(mut self, connection: &impl Connection, tables: &mut Tables) -> anyhow::Result<()> {
        for row in store::handler_keys(connection).await? {
            tables.rows += 1;
            let organisation = row.organisation.to_string();
            let told = self.organisations.get_mut(&organisation);
            let in_force = row.state == KeyState::InForce.word();
            match told {
                Some(told) => told.compare(&row, in_force, tables),
                None if in_force => tables.differ(difference(&row.id, Some(line(&row)), None)),
                None => {}
            }
        }
        for told in self.organisations.into_values() {
            for left in told.in_force.into_iter().flatten() {
                tables.differ(difference("-", None, Some(left)));
            }
        }
        Ok(())
    }
}

impl Told {
    /// Removes a row's key from those that the log says are active.
    fn compare(&mut self, row: &KeyRow, in_force: bool, tables: &mut Tables) {
        let line = line(row);
        let Some(set) = &mut self.in_force else { return };
        if set.remove(&line) != in_force {
            let (found, said) = if in_force {
                (Some(line), None)
            } else {
                (Some(row.state.clone()), Some(KeyState::InForce.word().to_owned()))
            };
            tables.differ(difference(&row.id, found, said));
            return;
        }
        let mut own = Row {
            table: TABLE,
            id: &row.id,
            tables,
        };
        if let Some(entry) = self.agreed.get(&line) {
            own.holds("agreed_by", text(row.agreed_by), entry.field("agreed_by"));
            own.is("agreed_at", at(row.agreed_at), at(Some(written(entry, row.agreed_at))));
        }
        if let Some(entry) = self.ended.get(&line).filter(|_| !in_force) {
            own.is("ended_at", at(row.ended_at), at(Some(written(entry, row.ended_at))));
        }
    }
}

fn difference(row: &str, found: Option<String>, said: Option<String>) -> Difference {
    Difference {
        table: TABLE,
        row: row.to_owned(),
        column: "state",
        found,
        said,
    }
}

/// The key as it is in the set.
fn line(row: &KeyRow) -> String {
    let key = (
        MemberId::from_i64(row.member),
        row.recipient.as_str(),
        row.custody.as_str(),
    );
    canonical(std::iter::once(key)).trim_end().to_owned()
}

fn text(member: Option<i64>) -> String {
    member.map(|member| member.to_string()).unwrap_or_default()
}

fn at(at: Option<i64>) -> Option<String> {
    at.map(|at| Millis(at).rfc3339())
}
