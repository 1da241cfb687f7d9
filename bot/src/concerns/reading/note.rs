//! A note among handlers. The reporter never sees it, and it meets no deadline.

use super::access::{self, Access, Handler};
use super::text::{self, HandlerText, TextError};
use crate::concerns::case::CaseNumber;
use crate::concerns::desk::Desk;
use crate::concerns::entry::EntryKind;
use crate::concerns::event::EventKind;
use crate::ids::CaseId;
use crate::ledger::Tx;

/// The outcome of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteOutcome {
    Noted(CaseNumber),
    Wrong(TextError),
    NoSuchCase,
}

/// Writes a note into a case.
///
/// # Errors
/// When the database cannot be written or nothing can be sealed; then nothing has changed.
pub async fn note(desk: &Desk, handler: &Handler, case: CaseId, words: HandlerText) -> anyhow::Result<NoteOutcome> {
    access::work(desk, handler, move |tx, access| {
        Box::pin(note_in(tx, access, case, words))
    })
    .await
}

async fn note_in(tx: &Tx, access: &Access, case: CaseId, words: HandlerText) -> anyhow::Result<NoteOutcome> {
    let Some(seen) = access.see(tx.connection(), &case).await? else {
        return Ok(NoteOutcome::NoSuchCase);
    };
    if let Err(error) = words.check() {
        return Ok(NoteOutcome::Wrong(error));
    }
    if !words.is_written(tx, &seen).await? {
        let about = text::write(tx, access, &seen, EntryKind::Note, &words).await?;
        access.note(tx, EventKind::Noted, Some(&case), Some(about)).await?;
    }
    Ok(NoteOutcome::Noted(seen.case.number))
}
