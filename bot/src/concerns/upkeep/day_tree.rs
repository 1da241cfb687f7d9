//! The tree of a day: what happened with an organisation's concerns on it, each event salted, among chaff.
//!
//! An RFC 6962 tree. Its leaves are in random order and their number is a multiple of [`STEP`], so that the order of
//! the events stays hidden, and so does their exact number. Only the root goes into the evidence log.

use crate::chance::Chance;
use crate::evidence::proof::inclusion;
use crate::evidence::receipt::EventProof;
use crate::evidence::tree::{Hash, leaf_hash, root_of};

/// A day has a multiple of this number of leaves; never none.
pub const STEP: usize = 8;

/// The hashes of a day's leaves, as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayTree(Vec<Hash>);

impl DayTree {
    /// From the events' own bytes, which must hold a salt.
    pub fn of(events: &[String], chance: &Chance) -> Self {
        let mut hashes: Vec<Hash> = events.iter().map(|event| leaf_hash(event.as_bytes())).collect();
        let size = hashes.len().max(1).next_multiple_of(STEP);
        hashes.resize_with(size, || chance.bytes());
        shuffle(&mut hashes, chance);
        Self(hashes)
    }

    /// From what was kept; none if the bytes are not hashes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        (rest.is_empty() && !hashes.is_empty()).then(|| Self(hashes.to_vec()))
    }

    /// Hash after hash.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.concat()
    }

    pub fn root(&self) -> Hash {
        root_of(&self.0)
    }

    /// Whether the event is one of the day's.
    pub fn holds(&self, event: &str) -> bool {
        self.0.contains(&leaf_hash(event.as_bytes()))
    }

    /// The proof that an event is one of the day's; none if it is not.
    pub fn prove(&self, event: &str) -> Option<EventProof> {
        let hash = leaf_hash(event.as_bytes());
        let index = self.0.iter().position(|known| *known == hash)? as u64;
        let size = self.0.len() as u64;
        let spans = inclusion(index, size)?;
        let within = |from: u64, to: u64| self.0.get(from as usize..to as usize).map(root_of);
        let hashes = spans.iter().map(|span| within(span.from, span.to));
        Some(EventProof {
            event: event.to_owned(),
            index,
            size,
            hashes: hashes.collect::<Option<_>>()?,
        })
    }
}

/// Puts them into a random order, each equally likely.
pub(crate) fn shuffle<T>(items: &mut [T], chance: &Chance) {
    for last in (1..items.len()).rev() {
        items.swap(last, chance.below(last as u64 + 1) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("event {number}")).collect()
    }

    #[test]
    fn a_day_has_eight_leaves_or_a_multiple() {
        let sizes = [0, 1, 7, 8, 9, 16, 17].map(|count| DayTree::of(&events(count), &Chance::seeded(1)).0.len());
        assert_eq!(sizes, [8, 8, 8, 8, 16, 16, 24]);
    }

    #[test]
    fn every_event_is_proved_and_nothing_else() {
        for count in [1, 5, 8, 9, 40] {
            let events = events(count);
            let day = DayTree::of(&events, &Chance::seeded(count as u64));
            let kept = DayTree::from_bytes(&day.bytes()).expect("hashes");
            assert_eq!(kept, day);
            for event in &events {
                let proof = kept.prove(event).expect("an event of the day");
                assert!(proof.proves(&day.root()) && day.holds(event));
                assert!(!proof.proves(&[7; 32]));
                let other = "event -1".to_owned();
                assert!(!EventProof { event: other, ..proof }.proves(&day.root()));
            }
            assert_eq!(day.prove("event -1"), None);
        }
    }

    #[test]
    fn the_order_is_not_that_of_the_events_and_no_two_days_are_alike() {
        let events = events(64);
        let chance = Chance::seeded(3);
        let [one, two] = [(), ()].map(|()| DayTree::of(&events, &chance));
        let in_order: Vec<Hash> = events.iter().map(|event| leaf_hash(event.as_bytes())).collect();
        assert_ne!(one.0, in_order);
        assert_ne!(one.0, two.0);
        assert_ne!(DayTree::of(&[], &chance).root(), DayTree::of(&[], &chance).root());
    }

    #[test]
    fn what_is_no_row_of_hashes_is_no_day() {
        for bytes in [&[][..], &[0; 31], &[0; 33]] {
            assert_eq!(DayTree::from_bytes(bytes), None);
        }
    }
}
