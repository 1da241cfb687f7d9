//! How long to wait after a failure whose end nobody has told.

use crate::chance::Chance;
use crate::clock::Millis;

const FIRST: i64 = 5 * Millis::SECOND;
const LONGEST: i64 = 15 * Millis::MINUTE;

/// Milliseconds until the attempt after `attempts` failed ones: 5 s, doubled each time up to 15 minutes, of which a
/// quarter is left to chance, so that many messages do not come back together.
pub fn back_off(attempts: u32, chance: &Chance) -> i64 {
    let doubled = 1i64.checked_shl(attempts.saturating_sub(1).min(20)).unwrap_or(i64::MAX);
    let whole = FIRST.saturating_mul(doubled).min(LONGEST);
    whole - chance.below((whole / 4) as u64) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let chance = Chance::seeded(1);
        for (attempts, whole) in [
            (0, 5),
            (1, 5),
            (2, 10),
            (3, 20),
            (8, 640),
            (9, 900),
            (4_000_000_000, 900),
        ] {
            for _ in 0..50 {
                let wait = back_off(attempts, &chance);
                let whole = whole * Millis::SECOND;
                assert!(wait <= whole && wait > whole * 3 / 4, "{attempts}: {wait}");
            }
        }
    }
}
