//! Looking for very many needles at once: one pass over the bytes, by the last eight bytes of each form.

use std::collections::HashMap;
use std::fmt;

use crate::needles::{Form, Needle};

/// Bits of the first, coarse look.
const COARSE: u32 = 24;
/// Bytes around a hit that are shown.
const AROUND: usize = 24;

pub(crate) struct Search {
    needles: Vec<Needle>,
    forms: Vec<(usize, Form)>,
    by_end: HashMap<u64, Vec<usize>>,
    coarse: Vec<u64>,
    longest: usize,
}

/// A form that was found.
pub(crate) struct Hit {
    pub what: &'static str,
    pub whose: &'static str,
    form: &'static str,
    pub place: String,
    at: usize,
    around: String,
}

impl fmt::Display for Hit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what,
            whose,
            form,
            place,
            at,
            around,
        } = self;
        write!(formatter, "{place}: {whose} {what} as {form} at {at}: {around}")
    }
}

impl Search {
    pub(crate) fn of(needles: Vec<Needle>) -> Self {
        let mut search = Self {
            needles,
            forms: Vec::new(),
            by_end: HashMap::new(),
            coarse: vec![0; (1 << COARSE) / 64],
            longest: 0,
        };
        for number in 0..search.needles.len() {
            for form in search.needles[number].forms() {
                let end = form.bytes.last_chunk().copied().map_or(0, u64::from_le_bytes);
                let (word, bit) = coarse(end);
                search.coarse[word] |= bit;
                search.by_end.entry(end).or_default().push(search.forms.len());
                search.longest = search.longest.max(form.bytes.len());
                search.forms.push((number, form));
            }
        }
        search
    }

    /// How many needles there are, and in how many forms.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.needles.len(), self.forms.len())
    }

    /// Bytes of the longest form.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// Every needle in these bytes.
    pub(crate) fn look(&self, place: &str, bytes: &[u8]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut end = 0;
        for (at, byte) in bytes.iter().enumerate() {
            end = (end >> 8) | (u64::from(*byte) << 56);
            let (word, bit) = coarse(end);
            if self.coarse[word] & bit == 0 || at < 7 {
                continue;
            }
            let forms = self.by_end.get(&end).into_iter().flatten();
            for (needle, form) in forms.map(|number| &self.forms[*number]) {
                if bytes[..=at].ends_with(&form.bytes) {
                    let needle = &self.needles[*needle];
                    hits.push(Hit {
                        what: needle.what,
                        whose: needle.whose,
                        form: form.name,
                        place: place.to_owned(),
                        at: at + 1 - form.bytes.len(),
                        around: around(bytes, at + 1 - form.bytes.len(), at),
                    });
                }
            }
        }
        hits
    }
}

fn coarse(end: u64) -> (usize, u64) {
    let mixed = end.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - COARSE);
    ((mixed / 64) as usize, 1 << (mixed % 64))
}

fn around(bytes: &[u8], from: usize, to: usize) -> String {
    let shown = &bytes[from.saturating_sub(AROUND)..(to + AROUND).min(bytes.len())];
    shown.escape_ascii().to_string()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::*;
    use crate::needles::Value;

    const ID: u64 = 1_398_765_432_109_876_543;

    fn needle(value: Value) -> Needle {
        Needle {
            what: "needle",
            whose: "planted",
            value,
        }
    }

    /// The names of the forms in which something is found.
    fn found(search: &Search, hay: &[u8]) -> Vec<&'static str> {
        let mut names: Vec<_> = search.look("hay", hay).iter().map(|hit| hit.form).collect();
        names.dedup();
        names
    }

    #[test]
    fn a_planted_number_is_found_in_every_form() {
        let search = Search::of(vec![needle(Value::Number(ID))]);
        let plant = |bytes: &[u8]| [b"hay hay ", bytes, b" hay"].concat();
        for (planted, form) in [
            (ID.to_string().into_bytes(), "text"),
            (ID.to_be_bytes().to_vec(), "big-endian"),
            (ID.to_le_bytes().to_vec(), "little-endian"),
            (format!("{ID:016x}").into_bytes(), "hexadecimal"),
            (format!("{ID:016X}").into_bytes(), "hexadecimal"),
        ] {
            assert_eq!(found(&search, &plant(&planted)), [form]);
        }
        assert_eq!(found(&search, &plant(&(ID + 1).to_be_bytes())), [""; 0]);
    }

    #[test]
    fn a_planted_text_is_found_in_base64_wherever_it_begins() {
        let text = "Zwetschgenkn\u{f6}del\u{3ff}\u{3fe}";
        let search = Search::of(vec![needle(Value::Text(text.to_owned()))]);
        for before in 0..6 {
            let whole = format!("{}{text}.", "a".repeat(before));
            assert_eq!(found(&search, STANDARD.encode(&whole).as_bytes()), ["text in base64"]);
            assert_eq!(found(&search, URL_SAFE.encode(&whole).as_bytes()), ["text in base64"]);
        }
        let json = format!(r#"{{"text":"{}"}}"#, "Zwetschgenkn\\u00f6del\\u03ff\\u03fe");
        assert_eq!(found(&search, json.as_bytes()), ["JSON escapes"]);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(found(&search, &wide), ["UTF-16"]);
    }

    #[test]
    fn what_begins_or_ends_the_bytes_is_found() {
        let search = Search::of(vec![needle(Value::Number(ID))]);
        assert_eq!(found(&search, &ID.to_be_bytes()), ["big-endian"]);
        assert_eq!(search.longest(), 4 * ID.to_string().len());
        assert_eq!(search.size().0, 1);
    }
}
