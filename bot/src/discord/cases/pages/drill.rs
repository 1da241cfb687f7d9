//! Declaring a drill: what it is about, what handlers will read, and that it has begun.

use super::{form, with_menu};
use crate::catalogue::ConcernCategory;
use crate::concerns::{DrillOutcome, SubmitOutcome};
use crate::discord::cases::custom_id::{Form, Press, is_name};
use crate::discord::edge::Page;
use crate::discord::edge::component::{menu, option};
use crate::words::Voice;

/// The categories to choose from.
pub fn choose(voice: Voice<'_>, categories: &[ConcernCategory]) -> Page {
    let known = categories.iter().filter(|category| is_name(&category.id));
    let options = known.map(|category| option(&category.label, category.id.as_str()));
    let menu = menu(&Press::Drill, options.collect(), &voice.drill_choose());
    with_menu(Page::text(voice.drill_about()), menu)
}

/// The outcome; what was typed comes back if the drill did not begin.
pub fn declared(voice: Voice<'_>, id: &Form, outcome: &DrillOutcome, typed: &str) -> Page {
    let why = match outcome {
        DrillOutcome::Begun(filed) => return Page::text(voice.drill_begun(filed.number.to_string())),
        DrillOutcome::NotForYou => return Page::text(voice.drill_role()),
        DrillOutcome::Refused(refused) => match refused {
            SubmitOutcome::Empty => voice.refused_case_empty(),
            SubmitOutcome::TooLong { longest } => {
                voice.refused_case_long(typed.chars().count() as i64, *longest as i64)
            }
            SubmitOutcome::Filed(_)
            | SubmitOutcome::Closed(_)
            | SubmitOutcome::KeysChanged
            | SubmitOutcome::UnknownCategory
            | SubmitOutcome::NobodyMayRead
            | SubmitOutcome::ConfidantMayNotRead
            | SubmitOutcome::TooManyFiles => voice.drill_closed(),
        },
    };
    form::again(voice, id, &why, typed)
}
