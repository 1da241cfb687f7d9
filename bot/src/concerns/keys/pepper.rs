//! 32 random bytes that every case key is derived with. They are kept beside the signing key, away from the database:
//! with the database alone nobody can try case keys, nor passphrases of keys that the bot keeps.

mod fingerprint;

pub use fingerprint::Fit;

use std::path::Path;

use anyhow::{Context, bail, ensure};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::chance::Chance;
use crate::concerns::secret::Secret;
use crate::concerns::store;
use crate::config::{Concerns, GivenKey};
use crate::db::Db;
use crate::evidence;

/// Separates the key that passphrases are mixed with from other keys derived from the pepper.
const KEPT: &[u8] = b"bellwether/concern/kept-key/1";

/// The pepper. Never shown, wiped from memory when it is dropped.
pub struct Pepper(Zeroizing<[u8; 32]>);

impl Pepper {
    /// Reads the pepper, or makes one if there is none and no case yet.
    ///
    /// # Errors
    /// When it cannot be read or written, others can read its file, it is missing although there are cases or kept
    /// keys, or it is not the one that they were made with.
    pub async fn open(db: &Db, settings: &Concerns, chance: &Chance) -> anyhow::Result<Self> {
        if let Some(pepper) = Self::look(settings)? {
            pepper.must_fit(db, settings).await?;
            return Ok(pepper);
        }
        let path = &settings.pepper_file;
        ensure!(
            !store::needs_pepper(db.reader()).await?,
            "the pepper {} is missing, and there are concerns, or keys of handlers that were made with it: without it \
             no case key opens its case. Restore the file from its copy, or hand the pepper over in \
             BELLWETHER_CONCERN_PEPPER",
            path.display()
        );
        let pepper = Self::random(chance);
        let text = Zeroizing::new(hex::encode(pepper.bytes()) + "\n");
        evidence::create_private(path, text.as_bytes()).with_context(|| {
            format!(
                "the pepper {} cannot be created; its folder must exist and be writable",
                path.display()
            )
        })?;
        Ok(pepper)
    }

    /// The pepper, if there is one; nothing is made.
    ///
    /// # Errors
    /// When it cannot be read, or others can read its file.
    pub fn look(settings: &Concerns) -> anyhow::Result<Option<Self>> {
        match &settings.given_pepper {
            Some(given) => Self::given(given).map(Some),
            None => Self::load(&settings.pepper_file),
        }
    }

    /// Whether it is needed: there are cases that no case key opens without it, or keys that no passphrase opens.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_needed(db: &Db) -> anyhow::Result<bool> {
        store::needs_pepper(db.reader()).await
    }

    /// Whether the database was used with this pepper.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn fits(&self, db: &Db) -> anyhow::Result<Fit> {
        self.fit(db.reader()).await
    }

    async fn must_fit(&self, db: &Db, settings: &Concerns) -> anyhow::Result<()> {
        let Fit::Other { found, allowed } = self.fits(db).await? else {
            return Ok(());
        };
        let place = match &settings.given_pepper {
            Some(_) => "that the surroundings hand over".to_owned(),
            None => settings.pepper_file.display().to_string(),
        };
        bail!(
            "the pepper {place} is not the one that this database was used with: its fingerprint is {found}, \
             expected: {allowed}. Restore the right one from its copy, or restore the backup of the database that \
             belongs to this one. With another pepper no case key opens its case, no case is shown to its handlers, \
             and no key that the bot keeps can be opened; so nothing was changed"
        )
    }

    /// A pepper that is stored nowhere.
    pub fn random(chance: &Chance) -> Self {
        Self(Zeroizing::new(chance.bytes()))
    }

    #[cfg(test)]
    pub(crate) fn of(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A key for one use. Keys with different labels lead neither to each other nor to the pepper.
    pub(crate) fn key_for(&self, label: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let spread = Hkdf::<Sha256>::new(None, self.bytes());
        spread
            .expand(label, &mut key[..])
            .expect("HKDF gives out 32 bytes at once");
        key
    }

    /// What a kept key is locked with, instead of the passphrase that was typed: with the database alone nobody can try
    /// passphrases.
    pub(crate) fn seasoned(&self, passphrase: &Secret) -> SecretString {
        let key = self.key_for(KEPT);
        let mut mac = Hmac::<Sha256>::new_from_slice(&key[..]).expect("HMAC takes keys of every length");
        mac.update(passphrase.expose().as_bytes());
        SecretString::from(hex::encode(mac.finalize().into_bytes()))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0[..]
    }

    fn given(given: &GivenKey) -> anyhow::Result<Self> {
        match given {
            GivenKey::Environment(text) => Self::read(text.expose_secret(), "BELLWETHER_CONCERN_PEPPER"),
            GivenKey::Credential(path) => {
                let shown = format!("the systemd credential {}", path.display());
                let text = std::fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
                Self::read(&Zeroizing::new(text), &shown)
            }
        }
    }

    fn load(path: &Path) -> anyhow::Result<Option<Self>> {
        let shown = format!("the pepper {}", path.display());
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("{shown} cannot be read")),
        };
        evidence::refuse_readable_by_others(path, &shown)?;
        Self::read(&text, &shown).map(Some)
    }

    fn read(text: &str, place: &str) -> anyhow::Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        if hex::decode_to_slice(text.trim(), &mut bytes[..]).is_err() {
            bail!("{place} holds no pepper: 64 hexadecimal digits; restore it from its copy");
        }
        Ok(Self(bytes))
    }
}

impl std::fmt::Debug for Pepper {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Pepper")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Millis;
    use crate::trial;

    #[tokio::test]
    async fn a_pepper_is_made_once_and_kept_from_others() {
        for trial in trial::databases(Millis(0)).await {
            let settings = Concerns::with_pepper(trial.folder.path().join("pepper"));
            let first = Pepper::open(&trial.db, &settings, &trial.chance)
                .await
                .expect("a pepper");
            let again = Pepper::open(&trial.db, &settings, &trial.chance)
                .await
                .expect("a pepper");
            assert_eq!(first.bytes(), again.bytes());
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = |mode| std::fs::set_permissions(&settings.pepper_file, PermissionsExt::from_mode(mode));
                mode(0o640).expect("its mode changes");
                let refused = Pepper::open(&trial.db, &settings, &trial.chance).await;
                let refused = refused.expect_err("others can read it").to_string();
                assert!(refused.contains("can be read or written by others"), "{refused}");
                mode(0o600).expect("its mode changes");
            }
            std::fs::write(&settings.pepper_file, "short").expect("it is written");
            let refused = Pepper::open(&trial.db, &settings, &trial.chance).await;
            assert!(refused.is_err(), "{}", trial.engine);
        }
    }

    #[tokio::test]
    async fn the_surroundings_can_hand_a_pepper_over() {
        let trial = trial::databases(Millis(0)).await.remove(0);
        let mut settings = Concerns::with_pepper(trial.folder.path().join("pepper"));
        settings.given_pepper = Some(GivenKey::Environment("07".repeat(32).into()));
        let given = Pepper::open(&trial.db, &settings, &trial.chance)
            .await
            .expect("a pepper");
        assert_eq!(given.bytes(), [7; 32]);
        assert!(!settings.pepper_file.exists());
    }
}
