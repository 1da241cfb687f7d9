//! Concerns: raised without fear, sealed to handlers, answered by case key.
//!
//! Anonymous means that no parameter, row, log line, hash or exact time in this folder leads to the author. Who somebody
//! is ends in `discord/`, which asks the [throttle](Throttle) and calls a use case without saying. Texts are [`Secret`]s
//! until they are sealed. Each use case leaves an [event](happened) behind, and the day's digest commits to the events.

mod access;
mod attachment;
mod bech32;
mod case;
mod case_key;
mod channel;
pub mod clocks;
mod conflict;
mod consent;
pub mod content;
mod derive;
mod desk;
mod draft;
mod entry;
mod erasable;
mod event;
mod filing;
mod hand_over;
mod handler_key;
mod hide_order;
mod inbox;
pub mod keys;
mod merge;
mod note;
mod occasion;
mod pepper;
mod read;
mod readers;
mod reply;
mod routing;
pub mod sealing;
mod secret;
mod settle;
pub(crate) mod store;
mod submit;
mod submit_known;
mod take;
pub mod template;
mod throttle;
mod unlock;
mod unseal;
mod vault;
mod visit;
mod visits;
mod vouch;
mod words;

mod ask_back;
mod bell;
mod chase;
mod count;
mod coverage;
mod day_tree;
mod digest;
mod drill;
pub mod figures;
mod ladder;
mod letter;
mod proof;
mod retain;
mod rounds;
mod tell_figures;
mod tell_news;
mod trouble;
mod warn;

pub use attachment::{Attachment, FILE_BYTES, Form, Unfit};
pub use case::{Case, CaseNumber, CaseState, CheckBack, Mode, urgency_of, urgency_word};
pub use case_key::CaseKey;
pub use channel::{Channel, Closed, channel};
pub use coverage::{Coverage, coverage};
pub use derive::Stretch;
pub use desk::{Desk, day_of, start_of};
pub(crate) use digest::line as event_line;
pub use entry::{Entry, EntryKind, SealedFile};
pub use erasable::{ERASABLE, WITH_THE_CASE};
pub use event::{EventKind, Happened, happened};
pub use handler_key::{Custody, Holder, KeySet, KeyState, canonical, fingerprint};
pub use pepper::{Fit, Pepper};
pub use readers::{Readers, readers};
pub use routing::{Route, route};
pub use secret::Secret;
pub use submit::{Filed, LONGEST, LONGEST_ABOUT, ReportDraft, SubmitOutcome, submit};
pub use submit_known::{FileDraft, MOST_FILES, Reporter, Tie, submit_known};
pub use throttle::{KeyThrottle, ReportThrottle, Throttle};
pub use visit::{
    BarOutcome, CHECK_DAYS, CaseView, Check, Heard, Knock, Look, REOPEN_DAYS, SayOutcome, Wish, WishOutcome,
};
pub use visit::{bar, knock, leave, look, say, wish};
pub use visits::{VISIT, VisitId};
pub use vouch::Vouch;

pub use access::Handler;
pub use conflict::{ConflictOutcome, declare_conflict};
pub use consent::{ConsentOutcome, agree_to_identity};
pub use hand_over::{HandOverOutcome, candidates, hand_over};
pub use inbox::{Asked, Inbox, Line, Overview, find_case, inbox, number, open_case};
pub use merge::{MergeOutcome, merge};
pub use note::{NoteOutcome, note};
pub use read::{Opened, OpenedFile, Piece, ReadOutcome, Shown, read};
pub use reply::{ReplyDraft, ReplyOutcome, reply};
pub use settle::{IllegalMove, REOPENABLE, SettleOutcome, allows, moves, settle};
pub use take::{TakeOutcome, take};
pub use unlock::{UnlockOutcome, unlock};
pub use unseal::{AskOutcome, IdentityOutcome, ask_identity, identity};
pub use vault::{TRIES, UNLOCKED, Vault};
pub use words::{MOST_CHARS, Words, WordsError};

pub use ask_back::{CheckAnswer, CheckOutcome, answer_back};
pub use chase::Chase;
pub use clocks::{After, Clock, Step, feedback_due, first_word_due};
pub use drill::{DrillDraft, DrillOutcome, declare};
pub use ladder::Hears;
pub use letter::{Letter, Outgoing, Overdue, letter};
pub use proof::{ProofOutcome, prove};
pub use tell_figures::{FiguresOutcome, tell_figures};

#[cfg(test)]
mod tests;
