//! Raising a concern anonymously.
//!
//! What arrives here has no place for a user, a name, a server's nickname, a language, an interaction or an instant:
//! only words, the handlers that the reporter bars, and the day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::channel::Closed;
use super::draft::prepare;
use super::filing::{Filing, file};
use crate::catalogue::Urgency;
use crate::concerns::case::{CaseNumber, Mode};
use crate::concerns::desk::Desk;
use crate::concerns::keys::case_key::CaseKey;
use crate::concerns::keys::handler_key::KeyHolder;
use crate::concerns::secret::Secret;
use crate::config::Role;
use crate::ids::{MemberId, OrganisationId};

/// Maximum length in characters of a report or an addition: the limit of a form on Discord.
pub const LONGEST: usize = 4_000;
/// Maximum length in characters of what a report is about: the longest message on Discord, with its link and its
/// author.
pub const LONGEST_ABOUT: usize = 5_000;

/// What somebody wants to report, and who may read it.
pub struct ReportDraft {
    pub organisation: OrganisationId,
    /// The day in the organisation's zone; nothing finer is known here.
    pub on_day: Date,
    /// Id of the catalogue's category.
    pub category: String,
    pub urgency: Urgency,
    /// Handlers who must know nothing of it.
    pub barred: BTreeSet<MemberId>,
    /// [Fingerprint](crate::concerns::KeySet::fingerprint) of the keys that the reporter was shown.
    pub keys: String,
    /// The reporter wants no reply.
    pub no_contact: bool,
    pub text: Secret,
    /// The message that it is about: its link, and what it said; at most [`LONGEST_ABOUT`] characters.
    pub about: Option<Secret>,
    /// A declared exercise.
    pub drill: bool,
}

/// The outcome of a concern that was sent.
pub enum SubmitOutcome {
    Filed(Filed),
    Closed(Closed),
    /// The handlers' keys are no longer those that the reporter was shown; nothing was stored.
    KeysChanged,
    UnknownCategory,
    /// Nobody is left who may read it; nothing was stored.
    NobodyMayRead,
    /// The handler that the reporter chose may not read it; nothing was stored.
    ConfidantMayNotRead,
    Empty,
    TooLong {
        longest: usize,
    },
    /// More or larger files than are allowed.
    TooManyFiles,
}

/// A concern that is in the database.
pub struct Filed {
    pub number: CaseNumber,
    /// Shown once, and nowhere stored.
    pub key: CaseKey,
    /// Who can read it.
    pub readers: Vec<KeyHolder>,
    /// The role that is notified besides them if it is urgent.
    pub called: Option<Role>,
    /// Whether they are notified at once.
    pub calls_now: bool,
    /// Id of the catalogue's text for the reporter.
    pub acknowledge_with: String,
    pub received_on: Date,
}

/// Files a concern without its author.
///
/// # Errors
/// When the database or the log cannot be read or written, or nothing can be sealed.
pub async fn submit(desk: &Desk, draft: ReportDraft) -> anyhow::Result<SubmitOutcome> {
    let prepared = match prepare(desk, &draft, Mode::Anonymous).await? {
        Ok(prepared) => prepared,
        Err(outcome) => return Ok(outcome),
    };
    let filing = Filing {
        report: prepared.seal_report(&draft, None)?,
        case: prepared.case.clone(),
        barred: draft.barred,
        identity: None,
        named: None,
        files: Vec::new(),
        called: prepared.called.clone(),
    };
    file(desk, filing).await?;
    Ok(SubmitOutcome::Filed(prepared.filed()))
}
