//! The second step of an answer as a form.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serenity::all::{CreateInputText, CreateModal};

use super::custom_id::{Ask, Form};
use crate::catalogue::Choice;
use crate::discord::edge::component::{line, modal, paragraph};
use crate::discord::edge::{dates, text};
use crate::prompts::{ASKED_CHARS, Detail};
use crate::words::Voice;

/// Names of the inputs.
pub const TEXT: &str = "text";
pub const WHEN: &str = "when";
pub const ACT: &str = "act";
pub const BY: &str = "by";
pub const BECAUSE: &str = "because";
pub const REASON: &str = "reason";

/// Maximum length in characters of a short input.
const SHORT: u16 = 200;
/// Maximum length in characters of a date; more than one needs, so that a mistake can be reported rather than cut off.
const DATE: u16 = 20;

/// What the forms say besides their fixed words.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub follow_up: String,
    pub follow_up_label: String,
    /// The proposed date of a commitment.
    pub by: Option<Date>,
}

/// The form that a button opens.
pub fn form(voice: Voice<'_>, ask: &Ask, step: &Step) -> CreateModal {
    let (title, inputs) = inputs(voice, ask, step);
    modal(&Form::Detail(ask.clone()), &title, inputs)
}

/// The form of a correction: the second step as it is now, if the choice stays the same, and the reason for the
/// correction.
pub fn correction(voice: Voice<'_>, ask: &Ask, step: &Step, now: Option<&Detail>) -> CreateModal {
    let (_, inputs) = inputs(voice, ask, step);
    let words: Vec<&str> = match now {
        // The last line asks for the reason.
        Some(Detail::NoCommitment { because }) => vec!["", "", "", because],
        Some(detail) => detail.texts(),
        None => Vec::new(),
    };
    let filled = inputs.into_iter().enumerate().map(|(at, input)| {
        let most = usize::from(if ask.choice == Choice::NotYet {
            SHORT
        } else {
            ASKED_CHARS as u16
        });
        match words.get(at).filter(|text| !text.is_empty()) {
            Some(text) => input.value(text::cut(text, most)),
            None => input,
        }
    });
    let (label, hint) = (voice.modal_correct_reason_label(), voice.modal_correct_reason_hint());
    let why = paragraph(REASON, &label, &hint, ASKED_CHARS as u16);
    let inputs = filled.chain([why]).collect();
    modal(&Form::Amendment(ask.clone()), &voice.modal_correct_title(), inputs)
}

/// Title and inputs of the second step.
fn inputs(voice: Voice<'_>, ask: &Ask, step: &Step) -> (String, Vec<CreateInputText>) {
    match ask.choice {
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
    }
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
    let by = short(BY, &voice.modal_not_yet_by_label(), &voice.modal_not_yet_by_hint()).max_length(DATE);
    vec![
        short(
            WHEN,
            &voice.modal_not_yet_when_label(),
            &voice.modal_not_yet_when_hint(),
        ),
        short(ACT, &voice.modal_not_yet_act_label(), &voice.modal_not_yet_act_hint()),
        match step.by {
            Some(date) => by.value(date.to_string()),
            None => by,
        },
        short(
            BECAUSE,
            &voice.modal_not_yet_because_label(),
            &voice.modal_not_yet_because_hint(),
        ),
    ]
}

fn long(label: &str, hint: &str) -> CreateInputText {
    paragraph(TEXT, label, hint, ASKED_CHARS as u16)
}

fn short(name: &str, label: &str, hint: &str) -> CreateInputText {
    line(name, label, hint, SHORT).required(false)
}

/// What keeps a form from being a second step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Missing,
    /// In characters.
    TooLong {
        found: usize,
        allowed: usize,
    },
    NoDate {
        found: String,
    },
    PastDate {
        found: Date,
    },
    /// A correction that does not say why.
    NoReason,
}

/// What a form says; none if nothing was written, which only "done" allows.
///
/// # Errors
/// When something is missing, or the date of a commitment is none or lies before `today`.
pub fn read(choice: Choice, fields: &BTreeMap<String, String>, today: Date) -> Result<Option<Detail>, Problem> {
    let field = |name: &str| fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let text = field(TEXT);
    Ok(match choice {
        Choice::Done if text.is_empty() => None,
        Choice::Done => Some(Detail::FollowUp { text }),
        Choice::NotYet => Some(read_commitment(field, today)?),
        Choice::NotApplicable | Choice::NeedHelp if text.is_empty() => return Err(Problem::Missing),
        Choice::NotApplicable => Some(Detail::Reason { text }),
        Choice::NeedHelp => Some(Detail::Blocker { text }),
    })
}

/// The proposed date alone is not a commitment: only a reason written beside it counts.
fn read_commitment(field: impl Fn(&str) -> String, today: Date) -> Result<Detail, Problem> {
    let (when, act, by, because) = (field(WHEN), field(ACT), field(BY), field(BECAUSE));
    if when.is_empty() && act.is_empty() {
        return if because.is_empty() {
            Err(Problem::Missing)
        } else {
            Ok(Detail::NoCommitment { because })
        };
    }
    if when.is_empty() || act.is_empty() || by.is_empty() {
        return Err(Problem::Missing);
    }
    let date = dates::read_date(&by).ok_or(Problem::NoDate { found: by })?;
    if date < today {
        return Err(Problem::PastDate { found: date });
    }
    Ok(Detail::Commitment {
        when,
        act,
        by: date.to_string(),
    })
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

    fn fields(of: &[(&str, &str)]) -> BTreeMap<String, String> {
        of.iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn a_form_reads_as_the_second_step_of_its_choice() {
        let today = date(2026, 11, 20);
        let read = |choice, of: &[(&str, &str)]| read(choice, &fields(of), today);
        assert_eq!(read(Choice::Done, &[]), Ok(None));
        assert_eq!(
            read(Choice::Done, &[(TEXT, " ops meeting ")]),
            Ok(Some(Detail::FollowUp {
                text: "ops meeting".to_owned()
            }))
        );
        assert_eq!(read(Choice::NeedHelp, &[(TEXT, " ")]), Err(Problem::Missing));
        assert_eq!(
            read(Choice::NotApplicable, &[(TEXT, "nobody joined")]),
            Ok(Some(Detail::Reason {
                text: "nobody joined".to_owned()
            }))
        );
    }

    #[test]
    fn a_not_yet_is_a_commitment_or_a_reason_for_none() {
        let today = date(2026, 11, 20);
        let read = |of: &[(&str, &str)]| read(Choice::NotYet, &fields(of), today);
        let whole = [(WHEN, "Tuesday"), (ACT, "ask"), (BY, "4.12.2026")];
        assert_eq!(
            read(&whole),
            Ok(Some(Detail::Commitment {
                when: "Tuesday".to_owned(),
                act: "ask".to_owned(),
                by: "2026-12-04".to_owned()
            }))
        );
        assert_eq!(read(&[(BY, "2026-12-04")]), Err(Problem::Missing));
        assert_eq!(
            read(&[(BY, "2026-12-04"), (BECAUSE, "no budget")]),
            Ok(Some(Detail::NoCommitment {
                because: "no budget".to_owned()
            }))
        );
        assert_eq!(
            read(&[(WHEN, "x"), (ACT, "y"), (BY, "Friday")]),
            Err(Problem::NoDate {
                found: "Friday".to_owned()
            })
        );
        assert_eq!(
            read(&[(WHEN, "x"), (ACT, "y"), (BY, "2026-11-19")]),
            Err(Problem::PastDate {
                found: date(2026, 11, 19)
            })
        );
    }
}
