//! Random bytes, for whatever makes leaves and keys. Checking alone needs none.

/// A source of random bytes. For a real log it must be a cryptographic one: salts and keys come from it.
pub trait Random {
    /// The next bytes.
    fn bytes<const N: usize>(&self) -> [u8; N];
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::RefCell;

    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::{RngCore, SeedableRng};

    /// The same sequence of bytes for the same seed.
    pub(crate) struct Chance(RefCell<ChaCha20Rng>);

    impl Chance {
        pub(crate) fn seeded(seed: u64) -> Self {
            Self(RefCell::new(ChaCha20Rng::seed_from_u64(seed)))
        }
    }

    impl super::Random for Chance {
        fn bytes<const N: usize>(&self) -> [u8; N] {
            let mut bytes = [0; N];
            self.0.borrow_mut().fill_bytes(&mut bytes);
            bytes
        }
    }
}
