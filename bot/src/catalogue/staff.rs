//! What staff are asked and told: pulses, briefings, concerns.

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
