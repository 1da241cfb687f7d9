//! What the use cases of asking need, and the scheduler's step.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::catch_up::{self, Progress};
use super::outage::Outage;
use super::rules::Rules;
use super::{assign, close_cycle, open_cycle, schedule, store};
use crate::catalogue::Catalogue;
use crate::chance::Chance;
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::db::Db;
use crate::ledger::Ledger;

/// Everything that asking needs. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Asking {
    pub config: Arc<Config>,
    pub catalogue: Arc<Catalogue>,
    pub db: Db,
    pub ledger: Ledger,
    pub clock: Clock,
    pub chance: Chance,
}

/// Where the instant of the last step is kept.
const TICK: &str = "scheduler.tick";
/// The step is to be repeated at least so often; this is how the program knows later that it was away.
pub const HEARTBEAT: i64 = 15 * Millis::MINUTE;
/// Longer than this without a step is an outage.
pub const OUTAGE: i64 = 2 * HEARTBEAT;

impl Asking {
    /// One step of the scheduler: notes an outage, brings assignments in line with people, opens what is due and
    /// closes what is past. Repeating it is harmless.
    ///
    /// Returns when to call again at the latest, within the [heartbeat](HEARTBEAT).
    ///
    /// # Errors
    /// When the database cannot be read or written; what was committed before stays.
    pub async fn tick(&self) -> anyhow::Result<Option<Millis>> {
        let now = self.clock.now();
        let rules = Rules::new(&self.config.schedule)?;
        let settings = store::settings(self.db.reader()).await?;
        for organisation in &self.config.organisations {
            assign::assign(self, organisation, &settings, now).await?;
        }
        let last = self.wake(&rules, &settings, now).await?;
        for organisation in &self.config.organisations {
            close_cycle::close_past(self, organisation.id, now).await?;
            open_cycle::open_due(self, organisation, &rules, (last, now)).await?;
        }
        self.remember_tick(now).await?;
        Ok(Some(self.next(&rules, now).await?))
    }

    /// Deals with time that went by unseen; returns the instant up to which slots have been dealt with.
    async fn wake(&self, rules: &Rules, settings: &BTreeMap<String, String>, now: Millis) -> anyhow::Result<Millis> {
        if let Some(kept) = settings.get(catch_up::SETTING) {
            let progress: Progress = serde_json::from_str(kept)?;
            catch_up::catch_up(self, rules, progress, now).await?;
        }
        let last = settings.get(TICK).and_then(|at| at.parse().ok()).map(Millis);
        let Some(last) = last else {
            return Ok(now - 1);
        };
        if last > now {
            tracing::warn!(last = %last.rfc3339(), now = %now.rfc3339(), "the clock was set back");
            return Ok(now);
        }
        if now.since(last) <= OUTAGE {
            return Ok(last);
        }
        let progress = catch_up::note(self, Outage { from: last, to: now }, TICK).await?;
        catch_up::catch_up(self, rules, progress, now).await?;
        Ok(now)
    }

    async fn remember_tick(&self, now: Millis) -> anyhow::Result<()> {
        self.ledger
            .write(move |tx| {
                Box::pin(async move { store::remember(tx.connection(), TICK, &now.0.to_string(), tx.now()).await })
            })
            .await
    }

    async fn next(&self, rules: &Rules, now: Millis) -> anyhow::Result<Millis> {
        let mut next = now + HEARTBEAT;
        for organisation in &self.config.organisations {
            for zone in open_cycle::zones(self, organisation).await? {
                let slot = rules.next_slot(&schedule::zone(&zone)?, now);
                next = slot.map_or(next, |slot| next.min(slot));
            }
        }
        let closing = store::next_closing(self.db.reader()).await?;
        Ok(closing.map_or(next, |at| next.min(at.max(now + 1))))
    }
}
