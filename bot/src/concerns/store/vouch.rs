//! Vouching for what a case's row says about who reads it, with a key that is in no database.
//!
//! Somebody who can write to the database but does not have the pepper could otherwise put their own public key in the
//! reporter's place, remove somebody from the list of those who must not know, or change the category, and so read what
//! is sealed from then on. The code is made when the case is filed, and anew if the program changes one of these. A
//! case whose row does not match its code is withheld: for everybody it is as if it were not there, until the row is as
//! it was.
//!
//! What it does not tell:
//! - An old row that is put back together with its old code and its old list is taken for the present one. So somebody
//!   who declared a conflict since can be let in again by anybody who can write to the database.
//! - That a whole case was deleted.
//! - That something said, or a file, was deleted; or that files were added.
//! - The state of the case, how urgent it is, its dates, who works on it, which case it was joined with, what the
//!   reporter wished (no reply, withdrawn), requests for an identity, and who is asked back by the bot in a named case;
//!   nor who holds which role, and what the configuration and the catalogue say.
//! - Handlers' keys are vouched for by the log. If somebody hides its newest record of them from the program and puts
//!   the older keys back, the check of the whole log finds out, but nothing does before.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use parking_lot::Mutex;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::concerns::case::Case;
use crate::concerns::entry::Entry;
use crate::concerns::keys::pepper::Pepper;
use crate::concerns::store;
use crate::db::Connection;
use crate::ids::{CaseId, MemberId, OrganisationId};

/// Separates this key from other keys derived from the pepper, and this form of the input from later ones.
const LABEL: &[u8] = b"bellwether/concern/vouch/1";
/// Begins the input for something said, so that its code is never that of a case.
const SAID: &str = "said";
/// How often a row and its list are read: one is read after the other, and somebody may change both in between.
const LOOKS: usize = 3;

/// Makes and checks codes. Clones share what was reported.
#[derive(Clone)]
pub struct Vouch {
    key: Arc<Zeroizing<[u8; 32]>>,
    reported: Arc<Mutex<BTreeSet<CaseId>>>,
}

/// A case as this program wrote it, and who must not know about it.
pub(crate) struct Vouched {
    pub case: Case,
    pub barred: BTreeSet<MemberId>,
}

impl Vouch {
    pub fn with(pepper: &Pepper) -> Self {
        Self {
            key: Arc::new(pepper.key_for(LABEL)),
            reported: Arc::default(),
        }
    }

    /// The code for a case and those who must not know about it.
    pub(crate) fn of(&self, case: &Case, barred: &BTreeSet<MemberId>) -> Vec<u8> {
        self.mac(case, barred).finalize().into_bytes().to_vec()
    }

    /// Whether the code of the row is the right one. Takes the same time wherever they differ.
    fn holds(&self, case: &Case, barred: &BTreeSet<MemberId>) -> bool {
        let code = case.vouch.as_deref();
        code.is_some_and(|code| self.mac(case, barred).verify_slice(code).is_ok())
    }

    /// The case with that id; `None` if it is absent or withheld. The operator is told once about a withheld one.
    pub(crate) async fn find(&self, connection: &impl Connection, id: &CaseId) -> anyhow::Result<Option<Vouched>> {
        self.look(connection, id, true).await
    }

    /// The same for a reporter: the log would show when one came.
    pub(crate) async fn find_silently(
        &self,
        connection: &impl Connection,
        id: &CaseId,
    ) -> anyhow::Result<Option<Vouched>> {
        self.look(connection, id, false).await
    }

    async fn look(&self, connection: &impl Connection, id: &CaseId, reports: bool) -> anyhow::Result<Option<Vouched>> {
        for _ in 0..LOOKS {
            let barred = store::barred(connection, id).await?;
            match store::find(connection, id).await? {
                None => return Ok(None),
                Some(case) if self.holds(&case, &barred) => return Ok(Some(Vouched { case, barred })),
                Some(_) => {}
            }
        }
        if reports {
            self.report(id);
        }
        Ok(None)
    }

    /// The cases of an organisation, in no order, and how many are withheld. Must be called where rows and lists are of
    /// one instant: while somebody steps back, they would not match.
    pub(crate) async fn all(
        &self,
        connection: &impl Connection,
        organisation: OrganisationId,
    ) -> anyhow::Result<(Vec<Vouched>, usize)> {
        let (mut all, mut withheld) = (Vec::new(), 0);
        let mut all_barred = store::all_barred(connection).await?;
        for case in store::cases(connection, organisation).await? {
            let barred = all_barred.remove(&case.id).unwrap_or_default();
            if self.holds(&case, &barred) {
                all.push(Vouched { case, barred });
            } else {
                self.report(&case.id);
                withheld += 1;
            }
        }
        Ok((all, withheld))
    }

    /// Writes the case, with one more person who must not know about it. False if it was not vouched for before; then
    /// nothing is written. Must be called inside a transaction.
    pub(crate) async fn bar(
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

    /// Writes something said, with the code for it; a number of 0 becomes the next free one. Must be called inside a
    /// writing transaction. Without the code anybody who can write to the database could seal words to a public key,
    /// and have them taken for a handler's or the reporter's.
    pub(crate) async fn add(&self, connection: &impl Connection, mut entry: Entry) -> anyhow::Result<()> {
        if entry.seq == 0 {
            entry.seq = store::last_seq(connection, &entry.case).await? + 1;
        }
        entry.vouch = Some(self.said(&entry).finalize().into_bytes().to_vec());
        store::insert_entry(connection, entry).await
    }

    /// Whether something said is as this program wrote it.
    pub(crate) fn wrote(&self, entry: &Entry) -> bool {
        let code = entry.vouch.as_deref();
        code.is_some_and(|code| self.said(entry).verify_slice(code).is_ok())
    }

    fn said(&self, entry: &Entry) -> Hmac<Sha256> {
        let mut mac = self.keyed();
        let fields = [
            SAID,
            &entry.id,
            entry.case.as_str(),
            &entry.seq.to_string(),
            entry.kind.word(),
            flag(entry.for_reporter),
            &entry.handler.map(|member| member.to_string()).unwrap_or_default(),
            &entry.at.map(|at| at.0.to_string()).unwrap_or_default(),
            &entry.on_day.to_string(),
        ];
        for field in fields {
            put(&mut mac, field.as_bytes());
        }
        put(&mut mac, &entry.sealed);
        mac
    }

    fn report(&self, case: &CaseId) {
        let mut reported = self.reported.lock();
        if reported.insert(case.clone()) {
            tracing::error!(
                "the row of a concern was changed outside this program, or written with another pepper: it is shown \
                 to nobody until it is restored; compare concern_case and concern_barred with a backup"
            );
        }
    }

    fn keyed(&self) -> Hmac<Sha256> {
        Hmac::<Sha256>::new_from_slice(&self.key[..]).expect("HMAC takes keys of every length")
    }

    fn mac(&self, case: &Case, barred: &BTreeSet<MemberId>) -> Hmac<Sha256> {
        let mut mac = self.keyed();
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
            put(&mut mac, field.as_bytes());
        }
        // Their number comes last, and they are sorted, so that no list reads like another.
        for member in barred {
            put(&mut mac, member.to_string().as_bytes());
        }
        mac
    }
}

const fn flag(set: bool) -> &'static str {
    if set { "1" } else { "0" }
}

/// A text after its length, so that no two lists of texts are the same bytes.
fn put(mac: &mut Hmac<Sha256>, text: &[u8]) {
    mac.update(&(text.len() as u64).to_be_bytes());
    mac.update(text);
}

impl fmt::Debug for Vouch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Vouch")
    }
}
