//! What may be asked: a file becomes checked themes, prompts, packs and replies, or a list of what is wrong with it.

mod check;
mod load;
mod model;
mod note_version;
mod read;
mod store;

pub use load::load;
pub use model::{
    AcknowledgedBy, Answer, AnswerOption, Asks, BriefingItem, CadenceKind, Catalogue, Choice, ConcernCategory,
    ConcernTemplate, CountsAs, Limits, OnNo, OnNoAction, Pack, Prompt, Pulse, PulseRules, Scale, ScaleOption, Source,
    TemplateKind, Theme, Titled, UnknownChoice, Urgency,
};

pub use note_version::{VersionOutcome, note_version};

pub use crate::document::Problems;
