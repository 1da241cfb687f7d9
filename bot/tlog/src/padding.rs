//! How a leaf says which records were erased, so that it shows neither which nor how many.
//!
//! Its digests are those of the basis and of one field for each record, filled up to a power of two with random ones.
//! Without the fields nobody can tell one from the other. Each field has the number of a random slot as its name, so
//! that a field that is given says nothing about the others.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;

use crate::disclosure::{self, Disclosure};
use crate::random::Random;

/// Minimum number of digests of such a leaf.
const LEAST: usize = 16;
/// Maximum number of digests: 46 bytes each, and a leaf has at most 65,535.
const MOST: usize = 1_024;
/// Maximum number of records of one leaf. The basis has a digest, too.
pub(crate) const MOST_RECORDS: usize = MOST - 1;
/// What the names of the records' fields begin with.
const SLOT: &str = "record-";

/// Whether such a leaf can have this number of digests.
pub(crate) fn is_width(digests: usize) -> bool {
    digests.is_power_of_two() && (LEAST..=MOST).contains(&digests)
}

/// Whether a text is the name of a record's field: `record-` and four digits.
pub(crate) fn is_slot(name: &str) -> bool {
    let digits = name.strip_prefix(SLOT).unwrap_or_default();
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Adds a field for each record. Returns the digests that stand for nothing.
pub(crate) fn add(chance: &impl Random, disclosures: &mut Vec<Disclosure>, records: &[String]) -> Vec<String> {
    let others = disclosures.len();
    let width = (others + records.len()).next_power_of_two().max(LEAST);
    let mut slots: Vec<usize> = (others..width).collect();
    for record in records {
        let slot = slots.swap_remove(below(chance, slots.len() as u64) as usize);
        disclosures.push(Disclosure::new(chance, &format!("{SLOT}{slot:04}"), record));
    }
    let chaff = slots.iter().map(|_| BASE64URL.encode(chance.bytes::<32>()));
    chaff.collect()
}

/// A number from 0 up to, not including, `bound`, which is small and not 0.
fn below(chance: &impl Random, bound: u64) -> u64 {
    u64::from_be_bytes(chance.bytes::<8>()) % bound
}

/// The digests of fields and chaff, as they stand in a leaf.
pub(crate) fn digests(disclosures: &[Disclosure], chaff: Vec<String>) -> Vec<String> {
    let mut digests = chaff;
    digests.extend(disclosures.iter().map(|field| disclosure::digest(&field.text)));
    digests.sort_unstable();
    digests
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::random::tests::Chance;

    fn padded(chance: &Chance, records: &[String]) -> (Vec<Disclosure>, Vec<String>) {
        let mut fields = vec![Disclosure::new(chance, "basis", "art17")];
        let chaff = add(chance, &mut fields, records);
        (fields, chaff)
    }

    #[test]
    fn neither_number_nor_order_of_the_records_shows() {
        let chance = Chance::seeded(1);
        for (count, width) in [(0, 16), (1, 16), (15, 16), (16, 32), (100, 128), (MOST_RECORDS, MOST)] {
            let records: Vec<String> = (0..count).map(|number| format!("{number}:text")).collect();
            let (fields, chaff) = padded(&chance, &records);
            let digests = digests(&fields, chaff);
            assert_eq!((digests.len(), is_width(digests.len())), (width, true));
            assert!(digests.is_sorted_by(|left, right| left < right), "{count} records");
            assert!(digests.iter().all(|digest| disclosure::is_digest(digest)));
            let names: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            assert_eq!(names.len(), count + 1, "no name comes twice");
            assert_eq!(names.iter().filter(|name| is_slot(name)).count(), count);
        }
        let records: Vec<String> = (0..100).map(|number| format!("{number}:text")).collect();
        let (fields, _) = padded(&chance, &records);
        assert!(!fields.is_sorted_by(|left, right| left.name < right.name));
    }

    #[test]
    fn only_these_are_slots_and_widths() {
        assert!(is_slot("record-0001") && is_slot("record-1023"));
        for wrong in [
            "record-",
            "record-1",
            "record-00001",
            "record-000x",
            "text",
            "record-+001",
        ] {
            assert!(!is_slot(wrong), "{wrong}");
        }
        for wrong in [0, 1, 8, 15, 17, 2_048] {
            assert!(!is_width(wrong), "{wrong}");
        }
    }
}
