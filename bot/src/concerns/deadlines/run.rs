//! What the channel does by the clock: telling news, warning, asking back, ending drills, committing to days, deleting,
//! hiding in which order people came.
//!
//! Each step may be repeated and cut off anywhere. It is taken at fixed times and at the instants of warnings, never
//! because somebody wrote. So neither the evidence log nor the times at which it grows reveal a concern.

use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Context;
use jiff::tz::TimeZone;

use super::ask_back;
use super::drill;
use super::fixed_times;
use super::notify::Notifier;
use super::problems::{Problem, Problems};
use super::tell_news;
use super::warn;
use crate::civil;
use crate::clock::Millis;
use crate::concerns::desk::Desk;
use crate::concerns::store;
use crate::concerns::upkeep::digest;
use crate::concerns::upkeep::hide_order;
use crate::concerns::upkeep::retain::Retention;
use crate::config::Organisation;

/// The longest time between two steps, in milliseconds: what others have changed is noticed after it.
const LOOK: i64 = Millis::HOUR;

/// The step, and when to take it again.
#[derive(Debug)]
pub struct Deadlines {
    desk: Desk,
    /// When to look again, whatever was due then.
    look_at: AtomicI64,
    /// The next instant at which something was due at the last look; the largest number if nothing was.
    due: AtomicI64,
    problems: Problems,
}

impl Deadlines {
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            look_at: AtomicI64::new(i64::MIN),
            due: AtomicI64::new(i64::MAX),
            problems: Problems::default(),
        }
    }

    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Deletes again what a restored backup has brought back. To be called before anything is served.
    ///
    /// # Errors
    /// When the journal is damaged, or the database cannot be read or written.
    pub async fn delete_again(&self) -> anyhow::Result<()> {
        let count = self.retention().delete_again().await?;
        if count > 0 {
            tracing::warn!(count, "deleted concerns had come back, and were deleted again");
        }
        Ok(())
    }

    /// Does what is due in all organisations, and forgets visits that are over. Returns when something is due next, as
    /// far as is known; `None` if there is no channel. Must be called again before then: others change what is due, and
    /// the step looks for that once an hour.
    ///
    /// # Errors
    /// When the database or the journal of erasures cannot be read or written; what was done stays done, and if one
    /// organisation fails, the others go on.
    pub async fn step(&self) -> anyhow::Result<Option<Millis>> {
        self.desk.sweep();
        let now = self.desk.core.clock.now();
        let look_at = Millis(self.look_at.load(Ordering::Relaxed));
        // Further off than ever set: the clock was set back.
        if now < look_at && look_at.since(now) <= LOOK {
            return Ok(Some(Millis(self.due.load(Ordering::Relaxed))));
        }
        let mut outcomes = Vec::new();
        for organisation in &self.desk.core.config.organisations {
            let own = self.step_of(organisation, now).await;
            outcomes.push(own.with_context(|| format!("the concerns of organisation {}", organisation.id)));
        }
        let next = fixed_times::earliest(outcomes)?;
        let look_at = next.map_or(i64::MIN, |next| next.min(now + LOOK).0);
        self.due.store(next.map_or(i64::MAX, |next| next.0), Ordering::Relaxed);
        self.look_at.store(look_at, Ordering::Relaxed);
        Ok(next)
    }

    async fn step_of(&self, organisation: &Organisation, now: Millis) -> anyhow::Result<Option<Millis>> {
        let reader = self.desk.core.db.reader();
        let never = store::keys(reader, organisation.id).await?.is_empty();
        if never && !store::any_case(reader, organisation.id).await? {
            // Nobody could ever have written.
            return Ok(None);
        }
        let zone = civil::zone(&organisation.zone).unwrap_or(TimeZone::UTC);
        let told = self.tell(organisation, &zone).await;
        let digest = self.digest(organisation, &zone, now).await;
        let hidden = self.hide(organisation, &zone).await;
        fixed_times::earliest(vec![told, digest, hidden])
    }

    /// Tells people what is due. While the keys are in doubt, nobody is told, until they are sound again.
    async fn tell(&self, organisation: &Organisation, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
        let notifier = Notifier::of(&self.desk, organisation).await?;
        let id = organisation.id;
        self.problems.note(id, Problem::KeysDoubtful, notifier.is_none());
        let Some(notifier) = notifier else {
            return Ok(None);
        };
        let outcomes = vec![
            tell_news::tell_news(&notifier, zone).await,
            warn::warn(&notifier, zone).await,
            ask_back::ask_back(&notifier, zone).await,
            drill::end(&notifier).await.map(|()| None),
        ];
        let waits = notifier.is_unread() || tell_news::waits(&notifier).await?;
        self.problems.note(id, Problem::NobodyReads, waits);
        fixed_times::earliest(outcomes)
    }

    /// Commits to the days that are over, and deletes what is old.
    async fn digest(
        &self,
        organisation: &Organisation,
        zone: &TimeZone,
        now: Millis,
    ) -> anyhow::Result<Option<Millis>> {
        if digest::digest(&self.desk, organisation, zone).await? {
            self.retention().retain(organisation, now).await?;
        }
        Ok(fixed_times::next(&[fixed_times::DIGEST_AT], zone, now))
    }

    /// Comes last, so that what the other steps wrote is in no order either.
    async fn hide(&self, organisation: &Organisation, zone: &TimeZone) -> anyhow::Result<Option<Millis>> {
        let (hidden, next) = hide_order::hide_order(&self.desk, organisation, zone).await?;
        self.problems.note(organisation.id, Problem::OrderShows, !hidden);
        Ok(next)
    }

    fn retention(&self) -> Retention {
        Retention {
            core: self.desk.core.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
