//! Vouching for what a case's row says of who reads it, with a key that stands in no database.
//!
//! Who can write to the database, but has not the pepper, could otherwise put a public key of their own in the
//! reporter's place, take somebody off the list of those who must not know, or change the category, and so read what is
//! sealed from then on. The code is made when the case is filed, and anew where one of these changes in the program.
//! A row that it does not fit is shown, listed and sealed to nobody, until it is as it was.
//!
//! What it does not tell:
//! - An old row that is put back together with its old code and its old list is taken for the present one. So whoever
//!   declared a conflict since can be let in again by who can write to the database.
//! - That a whole case was deleted.
//! - What was said: anybody can seal something to a public key, and put it into the database as a handler's words.
//! - How far the case is, its dates, who works on it, requests for an identity, and whom of a named case the bot asks
//!   back; nor who holds which role, and what the configuration and the catalogue say.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::case::Case;
use super::pepper::Pepper;
use super::store;
use crate::db::Connection;
use crate::ids::{CaseId, MemberId};

/// Tells this key from others that the pepper becomes, and this form of the input from later ones.
const LABEL: &[u8] = b"bellwether/concern/vouch/1";
/// A row and its list are read one after the other, and somebody may change both between. So often they are read.
const LOOKS: usize = 3;

/// Makes and checks codes. Clones share what was reported.
#[derive(Clone)]
pub struct Vouch {
    key: Arc<Zeroizing<[u8; 32]>>,
    reported: Arc<Mutex<BTreeSet<CaseId>>>,
}

/// What stands under a case's id.
pub(super) enum Found {
    Nothing,
    /// As this program wrote it, and who must know nothing of it.
    Sound(Box<Case>, BTreeSet<MemberId>),
    /// Changed past the program.
    Doubtful,
}

impl Vouch {
    pub fn with(pepper: &Pepper) -> Self {
        Self {
            key: Arc::new(pepper.key_for(LABEL)),
            reported: Arc::default(),
        }
    }

    /// The code for a case and those who must know nothing of it.
    pub(super) fn of(&self, case: &Case, barred: &BTreeSet<MemberId>) -> Vec<u8> {
        self.mac(case, barred).finalize().into_bytes().to_vec()
    }

    /// Whether the code of the row is the one for it. Takes as long wherever they differ.
    pub(super) fn holds(&self, case: &Case, barred: &BTreeSet<MemberId>) -> bool {
        let code = case.vouch.as_deref();
        code.is_some_and(|code| self.mac(case, barred).verify_slice(code).is_ok())
    }

    /// The case of that id, if it can be relied on. Logs nothing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn find(&self, connection: &impl Connection, id: &CaseId) -> anyhow::Result<Found> {
        for _ in 0..LOOKS {
            let barred = store::barred(connection, id).await?;
            match store::find(connection, id).await? {
                None => return Ok(Found::Nothing),
                Some(case) if self.holds(&case, &barred) => return Ok(Found::Sound(Box::new(case), barred)),
                Some(_) => {}
            }
        }
        Ok(Found::Doubtful)
    }

    /// Writes the case, with one more who must know nothing of it. False where it was not vouched for before; then
    /// nothing is written. To be called inside a transaction.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub(super) async fn bar(
        &self,
        connection: &impl Connection,
        case: &mut Case,
        member: MemberId,
    ) -> anyhow::Result<bool> {
        let mut barred = store::barred(connection, &case.id).await?;
        if !self.holds(case, &barred) {
            return Ok(false);
        }
        if barred.insert(member) {
            store::bar(connection, &case.id, member).await?;
        }
        case.vouch = Some(self.of(case, &barred));
        store::update_case(connection, case).await?;
        Ok(true)
    }

    /// Tells the operator once of a case. Never called for a reporter: the log would say when one came.
    pub(super) fn report(&self, case: &CaseId) {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        if reported.insert(case.clone()) {
            tracing::error!(
                "the row of a concern was changed past this program, or written with another pepper: it is kept from \
                 everybody until it is as it was; compare concern_case and concern_barred with a backup"
            );
        }
    }

    fn mac(&self, case: &Case, barred: &BTreeSet<MemberId>) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key[..]).expect("HMAC takes keys of every length");
        let flag = |set: bool| if set { "1" } else { "0" };
        let confidant = case.confidant.map(|member| member.to_string());
        let fields = [
            case.id.as_str(),
            &case.organisation.to_string(),
            case.number.as_str(),
            &case.reporter,
            case.mode.word(),
            confidant.as_deref().unwrap_or_default(),
            &case.category,
            flag(case.formal),
            flag(case.drill),
        ];
        for field in fields {
            put(&mut mac, field);
        }
        // As many as there are come last, sorted, so that no list reads like another.
        for member in barred {
            put(&mut mac, &member.to_string());
        }
        mac
    }
}

/// A text behind its length, so that no two lists of texts are the same bytes.
fn put(mac: &mut Hmac<Sha256>, text: &str) {
    mac.update(&(text.len() as u64).to_be_bytes());
    mac.update(text.as_bytes());
}

impl fmt::Debug for Vouch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Vouch")
    }
}
