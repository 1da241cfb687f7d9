//! The most recent interactions, so that none is answered twice.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};

use parking_lot::Mutex;

/// Interactions that are remembered. A resumed session replays a few at most.
const REMEMBERED: usize = 512;

/// The newest interactions: not their ids, which show when somebody did something, but fingerprints that only this
/// process can compute.
#[derive(Debug, Default)]
pub(super) struct Recent {
    key: RandomState,
    marks: Mutex<VecDeque<u64>>,
}

impl Recent {
    /// True the first time.
    pub(super) fn is_new(&self, id: u64) -> bool {
        let mark = self.key.hash_one(id);
        let mut marks = self.marks.lock();
        if marks.contains(&mark) {
            return false;
        }
        if marks.len() == REMEMBERED {
            marks.pop_front();
        }
        marks.push_back(mark);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interaction_is_new_once() {
        let recent = Recent::default();
        assert!(recent.is_new(1));
        assert!(!recent.is_new(1));
        for id in 2..=REMEMBERED as u64 + 1 {
            assert!(recent.is_new(id));
        }
        assert!(recent.is_new(1), "the oldest are forgotten");
    }
}
