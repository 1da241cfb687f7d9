//! What a case key becomes: the value that finds its case, and the private key that opens it. Neither leads back to
//! the case key, nor to the other.

use std::sync::Arc;

use age::x25519::Identity;
use anyhow::{Context, anyhow};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use zeroize::{Zeroize, Zeroizing};

use super::bech32::age_secret_key;
use super::case_key::CaseKey;
use super::pepper::Pepper;

/// The pepper is the secret; the salt only separates this use from others.
const SALT: &[u8] = b"bellwether/concern/case-key/1";
/// Derivations at the same time; more wait.
const AT_ONCE: usize = 2;

/// How much work it takes to try a case key (Argon2id, RFC 9106).
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// What one derivation fills, in KiB.
    memory: u32,
    /// How often it goes over it.
    passes: u32,
}

impl Stretch {
    /// Next to none, for tests in which many people report. A database that was written with it opens with nothing
    /// else.
    pub fn slight() -> Self {
        Self { memory: 64, passes: 1 }
    }
}

impl Default for Stretch {
    /// 64 MiB and about a quarter of a second.
    fn default() -> Self {
        Self {
            memory: 64 * 1_024,
            passes: 3,
        }
    }
}

/// What is derived from a case key.
pub(crate) struct Derived {
    /// Hexadecimal SHA-256 of the value for finding the case.
    pub lookup: String,
    /// Opens what is sealed to the reporter.
    pub identity: Identity,
}

/// Derives, slowly and only a few at a time.
#[derive(Clone)]
pub(crate) struct Deriver {
    pepper: Arc<Pepper>,
    stretch: Stretch,
    places: Arc<Semaphore>,
}

impl Deriver {
    pub fn new(pepper: Arc<Pepper>, stretch: Stretch) -> Self {
        Self {
            pepper,
            stretch,
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// What this key becomes.
    pub async fn derive(&self, key: &CaseKey) -> anyhow::Result<Derived> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.context("waiting for a place to derive a case key")?;
        let typed = Zeroizing::new(key.as_bytes().to_vec());
        let (pepper, cost) = (Arc::clone(&self.pepper), self.stretch);
        let derived = tokio::task::spawn_blocking(move || {
            let derived = derive(&typed, &pepper, cost);
            drop(place);
            derived
        });
        derived.await.context("deriving from a case key")?
    }
}

fn derive(key: &[u8], pepper: &Pepper, cost: Stretch) -> anyhow::Result<Derived> {
    let material = stretch(key, pepper, cost)?;
    let spread = Hkdf::<Sha256>::new(None, &material[..]);
    let lookup = expand(&spread, b"lookup")?;
    let secret = expand(&spread, b"age-x25519")?;
    let identity = age_secret_key(&secret).expose().parse();
    Ok(Derived {
        lookup: hex::encode(Sha256::digest(&lookup[..])),
        identity: identity.map_err(|error: &str| anyhow!("making an age key: {error}"))?,
    })
}

fn stretch(key: &[u8], pepper: &Pepper, cost: Stretch) -> anyhow::Result<Zeroizing<[u8; 32]>> {
    let wrong = |error: argon2::Error| anyhow!("stretching a case key: {error}");
    let params = Params::new(cost.memory, cost.passes, 1, Some(32)).map_err(wrong)?;
    let argon2 = Argon2::new_with_secret(pepper.bytes(), Algorithm::Argon2id, Version::V0x13, params);
    let argon2 = argon2.map_err(wrong)?;
    let mut memory = vec![Block::default(); cost.memory as usize];
    let mut material = Zeroizing::new([0; 32]);
    let stretched = argon2.hash_password_into_with_memory(key, SALT, &mut material[..], &mut memory);
    memory.iter_mut().for_each(Zeroize::zeroize);
    stretched.map_err(wrong)?;
    Ok(material)
}

fn expand(spread: &Hkdf<Sha256>, label: &[u8]) -> anyhow::Result<Zeroizing<[u8; 32]>> {
    let mut value = Zeroizing::new([0; 32]);
    let expanded = spread.expand(label, &mut value[..]);
    expanded.map_err(|error| anyhow!("spreading a case key: {error}"))?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> CaseKey {
        CaseKey::read("XNBT-7EAK-WHNN-Z82Q-883D").expect("a case key")
    }

    #[tokio::test]
    async fn derivation_stays_as_it_is() {
        let derived = Deriver::new(Pepper::of([7; 32]).into(), Stretch::default())
            .derive(&key())
            .await
            .expect("it is derived");
        let found = (derived.lookup.as_str(), derived.identity.to_public().to_string());
        insta::assert_debug_snapshot!(found, @r#"
        (
            "5c61f7fad63e6d9e3a9a99d22fff1f90b90285322ea422680fee6f4154ed12c6",
            "age16thqyvj5h46zynkrkkrkwyjsht9qrhfgw2569p5nr67a9lkvmqpqkdfdyd",
        )
        "#);
    }

    #[tokio::test]
    async fn without_the_pepper_nothing_is_found_or_opened() {
        let ours = Deriver::new(Pepper::of([7; 32]).into(), Stretch::slight())
            .derive(&key())
            .await
            .expect("it is derived");
        let other = Deriver::new(Pepper::of([8; 32]).into(), Stretch::slight())
            .derive(&key())
            .await
            .expect("it is derived");
        assert_ne!(ours.lookup, other.lookup);
        assert_ne!(
            ours.identity.to_public().to_string(),
            other.identity.to_public().to_string()
        );
    }

    #[tokio::test]
    async fn another_key_becomes_something_else() {
        let deriver = Deriver::new(Pepper::of([7; 32]).into(), Stretch::slight());
        let other = CaseKey::read("XNBT-7EAK-WHNN-Z82Q-883E").expect("a case key");
        let (ours, other) = (deriver.derive(&key()).await, deriver.derive(&other).await);
        assert_ne!(
            ours.expect("it is derived").lookup,
            other.expect("it is derived").lookup
        );
    }
}
