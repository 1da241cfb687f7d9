//! A handler's reply to the reporter. The first reply acknowledges the case; taking or reading it does not.

use super::access::{self, Access, Handler};
use super::template;
use super::text::{self, HandlerText, TextError};
use crate::concerns::case::{CaseNumber, CaseState};
use crate::concerns::desk::Desk;
use crate::concerns::entry::EntryKind;
use crate::concerns::event::EventKind;
use crate::concerns::store;
use crate::ids::CaseId;
use crate::ledger::Tx;

/// What a handler wants to tell the reporter.
pub struct ReplyDraft {
    pub case: CaseId,
    pub words: HandlerText,
    /// Whether it tells the outcome.
    pub feedback: bool,
}

/// The outcome of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyOutcome {
    Sent {
        number: CaseNumber,
        /// Whether it was the first reply.
        first: bool,
        feedback: bool,
        /// Whether the case turned out to be a drill.
        drill: bool,
    },
    Wrong(TextError),
    /// Places of a template that are not filled yet.
    OpenPlaces(Vec<String>),
    NoSuchCase,
}

/// Writes to the reporter of a case. Two replies at the same time both count, with one acknowledgement.
///
/// # Errors
/// When the database cannot be written or nothing can be sealed; then nothing has changed.
pub async fn reply(desk: &Desk, handler: &Handler, draft: ReplyDraft) -> anyhow::Result<ReplyOutcome> {
    access::work(desk, handler, move |tx, access| Box::pin(reply_in(tx, access, draft))).await
}

async fn reply_in(tx: &Tx, access: &Access, draft: ReplyDraft) -> anyhow::Result<ReplyOutcome> {
    let Some(mut seen) = access.see(tx.connection(), &draft.case).await? else {
        return Ok(ReplyOutcome::NoSuchCase);
    };
    if let Err(error) = draft.words.check() {
        return Ok(ReplyOutcome::Wrong(error));
    }
    let open = template::places(draft.words.text.expose());
    if !open.is_empty() {
        return Ok(ReplyOutcome::OpenPlaces(open.into_iter().map(str::to_owned).collect()));
    }
    let sent = |first, number| ReplyOutcome::Sent {
        number,
        first,
        feedback: draft.feedback,
        drill: false,
    };
    if draft.words.is_written(tx, &seen).await? {
        return Ok(sent(false, seen.case.number));
    }
    let about = text::write(tx, access, &seen, EntryKind::Reply, &draft.words).await?;
    let case = &mut seen.case;
    let first = case.acknowledged_at.is_none();
    case.acknowledged_at = case.acknowledged_at.or(Some(tx.now()));
    if case.state == CaseState::New {
        case.state = CaseState::Acknowledged;
    }
    if draft.feedback {
        case.feedback_at = case.feedback_at.or(Some(tx.now()));
    }
    store::update_case(tx.connection(), case).await?;
    access
        .note(tx, EventKind::Replied, Some(&draft.case), Some(about))
        .await?;
    Ok(ReplyOutcome::Sent {
        number: seen.case.number,
        first,
        feedback: draft.feedback,
        drill: seen.case.drill,
    })
}
