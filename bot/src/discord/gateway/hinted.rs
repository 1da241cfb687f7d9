//! Who was given a hint, so that nobody gets it again soon.

use std::collections::HashMap;

use parking_lot::Mutex;

use crate::clock::Millis;
use crate::ids::MemberId;

/// Minimum time in milliseconds between two hints to a person.
const PAUSE: i64 = Millis::HOUR;
/// Maximum number of people remembered; beyond that all are forgotten, at the price of an extra hint.
const REMEMBERED: usize = 10_000;

/// Who was given a hint, and when.
#[derive(Debug, Default)]
pub(super) struct Hints(Mutex<HashMap<MemberId, Millis>>);

impl Hints {
    pub(super) fn may(&self, member: MemberId, now: Millis) -> bool {
        let mut last = self.0.lock();
        if last.get(&member).is_some_and(|last| now.since(*last) < PAUSE) {
            return false;
        }
        if last.len() >= REMEMBERED {
            last.clear();
        }
        last.insert(member, now);
        true
    }
}
