//! When the next request may go out. Pure: it is told the time and what Discord answered, and never waits itself.
//!
//! Invariants: never more than N requests in any second as Discord counts them; never a request on a bucket that is
//! known to be empty; only one request at a time on a route that is not known yet; memory follows the routes in use.

mod bucket;
mod invalid;
mod steady;
mod told;
mod window;

use std::collections::HashMap;

use bucket::Bucket;
use invalid::Invalid;
use steady::Steady;
pub use told::{Scope, Told};
use window::Window;

use crate::clock::Millis;

/// What Discord limits together: method, path without ids, and the channel or guild that the path names (0: none).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub resource: i64,
}

/// Whether a request may go out.
#[derive(Debug)]
pub enum Turn {
    Go(Permit),
    /// Not before this instant. The present instant means: as soon as a request under way has been answered.
    Later(Millis),
}

/// A permit for one request. It must come back with [`Limits::answered`] or [`Limits::lost`].
#[derive(Debug)]
#[must_use]
pub struct Permit {
    route: Route,
    key: Key,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// Not learned yet, or refused without a bucket's name.
    Route(Route),
    Bucket(String, i64),
}

/// What a method and path turned out to be.
#[derive(Debug)]
enum Learned {
    Bucket(String),
    /// Answers carry no limits.
    Free,
}

/// After a 429 without a usable number, wait this many milliseconds.
const UNSAID_WAIT: i64 = 5_000;
/// Minimum and usual pause after a 429 from the network in front of Discord, in milliseconds: it bans addresses.
const EDGE_WAIT: (i64, i64) = (60_000, 600_000);
/// Buckets that are idle for this many milliseconds after their reset are dropped.
const IDLE: i64 = 60_000;
/// From this number of buckets on, idle ones are looked for.
const SWEEP_FROM: usize = 256;

/// Everything that is known about limits.
#[derive(Debug)]
pub struct Limits {
    global: Window,
    blocked_until: Millis,
    invalid: Invalid,
    learned: HashMap<(&'static str, &'static str), Learned>,
    buckets: HashMap<Key, Bucket>,
    sweep_at: usize,
    time: Steady,
}

impl Limits {
    /// At most `per_second` requests in any second; 0 counts as 1.
    pub fn new(per_second: u32) -> Self {
        Self {
            global: Window::new(per_second),
            blocked_until: Millis(i64::MIN),
            invalid: Invalid::default(),
            learned: HashMap::new(),
            buckets: HashMap::new(),
            sweep_at: SWEEP_FROM,
            time: Steady::default(),
        }
    }

    /// Asks for a permit to send a request on `route`.
    pub fn acquire(&mut self, route: Route, now: Millis) -> Turn {
        let now = self.time.inside(now);
        let key = self.key(route);
        let until = self
            .blocked_until
            .max(self.invalid.open_at(now))
            .max(self.global.open_at(now));
        let bucket = self.buckets.entry(key.clone()).or_default();
        match bucket.open_at(now) {
            Some(open) if open.max(until) <= now => {}
            Some(open) => return Turn::Later(self.time.outside(open.max(until))),
            None => return Turn::Later(self.time.outside(until.max(now))),
        }
        bucket.take();
        self.global.take();
        self.invalid.take(now);
        self.sweep(now);
        Turn::Go(Permit { route, key })
    }

    /// A request was answered.
    pub fn answered(&mut self, permit: Permit, now: Millis, told: &Told) {
        let now = self.time.inside(now);
        self.global.answered(now);
        let Permit { route, key } = permit;
        self.count(told, now);
        self.learn(route, told);
        let told_key = self.key_told(route, told);
        let was = self.buckets.entry(key.clone()).or_default();
        was.give_back();
        if told_key != key && was.is_fresh() {
            self.buckets.remove(&key);
        }
        let bucket = self.buckets.entry(told_key).or_default();
        bucket.told(told, now);
        if told.status == 429 && matches!(told.scope, Scope::User | Scope::Shared) {
            bucket.close(now + told.retry_after.unwrap_or(UNSAID_WAIT));
        }
    }

    /// A request went out and nobody knows its outcome.
    pub fn lost(&mut self, permit: Permit, now: Millis) {
        let now = self.time.inside(now);
        self.global.answered(now);
        let bucket = self.buckets.entry(permit.key).or_default();
        bucket.give_back();
        bucket.spent(now);
    }

    /// Counts an answer that took no permit: those to interactions are outside all limits except one.
    pub fn count_unpermitted(&mut self, told: &Told, now: Millis) {
        let now = self.time.inside(now);
        self.invalid.count(told, now);
    }

    /// How many requests could go out now as far as the limit over all routes is concerned.
    pub fn room(&mut self, now: Millis) -> usize {
        let now = self.time.inside(now);
        if self.blocked_until.max(self.invalid.open_at(now)) > now {
            return 0;
        }
        self.global.room(now)
    }

    /// When `wanted` requests (at most N) can go out as far as the limits over all routes are concerned.
    pub fn room_at(&mut self, wanted: usize, now: Millis) -> Millis {
        let now = self.time.inside(now);
        let at = self
            .blocked_until
            .max(self.invalid.open_at(now))
            .max(self.global.open_for(wanted, now));
        self.time.outside(at.max(now))
    }

    fn key(&self, route: Route) -> Key {
        match self.learned.get(&(route.method, route.path)) {
            Some(Learned::Bucket(name)) => Key::Bucket(name.clone(), route.resource),
            Some(Learned::Free) | None => Key::Route(route),
        }
    }

    fn key_told(&self, route: Route, told: &Told) -> Key {
        match &told.bucket {
            Some(name) => Key::Bucket(name.clone(), route.resource),
            None => self.key(route),
        }
    }

    fn learn(&mut self, route: Route, told: &Told) {
        let place = (route.method, route.path);
        match &told.bucket {
            Some(name) => {
                self.learned.insert(place, Learned::Bucket(name.clone()));
            }
            None if (200..300).contains(&told.status) => {
                self.learned.entry(place).or_insert(Learned::Free);
            }
            None => {}
        }
    }

    fn count(&mut self, told: &Told, now: Millis) {
        self.invalid.count(told, now);
        if told.status != 429 {
            return;
        }
        let wait = match told.scope {
            Scope::Global => told.retry_after.unwrap_or(UNSAID_WAIT),
            Scope::Edge => told.retry_after.map_or(EDGE_WAIT.1, |wait| wait.max(EDGE_WAIT.0)),
            Scope::User | Scope::Shared => return,
        };
        self.blocked_until = self.blocked_until.max(now + wait);
    }

    fn sweep(&mut self, now: Millis) {
        if self.buckets.len() < self.sweep_at {
            return;
        }
        self.buckets.retain(|_, bucket| !bucket.is_idle(now - IDLE));
        self.sweep_at = (self.buckets.len() * 2).max(SWEEP_FROM);
    }
}

#[cfg(test)]
mod tests;
