//! The scheduler's step.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use super::catch_up::{self, Progress};
use super::outage::Outage;
use super::rules::Rules;
use super::{assign, close_cycle, end_removed, open_cycle, store};
use crate::civil;
use crate::clock::Millis;
use crate::core::Core;
use crate::ids::OrganisationId;
use crate::people;
use crate::settings;

/// Where the instant of the last step is kept.
const TICK: &str = "scheduler.tick";
/// The step is to be repeated at least so often; this is how the program knows later that it was away.
pub const HEARTBEAT: i64 = Millis::HOUR;
/// Longer than this without a step is an outage. Steps that come more often than [`REMEMBER`] are not all written
/// down, so an outage may be taken for longer by that much, never for shorter.
pub const OUTAGE: i64 = 2 * HEARTBEAT;
/// A step with nothing to do is written down once in so long.
const REMEMBER: i64 = Millis::MINUTE;

/// The step, and what the last one found out, so that one with nothing to do costs one small query. Cheap to clone; clones
/// share what they know.
#[derive(Clone, Debug)]
pub struct Tick {
    pub(super) core: Core,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    quiet: Option<Quiet>,
    /// Whether a step was finished since the program began.
    stepped: bool,
}

/// Nothing is to be done from one instant until another, as long as people stay as they are.
#[derive(Debug)]
struct Quiet {
    from: Millis,
    until: Millis,
    /// How often people had changed, by organisation.
    people: Vec<Option<String>>,
}

impl Tick {
    pub fn new(core: Core) -> Self {
        Self {
            core,
            known: Arc::default(),
        }
    }

    /// One step of the scheduler: notes an outage, brings assignments in line with people, opens what is due and
    /// closes what is past. Repeating it is harmless.
    ///
    /// Returns when to call again at the latest, within the [heartbeat](HEARTBEAT). Calling earlier is cheap.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was committed before stays.
    pub async fn step(&self) -> anyhow::Result<Option<Millis>> {
        let now = self.core.clock.now();
        let settings = self.settings().await?;
        let until = match self.quiet_until(&settings, now) {
            Some(until) => {
                if last_of(&settings).is_some_and(|last| now.since(last) >= REMEMBER) {
                    self.remember_tick(now).await?;
                }
                until
            }
            None => self.look(&settings, now).await?,
        };
        Ok(Some(until.min(now + HEARTBEAT)))
    }

    /// Has the next step look at everything again.
    pub(super) fn forget(&self) {
        self.known().quiet = None;
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock()
    }

    /// All settings that a step looks at, read before anything else is.
    async fn settings(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let organisations = self.core.config.organisations.iter();
        let names = organisations.flat_map(|organisation| {
            let id = organisation.id;
            [people::store::changes(id), assign::setting(id)]
        });
        let names = names.chain([TICK, catch_up::SETTING].map(str::to_owned));
        settings::read_some(self.core.db.reader(), names).await
    }

    /// Until when there is nothing to do, if that is known.
    fn quiet_until(&self, settings: &BTreeMap<String, String>, now: Millis) -> Option<Millis> {
        let seen = last_of(settings).is_some_and(|last| last <= now && now.since(last) <= OUTAGE);
        if !seen || settings.contains_key(catch_up::SETTING) {
            return None;
        }
        let known = self.known();
        let quiet = known
            .quiet
            .as_ref()
            .filter(|quiet| quiet.from <= now && now < quiet.until && quiet.people == self.people(settings))?;
        Some(quiet.until)
    }

    /// How often people have changed, by organisation.
    fn people(&self, settings: &BTreeMap<String, String>) -> Vec<Option<String>> {
        let organisations = self.core.config.organisations.iter();
        organisations
            .map(|organisation| settings.get(&people::store::changes(organisation.id)).cloned())
            .collect()
    }

    /// Does what is due; returns until when there is nothing more to do.
    async fn look(&self, settings: &BTreeMap<String, String>, now: Millis) -> anyhow::Result<Millis> {
        self.forget();
        // Zones and slots change with the configuration, which is read once.
        let moved = !self.known().stepped;
        let rules = Rules::new(&self.core.config.schedule)?;
        if moved {
            end_removed::end_removed(&self.core).await?;
        }
        for organisation in &self.core.config.organisations {
            assign::assign(&self.core, organisation, settings, now).await?;
        }
        let last = self.wake(&rules, settings, now).await?;
        for organisation in &self.core.config.organisations {
            close_cycle::close_past(&self.core, organisation, now).await?;
            open_cycle::open_due(&self.core, organisation, &rules, (last, now), moved).await?;
        }
        self.remember_tick(now).await?;
        let until = self.next(&rules, now).await?;
        *self.known() = Known {
            quiet: Some(Quiet {
                from: now,
                until,
                people: self.people(settings),
            }),
            stepped: true,
        };
        Ok(until)
    }

    /// Deals with time that went by unseen; returns the instant up to which slots have been dealt with.
    async fn wake(&self, rules: &Rules, settings: &BTreeMap<String, String>, now: Millis) -> anyhow::Result<Millis> {
        if let Some(kept) = settings.get(catch_up::SETTING) {
            let progress: Progress = serde_json::from_str(kept)?;
            catch_up::catch_up(&self.core, rules, progress, now).await?;
        }
        let Some(last) = last_of(settings) else {
            return Ok(now - 1);
        };
        if last > now {
            tracing::warn!(last = %last.rfc3339(), now = %now.rfc3339(), "the clock was set back");
            return Ok(now);
        }
        if now.since(last) <= OUTAGE {
            return Ok(last);
        }
        let progress = catch_up::note(&self.core, Outage { from: last, to: now }, TICK).await?;
        catch_up::catch_up(&self.core, rules, progress, now).await?;
        Ok(now)
    }

    async fn remember_tick(&self, now: Millis) -> anyhow::Result<()> {
        self.core
            .ledger
            .write(move |tx| {
                Box::pin(async move { settings::remember(tx.connection(), TICK, &now.0.to_string(), tx.now()).await })
            })
            .await
    }

    async fn next(&self, rules: &Rules, now: Millis) -> anyhow::Result<Millis> {
        let mut next = Millis(i64::MAX);
        for organisation in &self.core.config.organisations {
            for zone in open_cycle::zones(&self.core, organisation).await? {
                let slot = rules.next_slot(&civil::zone(&zone)?, now);
                next = slot.map_or(next, |slot| next.min(slot));
            }
        }
        let organisations = self.core.config.organisations.iter();
        let configured: Vec<OrganisationId> = organisations.map(|organisation| organisation.id).collect();
        let closing = store::next_closing(self.core.db.reader(), &configured).await?;
        Ok(closing.map_or(next, |at| next.min(at)))
    }
}

/// When the last step was that is remembered.
fn last_of(settings: &BTreeMap<String, String>) -> Option<Millis> {
    settings.get(TICK).and_then(|at| at.parse().ok()).map(Millis)
}
