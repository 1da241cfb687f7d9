//! The second step of an answer as a form: rows with one text input each.
//!
//! Newer form components would lose what is typed into them, so the older rows are used.

use jiff::civil::Date;
use serenity::all::{CreateActionRow, CreateInputText, CreateModal, InputTextStyle};

use super::text;
use crate::catalogue::{Choice, OnNoAction};
use crate::discord::custom_id::{Ask, CustomId};
use crate::words::Voice;

/// Names of the inputs.
pub const TEXT: &str = "text";
pub const WHEN: &str = "when";
pub const ACT: &str = "act";
pub const BY: &str = "by";
pub const BECAUSE: &str = "because";

/// Most characters of a long and of a short input.
pub const LONG: u16 = 1_000;
pub const SHORT: u16 = 200;
/// Most characters of a date; more than one needs, so that a mistake can be said rather than cut.
const DATE: u16 = 20;

/// What the forms say besides their fixed words.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub follow_up: String,
    pub follow_up_label: String,
    /// The proposed date of a commitment.
    pub by: Option<Date>,
    /// What a "not yet" asks for.
    pub action: Option<OnNoAction>,
}

/// The form that a button opens.
pub fn form(voice: Voice<'_>, ask: &Ask, step: &Step) -> CreateModal {
    let (title, inputs) = match ask.choice {
        Choice::Done => (voice.modal_done_title(), vec![done(voice, ask, step)]),
        Choice::NotYet => (voice.modal_not_yet_title(), commitment(voice, step)),
        Choice::NotApplicable => (
            voice.modal_not_applicable_title(),
            vec![long(
                &voice.modal_not_applicable_label(),
                &voice.modal_not_applicable_hint(),
            )],
        ),
        Choice::NeedHelp => (
            voice.modal_need_help_title(),
            vec![long(&voice.modal_need_help_label(), &voice.modal_need_help_hint())],
        ),
    };
    CreateModal::new(
        CustomId::Detail(ask.clone()).to_string(),
        text::cut(&title, text::LABEL),
    )
    .components(inputs.into_iter().map(CreateActionRow::InputText).collect())
}

fn done(voice: Voice<'_>, ask: &Ask, step: &Step) -> CreateInputText {
    let or = |found: &str, otherwise: String| if found.is_empty() { otherwise } else { found.to_owned() };
    long(
        &or(&step.follow_up_label, voice.modal_done_label()),
        &or(&step.follow_up, voice.modal_done_hint()),
    )
    .required(ask.follow_up)
}

fn commitment(voice: Voice<'_>, step: &Step) -> Vec<CreateInputText> {
    let by = short(&voice.modal_not_yet_by_label(), BY, &voice.modal_not_yet_by_hint()).max_length(DATE);
    vec![
        short(
            &voice.modal_not_yet_when_label(),
            WHEN,
            &voice.modal_not_yet_when_hint(),
        ),
        short(&voice.modal_not_yet_act_label(), ACT, &voice.modal_not_yet_act_hint()),
        match step.by {
            Some(date) => by.value(date.to_string()),
            None => by,
        },
        short(
            &voice.modal_not_yet_because_label(),
            BECAUSE,
            &voice.modal_not_yet_because_hint(),
        ),
    ]
}

fn long(label: &str, hint: &str) -> CreateInputText {
    CreateInputText::new(InputTextStyle::Paragraph, text::cut(label, text::LABEL), TEXT)
        .placeholder(text::cut(hint, text::PLACEHOLDER))
        .max_length(LONG)
}

fn short(label: &str, name: &str, hint: &str) -> CreateInputText {
    CreateInputText::new(InputTextStyle::Short, text::cut(label, text::LABEL), name)
        .placeholder(text::cut(hint, text::PLACEHOLDER))
        .max_length(SHORT)
        .required(false)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ids::CycleId;
    use crate::words::{Language, Words};

    fn ask(choice: Choice, follow_up: bool) -> Ask {
        Ask {
            cycle: CycleId::new("c".repeat(32)),
            choice,
            follow_up,
            prompt: Some("und-duty-talk".to_owned()),
        }
    }

    #[test]
    fn forms_keep_discords_limits_in_every_language() {
        let words = Words::load();
        let step = Step {
            follow_up: "Which duty was it? ".repeat(20),
            follow_up_label: "Which duty, which meeting ".repeat(5),
            by: Some(date(2026, 12, 4)),
            action: None,
        };
        for language in Language::ALL {
            for choice in Choice::ALL {
                let modal = form(words.voice(language), &ask(choice, true), &step);
                let body = serde_json::to_value(modal).expect("it serialises");
                let len = |value: &serde_json::Value| text::length(value.as_str().unwrap_or_default());
                assert!((1..=45).contains(&len(&body["title"])), "{body}");
                let rows = body["components"].as_array().expect("rows");
                assert!((1..=5).contains(&rows.len()));
                for row in rows {
                    let input = &row["components"][0];
                    assert!((1..=45).contains(&len(&input["label"])), "{input}");
                    assert!((1..=100).contains(&len(&input["placeholder"])), "{input}");
                }
            }
        }
    }

    #[test]
    fn no_fixed_text_of_a_form_is_cut() {
        let words = Words::load();
        for language in Language::ALL {
            for choice in Choice::ALL {
                let modal = form(words.voice(language), &ask(choice, false), &Step::default());
                let body = serde_json::to_string(&modal).expect("it serialises");
                assert!(!body.contains('…'), "{body}");
            }
        }
    }

    #[test]
    fn done_needs_its_line_only_when_it_was_drawn() {
        let words = Words::load();
        let required = |drawn| {
            let modal = form(
                words.voice(Language::English),
                &ask(Choice::Done, drawn),
                &Step::default(),
            );
            let body = serde_json::to_value(modal).expect("it serialises");
            body["components"][0]["components"][0]["required"].clone()
        };
        assert_eq!(required(true), true);
        assert_eq!(required(false), false);
    }
}
