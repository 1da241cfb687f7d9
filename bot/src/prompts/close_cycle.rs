//! Closing cycles whose late window has ended, each with its leaf.
//!
//! Where more than one state fits, cancelled goes before answered, excused, undelivered and missed.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::tz::TimeZone;

use super::cycle::{Cycle, State};
use super::outage::working_hours;
use super::{store, unreached};
use crate::chance::Chance;
use crate::civil;
use crate::clock::Millis;
use crate::config::Organisation;
use crate::core::Core;
use crate::evidence::{NewLeaf, fields};
use crate::ids::{MemberId, OrganisationId, RecordId};
use crate::ledger::Tx;
use crate::people::store::{self as people, Absence};

/// Maximum number of cycles in one piece of work for the ledger.
const PIECE: u64 = 200;

/// What a cycle ends as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ending {
    pub state: State,
    pub reason: Option<String>,
}

impl Ending {
    pub fn of(state: State, reason: &str) -> Self {
        Self {
            state,
            reason: Some(reason.to_owned()),
        }
    }

    /// The leaf for a cycle that ends so.
    pub fn leaf(&self, chance: &Chance, of: &RecordId) -> Option<NewLeaf> {
        let rec = RecordId::new(chance.id());
        let reason = fields::Reason {
            reason: self.reason.clone().unwrap_or_default(),
        };
        let leaf = match self.state {
            State::Missed => NewLeaf::new(rec, fields::CycleMissed(reason)),
            State::Excused => NewLeaf::new(rec, fields::CycleExcused(reason)),
            State::Cancelled => NewLeaf::new(rec, fields::CycleCancelled(reason)),
            State::Undelivered => NewLeaf::new(rec, fields::CycleUndelivered(reason)),
            State::Open | State::Answered => return None,
        };
        Some(leaf.continuing(of.clone()))
    }
}

/// What an open cycle ends as when its late window is over. `absences` are those of its member.
pub(super) fn ending(cycle: &Cycle, absences: &[Absence], zone: &TimeZone) -> Ending {
    if away_for_half(cycle, absences, zone) {
        return Ending::of(State::Excused, "absence");
    }
    if cycle.delivered_at.is_none_or(|at| at >= cycle.due_at) {
        let reason = cycle.reason.as_deref().unwrap_or("not-delivered-before-due");
        return Ending::of(State::Undelivered, reason);
    }
    Ending {
        state: State::Missed,
        reason: cycle.draft.map(|_| "draft".to_owned()),
    }
}

/// Whether absences cover at least half of the working hours between opening and due.
fn away_for_half(cycle: &Cycle, absences: &[Absence], zone: &TimeZone) -> bool {
    covers_half(cycle.opens_at, cycle.due_at, absences, zone)
}

pub(super) fn covers_half(opens_at: Millis, due_at: Millis, absences: &[Absence], zone: &TimeZone) -> bool {
    if absences.is_empty() {
        return false;
    }
    let (mut day, last) = (civil::local(opens_at, zone).date(), civil::local(due_at, zone).date());
    let (mut working, mut away) = (0, 0);
    while day <= last {
        if let Some((begins, ends)) = working_hours(day, zone) {
            let (begins, ends) = (begins.max(opens_at), ends.min(due_at));
            working += ends.since(begins).max(0);
            let covered = |absence: &Absence| absence.to.min(ends).since(absence.from.max(begins)).max(0);
            away += absences.iter().map(covered).sum::<i64>();
        }
        day = day.saturating_add(1.days());
    }
    working > 0 && away * 2 >= working
}

/// Closes what is past in an organisation.
pub(super) async fn close_past(core: &Core, organisation: &Organisation, now: Millis) -> anyhow::Result<()> {
    loop {
        let (chance, organisation) = (core.chance.clone(), organisation.clone());
        let closed = core
            .ledger
            .write(move |tx| {
                Box::pin(async move {
                    let cycles = store::closing(tx.connection(), organisation.id, now, PIECE).await?;
                    let count = cycles.len() as u64;
                    let unsent = unreached::candidates(&cycles);
                    close_by_rule(tx, &chance, organisation.id, cycles).await?;
                    unreached::tell_owners(tx, &chance, &organisation, &unsent).await?;
                    Ok(count)
                })
            })
            .await?;
        if closed < PIECE {
            return Ok(());
        }
    }
}

/// Closes open cycles as the rules say, now.
pub(super) async fn close_by_rule(
    tx: &Tx,
    chance: &Chance,
    organisation: OrganisationId,
    cycles: Vec<Cycle>,
) -> anyhow::Result<()> {
    let Some(first) = cycles.iter().map(|cycle| cycle.opens_at).min() else {
        return Ok(());
    };
    let mut absences: BTreeMap<MemberId, Vec<Absence>> = BTreeMap::new();
    for absence in people::absences(tx.connection(), organisation, None, first).await? {
        absences.entry(absence.member).or_default().push(absence);
    }
    let mut endings = Vec::with_capacity(cycles.len());
    for cycle in cycles {
        let zone = civil::zone(&cycle.zone)?;
        let own = absences.get(&cycle.member).map_or(&[][..], Vec::as_slice);
        endings.push((ending(&cycle, own, &zone), cycle));
    }
    close_as(tx, chance, endings).await
}

/// Writes endings and their leaves. An undelivered cycle that was noted as such already gets no second leaf.
pub(super) async fn close_as(tx: &Tx, chance: &Chance, endings: Vec<(Ending, Cycle)>) -> anyhow::Result<()> {
    let mut groups: BTreeMap<Ending, Vec<String>> = BTreeMap::new();
    for (ending, cycle) in endings {
        let noted = ending.state == State::Undelivered && cycle.reason.is_some();
        if !noted && let Some(leaf) = ending.leaf(chance, &cycle.rec) {
            tx.evidence(leaf);
        }
        groups.entry(ending).or_default().push(cycle.id.as_str().to_owned());
    }
    for (ending, ids) in groups {
        store::close(tx.connection(), &ids, ending.state, ending.reason.as_deref(), tx.now()).await?;
    }
    Ok(())
}
