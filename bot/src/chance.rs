//! The only source of randomness. Salts and ids come from here, and a rehearsal can repeat them.

use std::sync::Arc;

use parking_lot::Mutex;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A cryptographic generator, seeded by the operating system or, for a rehearsal, by hand.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<ChaCha20Rng>>);

impl Chance {
    /// Seeded by the operating system.
    ///
    /// # Errors
    /// When the operating system provides no randomness.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the operating system for chance"
    )]
    pub fn system() -> anyhow::Result<Self> {
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).map_err(|error| anyhow::anyhow!("no randomness from the system: {error}"))?;
        Ok(Self(Arc::new(Mutex::new(ChaCha20Rng::from_seed(seed)))))
    }

    /// The same sequence of values for the same seed. Never for a real log.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        self.0.lock().fill_bytes(&mut bytes);
        bytes
    }

    /// A random id: 32 hexadecimal digits, 128 bits.
    pub fn id(&self) -> String {
        hex::encode(self.bytes::<16>())
    }

    /// A number from 0 up to, not including, `bound`; 0 when the bound is 0.
    ///
    /// The bias is below 2^-32 for bounds that fit 32 bits.
    pub fn below(&self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        u64::from_be_bytes(self.bytes::<8>()) % bound
    }
}

impl bellwether_tlog::random::Random for Chance {
    fn bytes<const N: usize>(&self) -> [u8; N] {
        self.bytes()
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Chance")
    }
}
