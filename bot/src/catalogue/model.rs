//! What may be asked. A [`Catalogue`] is whole and checked: every reference in it leads somewhere.

use std::fmt;
use std::str::FromStr;

/// A checked catalogue.
#[derive(Clone)]
pub struct Catalogue {
    pub id: String,
    pub version: String,
    /// Language of its texts, such as `en`.
    pub language: String,
    pub title: String,
    /// The control it serves, such as `iso27001:2022/A.5.4`.
    pub control: String,
    pub limits: Limits,
    /// Hex SHA-256 of `body`.
    pub sha256: String,
    /// The documents it was read from, as they stood: the one file, or the built-in and the extending one.
    pub body: String,
    pub answers: Vec<Answer>,
    pub audiences: Vec<Titled>,
    /// Who acts; not Discord's roles.
    pub roles: Vec<Titled>,
    pub sources: Vec<Source>,
    pub themes: Vec<Theme>,
    pub prompts: Vec<Prompt>,
    pub packs: Vec<Pack>,
    pub pulse_rules: PulseRules,
    pub scales: Vec<Scale>,
    pub pulses: Vec<Pulse>,
    pub briefing_items: Vec<BriefingItem>,
    pub concern_categories: Vec<ConcernCategory>,
    pub concern_templates: Vec<ConcernTemplate>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Catalogue")
            .field("id", &self.id)
            .field("version", &self.version)
            .field("sha256", &self.sha256)
            .finish_non_exhaustive()
    }
}

impl Catalogue {
    pub fn prompt(&self, id: &str) -> Option<&Prompt> {
        self.prompts.iter().find(|prompt| prompt.id == id)
    }

    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    pub fn audience(&self, id: &str) -> Option<&Titled> {
        self.audiences.iter().find(|audience| audience.id == id)
    }

    pub fn theme(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }
}

/// Most characters of texts, as the catalogue sets them for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub question_chars: usize,
    pub answer_label_chars: usize,
    pub follow_up_chars: usize,
    pub follow_up_label_chars: usize,
    pub concern_label_chars: usize,
}

/// The four answers there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    Done,
    NotYet,
    NotApplicable,
    NeedHelp,
}

impl Choice {
    /// In the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Done, Self::NotYet, Self::NotApplicable, Self::NeedHelp];

    /// The word in catalogue, database, custom ids and evidence.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotYet => "not-yet",
            Self::NotApplicable => "not-applicable",
            Self::NeedHelp => "need-help",
        }
    }
}

/// A text that is none of the four answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an answer is one of done, not-yet, not-applicable, need-help")]
pub struct UnknownChoice;

impl FromStr for Choice {
    type Err = UnknownChoice;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|choice| choice.id() == text)
            .ok_or(UnknownChoice)
    }
}

/// What an answer means for the metrics, and what it asks next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub choice: Choice,
    pub counts_as: CountsAs,
    pub asks: Asks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountsAs {
    Affirm,
    Shortfall,
    Excused,
    Help,
}

/// The second step of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    FollowUp,
    Commitment,
    Reason,
    Blocker,
}

/// Something with an id and a title: an audience, or a role that acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titled {
    pub id: String,
    pub title: String,
}

/// A document that `maps` may point into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub prefix: String,
    pub title: String,
    pub form: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    pub id: String,
    pub title: String,
    pub why: String,
}

/// A question about observable behaviour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub id: String,
    pub theme: String,
    pub audience: String,
    pub cadence: CadenceKind,
    pub question: String,
    /// In the order of [`Choice::ALL`].
    pub answers: [AnswerOption; 4],
    pub follow_up: String,
    pub follow_up_label: String,
    pub evidence_examples: Vec<String>,
    /// A rewording that asks for a specific.
    pub variant: String,
    pub on_no: OnNo,
    /// Identifiers such as `iso27001:2022/A.5.4`.
    pub maps: Vec<String>,
}

impl Prompt {
    /// The label of an answer's button.
    pub fn label(&self, choice: Choice) -> &str {
        &self.answers[choice as usize].label
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CadenceKind {
    Weekly,
    Monthly,
    Quarterly,
}

impl CadenceKind {
    pub const ALL: [Self; 3] = [Self::Weekly, Self::Monthly, Self::Quarterly];

    /// The word in catalogue and database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerOption {
    pub choice: Choice,
    pub label: String,
}

/// What follows a "not yet", and whom a blocker is aimed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnNo {
    pub action: OnNoAction,
    pub help: String,
    /// Proposed due date: today and so many days.
    pub due_days: u32,
    /// A role that acts.
    pub need_help_to: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnNoAction {
    /// The help text is shown; a commitment is offered.
    Help,
    /// An if-then commitment is asked for.
    Commitment,
    /// A blocker is opened at once.
    Blocker,
}

/// A set of prompts that is switched on together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    pub id: String,
    pub title: String,
    /// Whom it is for, in words.
    pub meant_for: String,
    pub on_by_default: bool,
    pub prompts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PulseRules {
    pub min_answers: u32,
    pub min_group: u32,
    pub max_questions_per_month: u32,
    pub max_days_open: u32,
    pub show_as: String,
    pub no_drill_down_below: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    pub id: String,
    pub options: Vec<ScaleOption>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleOption {
    pub id: String,
    pub label: String,
    pub counted: bool,
    pub favourable: bool,
}

/// A question to staff that mirrors what managers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulse {
    pub id: String,
    /// Prompts or themes.
    pub mirrors: Vec<String>,
    /// Who is asked, in words.
    pub ask: String,
    pub question: String,
    pub scale: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BriefingItem {
    pub id: String,
    pub text: String,
    pub acknowledged_by: AcknowledgedBy,
    /// Whether access waits for it.
    pub gate: bool,
    pub maps: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcknowledgedBy {
    Manager,
    Joiner,
    Both,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernCategory {
    pub id: String,
    pub label: String,
    pub description: String,
    pub default_urgency: Urgency,
    /// A role that acts.
    pub route: String,
    /// Roles, or `own-manager`, `named-person`, `bot-admin`.
    pub never_to: Vec<String>,
    /// Whether the case may fall under whistleblower law.
    pub formal: bool,
    /// A concern template.
    pub acknowledge_with: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Now,
    Today,
    ThisWeek,
    Routine,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernTemplate {
    pub id: String,
    pub kind: TemplateKind,
    /// With placeholders in braces, such as `{case}`.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateKind {
    Acknowledge,
    Ask,
    Update,
    Feedback,
    Close,
    Protect,
    Repair,
}
