//! Snowflakes and unguessable-looking tokens.
//! Invariant: ids only grow, also when the clock stands still or is set back.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// A Discord id (snowflake).
pub type Id = u64;

/// Discord's epoch, 2015-01-01T00:00:00Z, in Unix milliseconds.
const EPOCH_MS: i64 = 1_420_070_400_000;

/// Bits 12 to 21 of each id, as Discord fills them: worker 9, process 21. If they were zero, an id would end in bytes
/// that occur anywhere in a program's memory, and a search for ids would find bytes that are not ids.
const MAKER: Id = (9 << 17) | (21 << 12);
/// Bits of an id that count what its maker made.
const COUNT: u32 = 12;

/// Hands out ids in order.
#[derive(Debug, Default)]
pub(crate) struct Snowflakes {
    last: Id,
    made: u64,
    secrets: u64,
}

impl Snowflakes {
    /// The next id for an event at `now` (UTC ms).
    pub(crate) fn next(&mut self, now: i64) -> Id {
        let stamp = u64::try_from(now - EPOCH_MS).unwrap_or(0);
        self.made += 1;
        let of = |stamp: u64| (stamp << 22) | MAKER | (self.made % (1 << COUNT));
        let id = of(stamp.max(self.last >> 22));
        // The count began anew within a millisecond.
        self.last = if id > self.last { id } else { of((self.last >> 22) + 1) };
        self.last
    }

    /// 32 hexadecimal digits, different each time.
    pub(crate) fn secret(&mut self) -> String {
        self.secrets += 1;
        let high = mix(self.last ^ self.secrets.rotate_left(32));
        format!("{high:016x}{:016x}", mix(high ^ self.secrets))
    }

    /// An interaction token of about Discord's form.
    pub(crate) fn interaction_token(&mut self, id: Id) -> String {
        let secret = self.secret();
        URL_SAFE_NO_PAD.encode(format!("interaction:{id}:{secret}{secret}"))
    }
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): spreads a counter over 64 bits.
pub(crate) fn mix(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// An id as Discord writes it in JSON.
pub(crate) fn text(id: Id) -> Value {
    Value::String(id.to_string())
}

/// Reads an id from JSON: a string of digits, or a number.
pub(crate) fn read(value: &Value) -> Option<Id> {
    value.as_str().map_or_else(|| value.as_u64(), |text| text.parse().ok())
}

/// The instant an id was made, UTC milliseconds.
pub(crate) fn made_at(id: Id) -> i64 {
    (id >> 22) as i64 + EPOCH_MS
}

/// An instant (UTC ms) as Discord writes it.
pub(crate) fn timestamp(ms: i64) -> String {
    let instant = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string()
}

/// The form of the `Date` header (RFC 9110, 5.6.7).
pub(crate) fn http_date(ms: i64) -> String {
    let instant = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_although_the_clock_is_set_back() {
        let mut ids = Snowflakes::default();
        let first = ids.next(1_800_000_000_000);
        let second = ids.next(1_700_000_000_000);
        assert!(second > first);
        assert_eq!(made_at(first), 1_800_000_000_000);
    }

    #[test]
    fn ids_grow_within_a_millisecond_and_end_in_no_zeros() {
        let mut ids = Snowflakes::default();
        let mut last = 0;
        for _ in 0..10_000 {
            let id = ids.next(1_800_000_000_000);
            assert!(id > last && (1_800_000_000_000..1_800_000_000_004).contains(&made_at(id)));
            assert!(id.to_be_bytes()[5..7].iter().all(|byte| *byte != 0), "{id:x}");
            last = id;
        }
    }

    #[test]
    fn times_are_written_as_discord_writes_them() {
        assert_eq!(timestamp(1_772_442_000_123), "2026-03-02T09:00:00.123000+00:00");
    }
}
