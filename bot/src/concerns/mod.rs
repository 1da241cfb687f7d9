//! Concerns: raised without fear, sealed to handlers, answered by case key.
//!
//! Anonymous means that no parameter, row, log line, hash or exact time in this folder leads to the author. Who
//! somebody is does not go beyond `discord/`, which asks the [throttle](Throttle) and calls a use case without saying.
//! Texts are [`Secret`]s until they are sealed. Each use case leaves an [event](record_event) behind, and the day's
//! digest commits to the events.

mod case;
mod deadlines;
mod desk;
mod entry;
mod erasable;
mod event;
pub mod figures;
pub mod keys;
mod raising;
mod reading;
mod secret;
mod store;
mod upkeep;

pub use case::{Case, CaseNumber, CaseState, CheckBack, Mode, urgency_of, urgency_word};
pub use desk::{Desk, day_of, start_of};
pub use entry::{Entry, EntryKind, SealedFile};
pub use erasable::{ERASABLE, WITH_THE_CASE};
pub use event::{EventKind, NewEvent, record_event};
pub use secret::Secret;

pub use keys::case_key::CaseKey;
pub use keys::coverage::{Coverage, coverage};
pub use keys::derive::Stretch;
pub use keys::handler_key::{Custody, KeyHolder, KeySet, KeyState, canonical, fingerprint};
pub use keys::pepper::{Fit, Pepper};
pub use keys::routing::{Route, route};
pub use keys::sealing;
pub use keys::vault::{TRIES, UNLOCKED, Vault};

pub use raising::attachment::{Attachment, FILE_BYTES, Form, Unfit};
pub use raising::channel::{Channel, Closed, channel};
pub use raising::content;
pub use raising::proof::{ProofOutcome, prove};
pub use raising::readers::Readers;
pub use raising::submit::{Filed, LONGEST, LONGEST_ABOUT, ReportDraft, SubmitOutcome, submit};
pub use raising::submit_known::{FileDraft, MOST_FILES, Reporter, Tie, submit_known};
pub use raising::throttle::{KeyThrottle, ReportThrottle, Throttle};
pub use raising::visit::{
    ActionOutcome, BarOutcome, CHECK_DAYS, CaseView, Check, Heard, Look, REOPEN_DAYS, ReporterAction, SayOutcome,
    VisitOutcome,
};
pub use raising::visit::{act, bar, begin_visit, look, say};
pub use raising::visits::{VISIT, VisitId};

pub use reading::access::Handler;
pub use reading::conflict::{ConflictOutcome, declare_conflict};
pub use reading::consent::{ConsentOutcome, agree_to_identity};
pub use reading::hand_over::{HandOverOutcome, candidates, hand_over};
pub use reading::inbox::{Asked, CaseLine, Inbox, Overview, find_case, inbox, number, open_case};
pub use reading::merge::{MergeOutcome, merge};
pub use reading::note::{NoteOutcome, note};
pub use reading::read::{Opened, OpenedFile, Piece, ReadOutcome, Shown, read};
pub use reading::reply::{ReplyDraft, ReplyOutcome, reply};
pub use reading::settle::{IllegalMove, REOPENABLE, SettleOutcome, allows, moves, settle};
pub use reading::take::{TakeOutcome, take};
pub use reading::template;
pub use reading::text::{HandlerText, MOST_CHARS, TextError};
pub use reading::unlock::{UnlockOutcome, unlock};
pub use reading::unseal::{AskOutcome, IdentityOutcome, ask_identity, identity};

pub use deadlines::ask_back::{CheckAnswer, CheckOutcome, answer_back};
pub use deadlines::drill::{DrillDraft, DrillOutcome, declare};
pub use deadlines::due;
pub use deadlines::due::{After, Deadline, WarningStep, feedback_due, first_reply_due};
pub use deadlines::escalation::Audience;
pub use deadlines::letter::{Letter, Outgoing, Overdue, letter};
pub use deadlines::run::Deadlines;

pub use figures::tell_figures::{FiguresOutcome, tell_figures};

pub(crate) use upkeep::digest::line as event_line;

pub use store::Vouch;

pub(crate) use crate::core::Decided;

#[cfg(test)]
mod tests;
