//! Telling whether a pepper is the one that a database was used with, by its fingerprint in the database.
//!
//! The fingerprint reveals nothing: it is as random as the pepper itself. A restored backup has the one of its time.

use anyhow::ensure;

use super::Pepper;
use crate::clock::Millis;
use crate::concerns::store;
use crate::db::Connection;
use crate::ledger::Tx;
use crate::settings;

const LABEL: &[u8] = b"bellwether/concern/mark/1";
const SETTING: &str = "concerns.pepper_mark";
/// Digits of a fingerprint that are shown.
const SHOWN: usize = 8;

/// Whether a pepper belongs to a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    Fits,
    /// Nothing in the database needs a particular one.
    Any,
    /// The first digits of both fingerprints.
    Other {
        found: String,
        allowed: String,
    },
}

impl Pepper {
    /// Whether the fingerprint in the database was made with this pepper.
    pub(super) async fn fit(&self, connection: &impl Connection) -> anyhow::Result<Fit> {
        let fingerprint = self.fingerprint();
        let Some(known) = settings::read(connection, SETTING).await? else {
            return Ok(Fit::Any);
        };
        if known == fingerprint {
            return Ok(Fit::Fits);
        }
        if !store::needs_pepper(connection).await? {
            return Ok(Fit::Any);
        }
        let shown = |fingerprint: &str| fingerprint.chars().take(SHOWN).collect();
        Ok(Fit::Other {
            found: shown(&fingerprint),
            allowed: shown(&known),
        })
    }

    /// Leaves the fingerprint if there is none yet, in the transaction of what needs the pepper. `at` is kept beside
    /// it: never an instant of a reporter.
    ///
    /// # Errors
    /// When the database was used with another pepper meanwhile, or cannot be written.
    pub(crate) async fn leave_fingerprint(&self, tx: &Tx, at: Millis) -> anyhow::Result<()> {
        let fit = self.fit(tx.connection()).await?;
        ensure!(
            !matches!(fit, Fit::Other { .. }),
            "another process has begun to use this database with another pepper"
        );
        if fit == Fit::Any {
            settings::remember(tx.connection(), SETTING, &self.fingerprint(), at).await?;
        }
        Ok(())
    }

    fn fingerprint(&self) -> String {
        hex::encode(&self.key_for(LABEL)[..])
    }
}
