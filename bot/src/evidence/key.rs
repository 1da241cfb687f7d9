//! The log's signing key: a signed-note skey in a file that only its owner can read. Never shown, never logged.

use std::fmt;
use std::path::Path;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signer, SigningKey};
use secrecy::zeroize::Zeroizing;

use super::checkpoint::Checkpoint;
use super::file;
use super::note::{self, ED25519, Vkey, key_id};
use crate::chance::Chance;
use crate::document::{Problem, Problems};

const PREFIX: &str = "PRIVATE+KEY+";

/// Signs checkpoints in the name of one log. The secret is wiped from memory when it is dropped.
pub struct Key {
    pub(super) name: String,
    secret: SigningKey,
}

impl Key {
    /// Makes a key for the log `name` and stores it in a new file.
    ///
    /// # Errors
    /// When the file is there already or cannot be written.
    pub(super) fn create(path: &Path, name: &str, chance: &Chance) -> anyhow::Result<Self> {
        let key = Self::draw(name, chance);
        file::create(path, key.skey().as_bytes()).with_context(|| {
            format!(
                "the signing key {} cannot be created; its folder must exist and be writable",
                path.display()
            )
        })?;
        Ok(key)
    }

    /// A key that is stored nowhere yet.
    pub(super) fn draw(name: &str, chance: &Chance) -> Self {
        let seed = Zeroizing::new(chance.bytes::<32>());
        Self {
            name: name.to_owned(),
            secret: SigningKey::from_bytes(&seed),
        }
    }

    /// Reads the key for the log `name`; none when there is no such file.
    ///
    /// # Errors
    /// When others may read the file, or it holds no key or another log's.
    pub fn load(path: &Path, name: &str) -> anyhow::Result<Option<Self>> {
        let shown = path.display();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("the signing key {shown} cannot be read")),
        };
        file::refuse_readable_by_others(path, &format!("the signing key {shown}"))?;
        Self::read(&text, &format!("the file {shown}"), name).map(Some)
    }

    /// The key for the log `name` in a text from `place`.
    ///
    /// # Errors
    /// When the text is no key, or another log's.
    pub(super) fn read(text: &str, place: &str, name: &str) -> anyhow::Result<Self> {
        let Some(key) = Self::parse(text) else {
            bail!("{place} holds no signing key of the form PRIVATE+KEY+name+id+base64; restore it from its copy");
        };
        if key.name == name {
            return Ok(key);
        }
        Err(Problems::one(
            "the configuration",
            Problem {
                at: "evidence.origin".to_owned(),
                found: format!(
                    "{name:?}, while the signing key in {place} belongs to the log {:?}",
                    key.name
                ),
                allowed: "the name that the log began with, for as long as it goes on".to_owned(),
                mend: format!(
                    "set evidence.origin to {:?}, or bring the key that belongs to {name:?}",
                    key.name
                ),
            },
        )
        .into())
    }

    fn parse(text: &str) -> Option<Self> {
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

    fn skey(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([ED25519; 33]);
        bytes[1..].copy_from_slice(self.secret.as_bytes());
        let encoded = Zeroizing::new(BASE64.encode(&bytes[..]));
        let id = hex::encode(self.id());
        Zeroizing::new(format!("{PREFIX}{}+{id}+{}\n", self.name, encoded.as_str()))
    }

    fn id(&self) -> [u8; 4] {
        key_id(&self.name, self.secret.verifying_key().as_bytes())
    }

    /// The public half, in the form that is given to others.
    pub fn vkey(&self) -> Vkey {
        Vkey::new(&self.name, self.secret.verifying_key())
    }

    /// The checkpoint as a signed note.
    pub(super) fn sign(&self, checkpoint: &Checkpoint) -> String {
        Self::sign_all(&[self], checkpoint)
    }

    /// The checkpoint as a note that each of the keys has signed.
    pub(super) fn sign_all(keys: &[&Self], checkpoint: &Checkpoint) -> String {
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

    const NAME: &str = "example.org/log";

    fn created() -> (tempfile::TempDir, std::path::PathBuf, Key) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("log.key");
        let key = Key::create(&path, NAME, &Chance::seeded(1)).expect("a fresh key");
        (folder, path, key)
    }

    #[test]
    fn a_created_key_is_read_again_and_is_its_owners_alone() {
        let (_folder, path, key) = created();
        let again = Key::load(&path, NAME)
            .expect("the key reads")
            .expect("the key is there");
        assert_eq!(again.vkey(), key.vkey());
        assert_eq!(key.vkey().to_string().parse(), Ok(key.vkey()));
        let missing = Key::load(&path.with_extension("other"), NAME).expect("absence is no error");
        assert!(missing.is_none());
        assert!(Key::create(&path, NAME, &Chance::seeded(2)).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_is_refused_with_the_remedy() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path, _) = created();
        let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o7777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("a new mode");
        let error = Key::load(&path, NAME).expect_err("the group can read it").to_string();
        assert!(error.contains("(mode 0640); run: chmod 600 /"), "{error}");
    }

    #[test]
    fn a_damaged_or_foreign_key_is_refused_without_showing_it() {
        let (_folder, path, key) = created();
        let error = Key::load(&path, "other.org/log").expect_err("another log").to_string();
        assert!(error.contains("belongs to the log \"example.org/log\""), "{error}");
        let text = std::fs::read_to_string(&path).expect("the key");
        let secret = text.trim_end().rsplit('+').next().expect("a last part");
        assert!(!format!("{key:?}").contains(secret));
        for damaged in [
            "",
            "PRIVATE+KEY+",
            &text[..text.len() - 5],
            &text.replace("KEY+e", "KEY+f"),
        ] {
            std::fs::write(&path, damaged).expect("the file");
            let error = format!("{:?}", Key::load(&path, NAME).expect_err("damaged"));
            assert!(error.contains("holds no signing key"), "{error}");
            assert!(!error.contains(&secret[..8]));
        }
    }

    #[test]
    fn a_signed_checkpoint_opens_with_the_verifier_key() {
        let (_folder, _, key) = created();
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
