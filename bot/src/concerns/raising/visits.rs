//! Reporters who came back with their case key, in memory alone: which case, and the key that opens what is for them.
//! Nobody here has a name, and each visit ends by itself.

use std::collections::HashMap;

use age::x25519::Identity;
use parking_lot::{Mutex, MutexGuard};

use crate::chance::Chance;
use crate::clock::Millis;
use crate::ids::CaseId;

/// How long a visit lasts after its last step, in milliseconds.
pub const VISIT: i64 = 15 * Millis::MINUTE;
/// Visits at the same time; if more come, the oldest ends.
const MOST: usize = 100;

/// A visit: 32 random hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VisitId(String);

impl VisitId {
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a visit leads.
#[derive(Clone)]
pub(crate) struct Visit {
    pub case: CaseId,
    pub identity: Identity,
}

#[derive(Default)]
pub(crate) struct Visits(Mutex<HashMap<VisitId, (Visit, Millis)>>);

impl Visits {
    pub fn begin(&self, chance: &Chance, now: Millis, visit: Visit) -> VisitId {
        let id = VisitId(chance.id());
        let mut open = self.open(now);
        if open.len() >= MOST {
            let oldest = open
                .iter()
                .min_by_key(|(_, (_, until))| *until)
                .map(|(id, _)| id.clone());
            oldest.and_then(|oldest| open.remove(&oldest));
        }
        open.insert(id.clone(), (visit, now + VISIT));
        id
    }

    /// Where the visit leads, and prolongs it; none if it is over.
    pub fn go_on(&self, id: &VisitId, now: Millis) -> Option<Visit> {
        let mut open = self.open(now);
        let (visit, until) = open.get_mut(id)?;
        *until = now + VISIT;
        Some(visit.clone())
    }

    /// Wipes the visits whose time has passed.
    pub fn sweep(&self, now: Millis) {
        drop(self.open(now));
    }

    fn open(&self, now: Millis) -> MutexGuard<'_, HashMap<VisitId, (Visit, Millis)>> {
        let mut open = self.0.lock();
        open.retain(|_, (_, until)| until.since(now) > 0);
        open
    }
}
