//! What may be asked. A [`Catalogue`] is whole and checked: every reference in it leads somewhere.

use std::fmt;

use super::choice::{Answer, Choice};
use super::staff::{BriefingItem, ConcernCategory, ConcernTemplate, Pulse, PulseRules, Scale};

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

/// Maximum length in characters of texts, as the catalogue sets them for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub question_chars: usize,
    pub answer_label_chars: usize,
    pub follow_up_chars: usize,
    pub follow_up_label_chars: usize,
    pub concern_label_chars: usize,
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

/// What follows a "not yet", and who a blocker is aimed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnNo {
    pub action: OnNoAction,
    pub help: String,
    /// Proposed due date: today plus this many days.
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
    /// Who it is for, in words.
    pub meant_for: String,
    pub on_by_default: bool,
    pub prompts: Vec<String>,
}
