//! Opening cycles that are due: the row, its leaf and the promise to post it, in one transaction.
//!
//! A cycle that is there already is left alone, so the same opening may be tried any number of times.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::board::{self, Scope};
use super::opening::{NewCycle, Opening};
use super::rules::{Rules, Slot};
use super::{plan, store};
use crate::civil;
use crate::clock::Millis;
use crate::config::Organisation;
use crate::core::Core;

/// Maximum number of cycles in one piece of work for the ledger.
const PIECE: usize = 200;

/// Opens what is due in an organisation: the slots with `last < at <= now`, and what those are asked who joined
/// since then, or whose slots may have `moved` behind them.
pub(super) async fn open_due(
    core: &Core,
    organisation: &Organisation,
    rules: &Rules,
    (last, now): (Millis, Millis),
    moved: bool,
) -> anyhow::Result<()> {
    let zones = zones(core, organisation).await?;
    let mut slots: BTreeMap<&str, Vec<Slot>> = BTreeMap::new();
    for name in &zones {
        let until = now + plan::foresight(rules);
        slots.insert(name, rules.slots(&civil::zone(name)?, last, until));
    }
    let joined = moved || store::any_started_since(core.db.reader(), organisation.id, last).await?;
    let due: BTreeSet<String> = zones
        .iter()
        .filter(|name| joined || slots[name.as_str()].first().is_some_and(|slot| slot.at <= now))
        .cloned()
        .collect();
    if due.is_empty() {
        return Ok(());
    }
    let what = (&*core.catalogue, organisation, rules);
    let mut new = Vec::new();
    for mut entry in board::entries(core.db.reader(), what, now, Scope::Running(&due)).await? {
        let mut decided = plan::decide(rules, &mut entry.diary, &slots[entry.zone.as_str()], now);
        if joined {
            decided.extend(plan::decide_joining(rules, &mut entry.diary, now, moved));
        }
        new.extend(decided.into_iter().map(|planned| {
            let at = planned.opens_at;
            NewCycle::new(&entry, planned, at)
        }));
    }
    open_all(core, organisation, new).await
}

/// The zones that the people of an organisation live in.
pub(super) async fn zones(core: &Core, organisation: &Organisation) -> anyhow::Result<BTreeSet<String>> {
    let mut zones = crate::people::store::zones(core.db.reader(), organisation.id).await?;
    zones.extend(organisation.people.iter().filter_map(|person| person.zone.clone()));
    zones.insert(organisation.zone.clone());
    Ok(zones)
}

/// Writes cycles that are not there yet.
pub(super) async fn open_all(core: &Core, organisation: &Organisation, new: Vec<NewCycle>) -> anyhow::Result<()> {
    let organisation = Arc::new(organisation.clone());
    for piece in new.chunks(PIECE).map(<[NewCycle]>::to_vec) {
        let (asking_there, organisation) = (core.clone(), Arc::clone(&organisation));
        core.ledger
            .write(move |tx| {
                Box::pin(async move {
                    Opening::prepare(tx, &asking_there, &organisation, &piece)
                        .await?
                        .write(piece)
                        .await
                })
            })
            .await?;
    }
    Ok(())
}
