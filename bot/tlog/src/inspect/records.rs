//! Whether a record id occurs twice, in little memory: a fingerprint of 58 bits for each.

/// Lists by the first bits of the fingerprint.
const LISTS: usize = 1 << 10;

/// The record ids that were seen.
pub(super) struct Records {
    lists: Vec<Vec<[u8; 6]>>,
}

impl Records {
    pub(super) fn new() -> Self {
        let lists = vec![Vec::new(); LISTS];
        Self { lists }
    }

    pub(super) fn see(&mut self, rec: u128) {
        let (list, print) = fingerprint(rec);
        let list = &mut self.lists[list];
        // Doubling would waste as much again as is used.
        if list.len() == list.capacity() {
            list.reserve_exact(list.len() / 8 + 16);
        }
        list.push(print);
    }

    /// A fingerprint that occurs twice: two records with the same id, or, once in many thousand logs, two whose ids
    /// begin alike.
    pub(super) fn twice(&mut self) -> Option<Suspect> {
        for (number, list) in self.lists.iter_mut().enumerate() {
            list.sort_unstable();
            if let Some(pair) = list.windows(2).find(|pair| pair[0] == pair[1]) {
                return Some(Suspect(number, pair[0]));
            }
        }
        None
    }
}

/// What two records share.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Suspect(usize, [u8; 6]);

impl Suspect {
    pub(super) fn fits(self, rec: u128) -> bool {
        let (list, print) = fingerprint(rec);
        self == Self(list, print)
    }
}

fn fingerprint(rec: u128) -> (usize, [u8; 6]) {
    let list = (rec >> 118) as usize;
    let bytes = ((rec >> 70) as u64).to_be_bytes();
    let [_, _, print @ ..] = bytes;
    (list, print)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_occurs_twice_is_found(recs in proptest::collection::btree_set(any::<u128>(), 1..99), again: proptest::sample::Index) {
            let recs: Vec<u128> = recs.into_iter().collect();
            let mut records = Records::new();
            for rec in &recs {
                records.see(*rec);
            }
            prop_assert!(records.twice().is_none());
            let rec = recs[again.index(recs.len())];
            records.see(rec);
            let suspect = records.twice();
            prop_assert!(suspect.is_some_and(|suspect| suspect.fits(rec)));
        }
    }
}
