//! After an outage: move what was open, ask what can still be asked, excuse the rest.
//!
//! The outage is written down before anything is done about it, and each piece of work notes how far it came, so
//! that a crash in the middle neither moves a cycle twice nor forgets one.

use serde::{Deserialize, Serialize};

use super::board::{self, Scope};
use super::close_cycle::{self, Ending};
use super::cycle::{Cycle, State};
use super::open_cycle;
use super::opening::NewCycle;
use super::outage::Outage;
use super::period::Period;
use super::rules::Rules;
use super::store;
use crate::catalogue::Catalogue;
use crate::chance::Chance;
use crate::civil;
use crate::clock::Millis;
use crate::core::Core;
use crate::evidence::{NewLeaf, fields};
use crate::ledger::Tx;
use crate::settings;

/// Where the outage that is being dealt with is written down.
pub(super) const SETTING: &str = "scheduler.outage";
/// Maximum number of cycles in one piece of work for the ledger.
const PIECE: u64 = 200;

/// An outage, and how far it has been dealt with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Progress {
    from: Millis,
    to: Millis,
    /// Cycles up to this id have been moved.
    after: String,
}

impl Progress {
    pub fn begin(outage: Outage) -> Self {
        Self {
            from: outage.from,
            to: outage.to,
            after: String::new(),
        }
    }

    const fn outage(&self) -> Outage {
        Outage {
            from: self.from,
            to: self.to,
        }
    }
}

/// Writes an outage down, with its leaf.
pub(super) async fn note(core: &Core, outage: Outage, tick: &'static str) -> anyhow::Result<Progress> {
    let progress = Progress::begin(outage);
    let (kept, chance) = (serde_json::to_string(&progress)?, core.chance.clone());
    core.ledger
        .write(move |tx| {
            Box::pin(async move {
                settings::remember(tx.connection(), SETTING, &kept, tx.now()).await?;
                settings::remember(tx.connection(), tick, &outage.to.0.to_string(), tx.now()).await?;
                let said = fields::OutageEnded {
                    from: outage.from.rfc3339(),
                    to: outage.to.rfc3339(),
                };
                tx.evidence(NewLeaf::fresh(&chance, said));
                Ok(())
            })
        })
        .await?;
    tracing::warn!(from = %outage.from.rfc3339(), to = %outage.to.rfc3339(), "the scheduler was away");
    Ok(progress)
}

/// Deals with an outage to its end.
pub(super) async fn catch_up(core: &Core, rules: &Rules, mut progress: Progress, now: Millis) -> anyhow::Result<()> {
    while let Some(after) = move_piece(core, rules, &progress, now).await? {
        progress.after = after;
    }
    let outage = progress.outage();
    for organisation in &core.config.organisations {
        let zones = open_cycle::zones(core, organisation).await?;
        let what = (&*core.catalogue, organisation, rules);
        let mut new = Vec::new();
        for mut entry in board::entries(core.db.reader(), what, now, Scope::Running(&zones)).await? {
            let at = civil::out_of_quiet_hours(now, &entry.diary.zone);
            let caught = outage.catch_up(rules, &mut entry.diary, now);
            new.extend(caught.into_iter().map(|planned| NewCycle::new(&entry, planned, at)));
        }
        open_cycle::open_all(core, organisation, new).await?;
    }
    core.ledger
        .write(|tx| Box::pin(async move { settings::forget(tx.connection(), SETTING).await }))
        .await
}

/// Moves the next cycles that were open; returns the last one's id, or none when there are no more.
async fn move_piece(core: &Core, rules: &Rules, progress: &Progress, now: Millis) -> anyhow::Result<Option<String>> {
    let (progress, rules, there) = (progress.clone(), rules.clone(), core.clone());
    core.ledger
        .write(move |tx| {
            Box::pin(async move {
                let cycles = store::open_from_before(tx.connection(), progress.to, &progress.after, PIECE).await?;
                let Some(last) = cycles.last().map(|cycle| cycle.id.as_str().to_owned()) else {
                    return Ok(None);
                };
                for cycle in cycles {
                    move_one(
                        tx,
                        &there.chance,
                        (&rules, &there.catalogue),
                        cycle,
                        (progress.outage(), now),
                    )
                    .await?;
                }
                let kept = Progress {
                    after: last.clone(),
                    ..progress
                };
                settings::remember(tx.connection(), SETTING, &serde_json::to_string(&kept)?, tx.now()).await?;
                Ok(Some(last))
            })
        })
        .await
}

async fn move_one(
    tx: &Tx,
    chance: &Chance,
    (rules, catalogue): (&Rules, &Catalogue),
    cycle: Cycle,
    (outage, now): (Outage, Millis),
) -> anyhow::Result<()> {
    if cycle.state != State::Open || cycle.closes_at <= outage.from {
        return Ok(());
    }
    let zone = civil::zone(&cycle.zone)?;
    let moved = outage.moves(cycle.opens_at, cycle.due_at, &zone);
    if moved == 0 {
        return Ok(());
    }
    let next_is_due = catalogue.prompt(&cycle.prompt).is_some_and(|prompt| {
        let next = Period::of(prompt.cadence, cycle.period_start, rules.schedule.first_month_of_year)
            .next(prompt.cadence, rules.schedule.first_month_of_year);
        rules
            .first_slot(prompt.cadence, &next, &zone)
            .is_some_and(|slot| slot.due_at <= now)
    });
    if next_is_due {
        let ending = Ending::of(State::Excused, Cycle::OUTAGE);
        return close_cycle::close_as(tx, chance, vec![(ending, cycle)]).await;
    }
    let (due_at, closes_at) = (cycle.due_at + moved, cycle.closes_at + moved);
    store::extend(tx.connection(), &cycle.id, due_at, closes_at).await?;
    let said = fields::CycleExtended {
        due: due_at.rfc3339(),
        closes: closes_at.rfc3339(),
    };
    tx.evidence(NewLeaf::fresh(chance, said).continuing(cycle.rec));
    Ok(())
}
