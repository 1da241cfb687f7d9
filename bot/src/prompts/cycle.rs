//! One asking of an assignment. Its period, zone, instants and wording are frozen when it is created.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Choice, OnNoAction, Prompt};
use crate::clock::Millis;
use crate::ids::{AssignmentId, CycleId, MemberId, OrganisationId, RecordId};

/// One asking, as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    pub id: CycleId,
    pub assignment: AssignmentId,
    pub organisation: OrganisationId,
    pub member: MemberId,
    /// Prompt id of the catalogue.
    pub prompt: String,
    /// Period key, such as `2026-W53`.
    pub period: String,
    pub period_start: Date,
    /// Included.
    pub period_end: Date,
    /// Place within the assignment, from 1.
    pub ordinal: i32,
    /// IANA name of the zone that the instants were computed in.
    pub zone: String,
    pub opens_at: Millis,
    /// Included: an answer at this instant is on time.
    pub due_at: Millis,
    /// Excluded: an answer at this instant is too late.
    pub closes_at: Millis,
    pub wording: Wording,
    /// Whether a confirmation is asked to be shown by the follow-up.
    pub follow_up_drawn: bool,
    pub state: State,
    /// Why it was excused, cancelled or undelivered; `draft` on a missed one; `withdrawn` on an answered one.
    pub reason: Option<String>,
    /// Evidence record of its opening.
    pub rec: RecordId,
    pub delivered_at: Option<Millis>,
    /// A button that was pressed without its second step.
    pub draft: Option<Choice>,
    /// Server receipt of the first valid answer.
    pub answered_at: Option<Millis>,
    /// That answer's choice, whatever was corrected later.
    pub choice: Option<Choice>,
    pub closed_at: Option<Millis>,
    pub created_at: Millis,
}

impl Cycle {
    /// Reason of an excused cycle that fell into an outage of the bot.
    pub const OUTAGE: &str = "outage";
    /// Reason of a cancelled cycle that the load caps kept from being asked.
    pub const LOAD: &str = "load";
    /// Reason of a cancelled cycle whose organisation was taken out of the configuration.
    pub const REMOVED: &str = "organisation-removed";
    /// Reason of an answered cycle whose answer was withdrawn after closing.
    pub const WITHDRAWN: &str = "withdrawn";

    /// Whether an answer received at this instant would be late.
    pub fn is_late(&self, at: Millis) -> bool {
        is_late(at, self.due_at, self.delivered_at)
    }

    /// Whether its question had not come by the due instant, as of `at`, so that no answer is late.
    pub fn came_late(&self, at: Millis) -> bool {
        at > self.due_at && !self.is_late(at)
    }

    /// Whether its answer was withdrawn after closing.
    pub fn is_withdrawn(&self) -> bool {
        self.state == State::Answered && self.reason.as_deref() == Some(Self::WITHDRAWN)
    }

    /// Whether an answer counts at this instant.
    pub fn takes_answers(&self, at: Millis) -> bool {
        self.state == State::Open && at < self.closes_at
    }
}

/// Whether an answer at this instant is late. Whoever was asked only after the due instant, or never, cannot answer by
/// then: it would be worse to answer than to say nothing, which nobody is held to.
pub(crate) fn is_late(at: Millis, due_at: Millis, delivered_at: Option<Millis>) -> bool {
    at > due_at && delivered_at.is_some_and(|delivered| delivered < due_at)
}

/// What the row says. `scheduled`, `on-time`, `late` and `late-open` follow from it and the instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Open,
    Answered,
    Missed,
    Excused,
    Cancelled,
    Undelivered,
}

impl State {
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::Answered,
        Self::Missed,
        Self::Excused,
        Self::Cancelled,
        Self::Undelivered,
    ];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Missed => "missed",
            Self::Excused => "excused",
            Self::Cancelled => "cancelled",
            Self::Undelivered => "undelivered",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// The words of one asking, kept as they were asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Language of the catalogue's texts, such as `en`.
    pub language: String,
    pub theme: String,
    /// The question, or its variant when that was drawn.
    pub question: String,
    /// Whether the variant was asked.
    pub variant: bool,
    /// Button labels in the order of [`Choice::ALL`].
    pub labels: [String; 4],
    pub follow_up: String,
    pub follow_up_label: String,
    pub evidence_examples: Vec<String>,
    /// `help`, `commitment` or `blocker`: what follows a "not yet".
    pub on_no: String,
    pub help: String,
    /// Proposed due date of a commitment: the day of the answer plus this many days.
    pub due_days: u32,
    /// The catalogue's role that a blocker is aimed at.
    pub need_help_to: String,
    /// First month of the fiscal year in force, which the period's key is read by.
    pub first_month: u8,
}

impl Wording {
    pub fn freeze(prompt: &Prompt, language: &str, variant: bool, first_month: u8) -> Self {
        let on_no = match prompt.on_no.action {
            OnNoAction::Help => "help",
            OnNoAction::Commitment => "commitment",
            OnNoAction::Blocker => "blocker",
        };
        Self {
            language: language.to_owned(),
            theme: prompt.theme.clone(),
            question: if variant {
                prompt.variant.clone()
            } else {
                prompt.question.clone()
            },
            variant,
            labels: Choice::ALL.map(|choice| prompt.label(choice).to_owned()),
            follow_up: prompt.follow_up.clone(),
            follow_up_label: prompt.follow_up_label.clone(),
            evidence_examples: prompt.evidence_examples.clone(),
            on_no: on_no.to_owned(),
            help: prompt.on_no.help.clone(),
            due_days: prompt.on_no.due_days,
            need_help_to: prompt.on_no.need_help_to.clone(),
            first_month,
        }
    }

    pub fn label(&self, choice: Choice) -> &str {
        &self.labels[choice as usize]
    }
}
