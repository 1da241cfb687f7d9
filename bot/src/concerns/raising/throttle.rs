//! Limits against abuse that know nobody. A person is a keyed hash whose key is made each day and is never written
//! down; the counts are in memory alone, and are gone after a restart.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit, Mac};
use parking_lot::{Mutex, MutexGuard};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::chance::Chance;
use crate::clock::Millis;
use crate::ids::MemberId;

/// Anonymous reports that a person may send in a day.
pub const REPORTS_A_DAY: u32 = 3;
/// Reports in the other modes that a person may send besides, in a day: one person must not use up everybody's hour.
pub const OTHERS_A_DAY: u32 = 5;
/// Wrong case keys that a person may type in an hour.
pub const WRONG_KEYS_AN_HOUR: u32 = 5;

/// Whether a report may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportThrottle {
    Go,
    /// The person has sent as many as are allowed in a day.
    TooManyToday {
        most: u32,
    },
    /// Too many came from everybody together; when to try again, in milliseconds.
    Later {
        milliseconds: i64,
    },
}

/// Whether a case key may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyThrottle {
    Go,
    /// Too many wrong ones; when to try again, in milliseconds.
    Later {
        milliseconds: i64,
    },
}

type Person = [u8; 32];

/// The counts of today.
pub struct Throttle {
    chance: Chance,
    /// Maximum number of reports an hour from everybody together.
    an_hour: u32,
    counts: Mutex<Counts>,
}

struct Counts {
    /// Number of the day since 1970, in UTC, that the key belongs to.
    day: i64,
    key: Zeroizing<[u8; 32]>,
    reports: HashMap<Person, Sent>,
    wrong_keys: HashMap<Person, Window>,
    everybody: Window,
}

/// Reports of a person today.
#[derive(Clone, Copy, Default)]
struct Sent {
    anonymous: u32,
    others: u32,
}

impl Sent {
    const fn of(&mut self, anonymous: bool) -> (&mut u32, u32) {
        if anonymous {
            (&mut self.anonymous, REPORTS_A_DAY)
        } else {
            (&mut self.others, OTHERS_A_DAY)
        }
    }
}

/// A count within an hour that begins with its first event.
#[derive(Clone, Copy, Default)]
struct Window {
    began: Millis,
    count: u32,
}

impl Window {
    fn full_for(&self, most: u32, now: Millis) -> Option<i64> {
        let passed = now.since(self.began);
        let running = (0..Millis::HOUR).contains(&passed);
        (running && self.count >= most).then_some(Millis::HOUR - passed)
    }

    fn count(&mut self, now: Millis) {
        if !(0..Millis::HOUR).contains(&now.since(self.began)) {
            *self = Self { began: now, count: 0 };
        }
        self.count += 1;
    }
}

impl Throttle {
    /// `an_hour` is the most reports in an hour from everybody together.
    pub fn new(chance: Chance, an_hour: u32) -> Self {
        let counts = Counts::new(&chance, i64::MIN);
        Self {
            chance,
            an_hour,
            counts: Mutex::new(counts),
        }
    }

    /// Counts a report of this person if it may be sent; those without a name are counted apart from the others.
    pub fn report(&self, member: MemberId, anonymous: bool, now: Millis) -> ReportThrottle {
        let mut counts = self.today(now);
        let person = counts.person(member);
        let mut all = counts.reports.get(&person).copied().unwrap_or_default();
        let (sent, most) = all.of(anonymous);
        if *sent >= most {
            return ReportThrottle::TooManyToday { most };
        }
        *sent += 1;
        if let Some(milliseconds) = counts.everybody.full_for(self.an_hour, now) {
            return ReportThrottle::Later { milliseconds };
        }
        counts.everybody.count(now);
        counts.reports.insert(person, all);
        ReportThrottle::Go
    }

    /// Withdraws the count of a report that was not filed after all.
    pub fn not_filed(&self, member: MemberId, anonymous: bool, now: Millis) {
        let mut counts = self.today(now);
        counts.everybody.count = counts.everybody.count.saturating_sub(1);
        let person = counts.person(member);
        if let Some(all) = counts.reports.get_mut(&person) {
            let (sent, _) = all.of(anonymous);
            *sent = sent.saturating_sub(1);
        }
    }

    /// Whether this person may try a case key.
    pub fn may_try_key(&self, member: MemberId, now: Millis) -> KeyThrottle {
        let counts = self.today(now);
        let tried = counts.wrong_keys.get(&counts.person(member));
        let wait = tried.and_then(|window| window.full_for(WRONG_KEYS_AN_HOUR, now));
        wait.map_or(KeyThrottle::Go, |milliseconds| KeyThrottle::Later { milliseconds })
    }

    /// Counts a wrong case key.
    pub fn wrong_key(&self, member: MemberId, now: Millis) {
        let mut counts = self.today(now);
        let person = counts.person(member);
        counts.wrong_keys.entry(person).or_default().count(now);
    }

    /// Forgets the counts of a day that is over.
    pub fn sweep(&self, now: Millis) {
        drop(self.today(now));
    }

    /// The counts; if another day has begun, with a new key and nothing counted.
    fn today(&self, now: Millis) -> MutexGuard<'_, Counts> {
        let mut counts = self.counts.lock();
        let day = now.0.div_euclid(Millis::DAY);
        if counts.day != day {
            // The limit for everybody together names nobody, and continues over midnight.
            let everybody = counts.everybody;
            *counts = Counts::new(&self.chance, day);
            counts.everybody = everybody;
        }
        counts
    }
}

impl Counts {
    fn new(chance: &Chance, day: i64) -> Self {
        Self {
            day,
            key: Zeroizing::new(chance.bytes()),
            reports: HashMap::new(),
            wrong_keys: HashMap::new(),
            everybody: Window::default(),
        }
    }

    fn person(&self, member: MemberId) -> Person {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key[..]).expect("HMAC takes keys of every length");
        mac.update(&member.get().to_be_bytes());
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for Throttle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Throttle")
    }
}

#[cfg(test)]
mod tests;
