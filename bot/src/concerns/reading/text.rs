//! What a handler writes into a case: sealed to those who may read it now, and to the reporter where it is for them.

use sha2::{Digest, Sha256};

use super::access::{Access, Visible};
use crate::concerns::desk::day_of;
use crate::concerns::entry::{Entry, EntryKind};
use crate::concerns::keys::sealing::{recipients, seal};
use crate::concerns::raising::content::{Said, padded};
use crate::concerns::secret::Secret;
use crate::concerns::store;
use crate::ids::InteractionId;
use crate::ledger::Tx;

/// Maximum length in characters of what a handler writes at once: the limit of a form on Discord.
pub const MOST_CHARS: usize = 4_000;

/// Words of a handler.
pub struct HandlerText {
    pub text: Secret,
    /// Sent again, the same interaction writes nothing twice.
    pub interaction: InteractionId,
}

/// What is wrong with words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    Empty,
    /// In characters.
    TooLong {
        found: usize,
        allowed: usize,
    },
}

impl HandlerText {
    /// # Errors
    /// When there are no words, or too many.
    pub(crate) fn check(&self) -> Result<(), TextError> {
        let (found, allowed) = (self.text.length(), MOST_CHARS);
        if self.text.is_blank() {
            Err(TextError::Empty)
        } else if found > allowed {
            Err(TextError::TooLong { found, allowed })
        } else {
            Ok(())
        }
    }

    /// The id of the entry that they become.
    fn entry(&self, seen: &Visible) -> String {
        let mut hash = Sha256::new();
        hash.update(seen.case.id.as_str());
        hash.update(self.interaction.to_string());
        hex::encode(&hash.finalize()[..16])
    }

    /// Whether the same interaction has written already.
    pub(crate) async fn is_written(&self, tx: &Tx, seen: &Visible) -> anyhow::Result<bool> {
        store::is_entry(tx.connection(), &self.entry(seen)).await
    }
}

/// Seals a text to those who may read the case now, and to the reporter if it is for them, too.
pub(crate) fn sealed(seen: &Visible, kind: EntryKind, text: &Secret) -> anyhow::Result<Vec<u8>> {
    let readers = seen.route.readers.iter().map(|reader| reader.recipient.as_str());
    let reporter = kind.is_for_reporter().then_some(seen.case.reporter.as_str());
    let recipients = recipients(readers.chain(reporter))?;
    let content = padded(&Said::new(kind.word(), &seen.case.number, text.expose().trim()))?;
    seal(&recipients, &content)
}

/// Writes words into a case; returns the hash of their sealed file.
pub(crate) async fn write(
    tx: &Tx,
    access: &Access,
    seen: &Visible,
    kind: EntryKind,
    words: &HandlerText,
) -> anyhow::Result<[u8; 32]> {
    let sealed = sealed(seen, kind, &words.text)?;
    let about = Sha256::digest(&sealed).into();
    let entry = Entry {
        id: words.entry(seen),
        case: seen.case.id.clone(),
        seq: 0,
        kind,
        sealed,
        for_reporter: kind.is_for_reporter(),
        handler: Some(access.handler.member),
        at: Some(tx.now()),
        on_day: day_of(tx.now(), &access.handler.organisation.zone),
        vouch: None,
    };
    access.desk.vouch.add(tx.connection(), entry).await?;
    Ok(about)
}
