//! The log's signing key, written as golang.org/x/mod/sumdb/note writes it: `PRIVATE+KEY+name+id+base64`. Never shown,
//! never logged.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signer, SigningKey};
use zeroize::Zeroizing;

use crate::checkpoint::Checkpoint;
use crate::note::{self, ED25519, Vkey, key_id};
use crate::random::Random;

const PREFIX: &str = "PRIVATE+KEY+";

/// An Ed25519 key (C2SP signed-note, type 0x01), which signs checkpoints in the name of one log. The secret is wiped
/// from memory when it is dropped.
pub struct Key {
    name: String,
    secret: SigningKey,
}

impl Key {
    /// A key that is stored nowhere yet.
    pub fn draw(name: &str, chance: &impl Random) -> Self {
        let seed = Zeroizing::new(chance.bytes::<32>());
        Self {
            name: name.to_owned(),
            secret: SigningKey::from_bytes(&seed),
        }
    }

    /// The key in a text; none if it is not such a key.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.trim_end().strip_prefix(PREFIX)?;
        let mut parts = rest.splitn(3, '+');
        let (name, id, encoded) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = Zeroizing::new(BASE64.decode(encoded).ok()?);
        let (&ED25519, seed) = bytes.split_first()? else {
            return None;
        };
        let seed: Zeroizing<[u8; 32]> = Zeroizing::new(seed.try_into().ok()?);
        let key = Self {
            name: name.to_owned(),
            secret: SigningKey::from_bytes(&seed),
        };
        (note::is_name(name) && hex::encode(key.id()) == id).then_some(key)
    }

    /// The key as a file holds it, followed by a newline.
    pub fn skey(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([ED25519; 33]);
        bytes[1..].copy_from_slice(self.secret.as_bytes());
        let encoded = Zeroizing::new(BASE64.encode(&bytes[..]));
        let id = hex::encode(self.id());
        Zeroizing::new(format!("{PREFIX}{}+{id}+{}\n", self.name, encoded.as_str()))
    }

    fn id(&self) -> [u8; 4] {
        key_id(&self.name, self.secret.verifying_key().as_bytes())
    }

    /// The log's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half, in the form that is given to others.
    pub fn vkey(&self) -> Vkey {
        Vkey::new(&self.name, self.secret.verifying_key())
    }

    /// The checkpoint as a signed note.
    pub fn sign(&self, checkpoint: &Checkpoint) -> String {
        Self::sign_all(&[self], checkpoint)
    }

    /// The checkpoint as a note that each of the keys has signed.
    pub fn sign_all(keys: &[&Self], checkpoint: &Checkpoint) -> String {
        let text = checkpoint.to_string();
        let lines = keys.iter().map(|key| {
            let signature = key.secret.sign(text.as_bytes());
            note::line(&key.name, key.id(), &signature)
        });
        format!("{text}\n{}", lines.collect::<String>())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Key({})", self.vkey())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::tests::Chance;

    const NAME: &str = "example.org/log";

    #[test]
    fn a_signed_checkpoint_opens_with_the_verifier_key() {
        let key = Key::draw(NAME, &Chance::seeded(1));
        let checkpoint = Checkpoint {
            origin: NAME.to_owned(),
            size: 3,
            root: [7; 32],
        };
        let note = key.sign(&checkpoint);
        assert_eq!(Checkpoint::open(&note, &key.vkey()), Ok(checkpoint));
        let other = Vkey::new(NAME, SigningKey::from_bytes(&[1; 32]).verifying_key());
        assert!(Checkpoint::open(&note, &other).is_err());
    }
}
