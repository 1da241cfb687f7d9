//! The keys at hand: the one that the environment provides, the one in `evidence.key_file`, and the next one that a
//! rotation stages beside it. The log says which of them is in force.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use bellwether_tlog::key::Key;
use bellwether_tlog::keyring::Keyring;
use bellwether_tlog::leaf::Leaf;
use bellwether_tlog::note::{Vkey, is_name};
use secrecy::ExposeSecret;

use super::file;
use super::guard::GuardError;
use super::key;
use super::store;
use crate::chance::Chance;
use crate::config::{self, GivenKey};
use crate::db::Connection;

/// Where a key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The variable `BELLWETHER_LOG_KEY`.
    Environment,
    /// The file of a systemd credential.
    Credential(PathBuf),
    /// `evidence.key_file`.
    File(PathBuf),
    /// Staged by a rotation, and not yet in its place.
    Next(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => formatter.write_str("the environment variable BELLWETHER_LOG_KEY"),
            Self::Credential(path) => write!(formatter, "the systemd credential {}", path.display()),
            Self::File(path) => write!(formatter, "the file {}", path.display()),
            Self::Next(path) => write!(formatter, "the file {}, staged by a rotation", path.display()),
        }
    }
}

/// A key, and where it was found.
#[derive(Debug)]
pub(super) struct Own {
    pub key: Key,
    pub place: Place,
}

/// All keys at hand for one log, the configured one first.
#[derive(Debug)]
pub(super) struct Keys {
    owns: Vec<Own>,
    key_file: PathBuf,
}

impl Keys {
    /// Reads what is there.
    ///
    /// # Errors
    /// When a key cannot be read, others can read it, or it is another log's.
    pub(super) fn load(settings: &config::Evidence) -> anyhow::Result<Self> {
        let (origin, path) = (&settings.origin, &settings.key_file);
        ensure!(
            is_name(origin),
            "evidence.origin is {origin:?}; it must be 1 to 200 printable ASCII characters without blanks and +, such \
             as bellwether.example.org/log"
        );
        let mut owns: Vec<Own> = given(settings)?.into_iter().collect();
        for place in [Place::File(path.clone()), Place::Next(next_file(path))] {
            let (Place::File(file) | Place::Next(file)) = &place else {
                continue;
            };
            if let Some(key) = key::load(file, origin)? {
                owns.push(Own { key, place });
            }
        }
        let key_file = path.clone();
        Ok(Self { owns, key_file })
    }

    /// The key that signs next in the log with this ring; for an empty log the configured one. None if an empty log has
    /// none yet.
    ///
    /// # Errors
    /// When none of the keys is the one in force.
    pub(super) fn in_force(mut self, ring: Option<&Keyring>) -> anyhow::Result<Option<Own>> {
        let place = match ring {
            Some(ring) => self.owns.iter().position(|own| own.key.vkey() == *ring.current()),
            None => self.configured(),
        };
        match (place, ring) {
            (Some(place), _) => Ok(Some(self.owns.swap_remove(place))),
            (None, None) => Ok(None),
            (None, Some(ring)) => self.refuse(ring),
        }
    }

    /// The key in force, or otherwise the configured one: for checks, which report themselves what does not fit.
    pub(super) fn own(mut self, ring: Option<&Keyring>) -> Option<Own> {
        let in_force = ring.and_then(|ring| self.owns.iter().position(|own| own.key.vkey() == *ring.current()));
        let place = in_force.or_else(|| self.configured())?;
        Some(self.owns.swap_remove(place))
    }

    /// Whose signatures a guard may carry.
    pub(super) fn trusted(&self, ring: Option<&Keyring>) -> Vec<Vkey> {
        let own = self.owns.iter().map(|own| own.key.vkey());
        ring.into_iter().flat_map(Keyring::vkeys).cloned().chain(own).collect()
    }

    pub(super) fn into_owns(self) -> impl Iterator<Item = Own> {
        self.owns.into_iter()
    }

    fn configured(&self) -> Option<usize> {
        self.owns.iter().position(|own| !matches!(own.place, Place::Next(_)))
    }

    fn refuse<T>(&self, ring: &Keyring) -> anyhow::Result<T> {
        let Some(own) = self.configured().map(|place| &self.owns[place]) else {
            bail!(
                "the signing key {} is missing, but the database holds a log signed with it. Restore the file; a new \
                 key cannot continue the log. If it is lost for good, close the log and begin another: `bellwether \
                 evidence recover --new-log --reason key-lost`",
                self.key_file.display()
            );
        };
        let (place, current) = (&own.place, ring.current());
        if let Some(leaf) = ring.retired_by(&own.key.vkey()) {
            bail!(
                "the signing key in {place} was retired by leaf {leaf}; the log goes on with {current}. Copy that key \
                 from where it was made, to {} or into the environment",
                self.key_file.display()
            );
        }
        bail!(
            "the log in the database was not signed with the configured key, in {place}, but with {current}. Two \
             programs with different keys, or a key that was replaced by hand: bring back the log's own key. If it is \
             lost for good, close the log and begin another: `bellwether evidence recover --new-log --reason key-lost`"
        )
    }
}

/// Puts a staged key that is in force into its place; harmless if that is done. If the environment provides the key, it
/// stays where it is, and the operator must provide the new one.
pub(super) fn settle(settings: &config::Evidence, own: &Own, ring: Option<&Keyring>) -> anyhow::Result<()> {
    let (Place::Next(next), Some(retired)) = (&own.place, ring.and_then(Keyring::last_retired)) else {
        return Ok(());
    };
    if let Some(given) = &settings.given_key {
        tracing::warn!(
            "the log's key in {given} is retired; hand over the one in {} in its place, and delete that file",
            next.display()
        );
        return Ok(());
    }
    let key_file = &settings.key_file;
    let kept = retired_file(key_file, retired);
    tracing::info!("the new signing key takes its place in {}", key_file.display());
    file::supersede(next, key_file, &kept)
        .with_context(|| format!("putting the new signing key {} in its place", key_file.display()))
}

/// Makes the next key beside the configured one; if one is there already, from a rotation that was cut off, it is used.
pub(super) fn stage(settings: &config::Evidence, chance: &Chance) -> anyhow::Result<Key> {
    let path = next_file(&settings.key_file);
    if let Some(staged) = key::load(&path, &settings.origin)? {
        return Ok(staged);
    }
    key::create(&path, &settings.origin, chance)
}

/// Where a rotation stages the next key.
pub(super) fn next_file(key_file: &Path) -> PathBuf {
    beside(key_file, "next")
}

/// Where a retired key is kept.
pub(super) fn retired_file(key_file: &Path, vkey: &Vkey) -> PathBuf {
    beside(key_file, &format!("retired-{}", hex::encode(vkey.id())))
}

/// A name beside a file.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

fn given(settings: &config::Evidence) -> anyhow::Result<Option<Own>> {
    let own = match &settings.given_key {
        None => None,
        Some(GivenKey::Environment(text)) => {
            let place = Place::Environment;
            let key = key::read(text.expose_secret(), &place.to_string(), &settings.origin)?;
            Some(Own { key, place })
        }
        Some(GivenKey::Credential(path)) => {
            let place = Place::Credential(path.clone());
            let text = std::fs::read_to_string(path).map(secrecy::SecretString::from);
            let text = text.with_context(|| format!("{place} cannot be read"))?;
            let key = key::read(text.expose_secret(), &place.to_string(), &settings.origin)?;
            Some(Own { key, place })
        }
    };
    Ok(own)
}

/// The keys that the stored log names; none if it is empty.
///
/// # Errors
/// When what is stored names no keys that fit together.
pub(crate) async fn ring(connection: &impl Connection) -> anyhow::Result<Option<Keyring>> {
    let mut ring: Option<Keyring> = None;
    for row in store::leaves_with_keys(connection).await? {
        let index = row.idx as u64;
        let damaged = || GuardError::Unsound {
            reason: format!("leaf {index}, which names its key, is not as it was written"),
        };
        let leaf = Leaf::parse(&row.leaf).ok_or_else(damaged)?;
        match &mut ring {
            None => {
                let vkey = leaf.vkey.as_deref().and_then(|vkey| vkey.parse().ok());
                ring = Some(Keyring::start(vkey.ok_or_else(damaged)?));
            }
            Some(ring) => ring.take(index, &leaf).map_err(|_| damaged())?,
        }
    }
    Ok(ring)
}
