//! The case key: 20 random characters, 100 bits, shown once. It is the only way back to a case, and is stored nowhere.

use zeroize::Zeroizing;

use crate::chance::Chance;
use crate::concerns::case::{random_characters, read_characters};
use crate::concerns::secret::Secret;

/// Characters of a case key.
const LENGTH: usize = 20;
/// Characters between two hyphens.
const GROUP: usize = 4;

/// A case key. Has no `Debug`, and is wiped from memory when it is dropped.
pub struct CaseKey(Zeroizing<String>);

impl CaseKey {
    pub(crate) fn random(chance: &Chance) -> Self {
        Self(Zeroizing::new(random_characters::<LENGTH>(chance)))
    }

    /// Reads what somebody typed: any case, with or without hyphens and blanks, O for 0, I and L for 1. `None` if it
    /// is not a case key.
    pub fn read(typed: &str) -> Option<Self> {
        read_characters(typed, LENGTH).map(|characters| Self(Zeroizing::new(characters)))
    }

    /// As it is shown, such as `XNBT-7EAK-WHNN-Z82Q-883D`.
    pub fn shown(&self) -> Secret {
        let mut shown = String::with_capacity(LENGTH + LENGTH / GROUP);
        for (index, character) in self.0.chars().enumerate() {
            if index > 0 && index % GROUP == 0 {
                shown.push('-');
            }
            shown.push(character);
        }
        Secret::new(shown)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_shown() {
        let key = CaseKey::random(&Chance::seeded(1));
        let shown = key.shown();
        assert_eq!(shown.length(), 24);
        let read = CaseKey::read(shown.expose()).expect("it is a key");
        assert_eq!(read.as_bytes(), key.as_bytes());
    }

    #[test]
    fn hands_write_keys_in_many_ways() {
        let wanted = b"X0BT7EAK1HNNZ82Q883D";
        for typed in [
            "X0BT-7EAK-1HNN-Z82Q-883D",
            "xobt7eaklhnnz82q883d",
            " xObT 7EAK IHNN \u{2014} Z82Q\t883D\n",
        ] {
            let read = CaseKey::read(typed).expect("it is a key");
            assert_eq!(read.as_bytes(), wanted, "{typed}");
        }
        for wrong in [
            "",
            "X0BT-7EAK-1HNN-Z82Q-883",
            "X0BT-7EAK-1HNN-Z82Q-883DD",
            "UUUU-7EAK-1HNN-Z82Q-883D",
        ] {
            assert!(CaseKey::read(wrong).is_none(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed in "\\PC{0,60}") {
            let length = CaseKey::read(&typed).map(|key| key.as_bytes().len());
            prop_assert!(length.is_none_or(|length| length == LENGTH));
        }

        #[test]
        fn every_key_comes_back(seed: u64) {
            let key = CaseKey::random(&Chance::seeded(seed));
            let read = CaseKey::read(&key.shown().expose().to_lowercase()).expect("it is a key");
            prop_assert_eq!(read.as_bytes(), key.as_bytes());
        }
    }
}
