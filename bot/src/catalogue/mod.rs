//! What may be asked: a file becomes checked themes, prompts, packs and replies, or a list of what is wrong with it.

mod check;
mod check_staff;
mod choice;
mod load;
mod model;
mod read;
mod read_staff;
mod staff;

pub use choice::{Answer, Asks, Choice, CountsAs, UnknownChoice};
pub use load::{CatalogueSource, load};
pub use model::{AnswerOption, CadenceKind, Catalogue, Limits, OnNo, OnNoAction, Pack, Prompt, Source, Theme, Titled};

pub use staff::{
    AcknowledgedBy, BriefingItem, ConcernCategory, ConcernTemplate, Pulse, PulseRules, Scale, ScaleOption,
    TemplateKind, Urgency,
};

pub use crate::document::Problems;
