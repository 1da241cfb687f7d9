//! The forms of the handlers' side.

use std::collections::BTreeMap;

use serenity::all::{CreateInputText, CreateModal};

use super::way_on;
use crate::concerns::keys::SHORTEST_PASSPHRASE;
use crate::concerns::{CaseState, template};
use crate::discord::cases::custom_id::{CaseForm, Form, KeyForm, Press};
use crate::discord::edge::component::{button, line, modal, paragraph};
use crate::discord::edge::{Page, text};
use crate::discord::wire::rest::File;
use crate::ids::CaseId;
use crate::words::Voice;

/// Names of the inputs.
pub const TEXT: &str = "text";
pub const AGAIN: &str = "again";
/// Begins the names of inputs that fill a place of a template.
const FILL: &str = "fill.";
/// Maximum length in characters of what a handler writes.
const LONG: u16 = 4_000;
/// Maximum length in characters of what fills one place.
const PLACE: u16 = 1_000;
/// Maximum length in characters of a passphrase or a key.
const SHORT: u16 = 200;
/// Maximum number of inputs that fill places: a form has five rows.
const PLACES: usize = 4;
/// Room for what was typed beside the sentence about it.
const OWN_TEXT: usize = 1_500;

/// A note that only handlers read.
pub fn note(voice: Voice<'_>, case: &CaseId) -> CreateModal {
    let input = long(&voice.modal_case_note_label(), &voice.modal_case_note_hint());
    on(case, CaseForm::Note, &voice.modal_case_note_title(), input)
}

/// Why a case moves on.
pub fn settle(voice: Voice<'_>, case: &CaseId, to: CaseState) -> CreateModal {
    let input = long(&voice.modal_case_move_label(), &voice.modal_case_move_hint());
    on(case, CaseForm::Move(to), &voice.modal_case_move_title(to.word()), input)
}

/// Why an identity should be opened.
pub fn unseal(voice: Voice<'_>, case: &CaseId) -> CreateModal {
    let input = long(&voice.modal_case_unseal_label(), &voice.modal_case_unseal_hint());
    on(case, CaseForm::Unseal, &voice.modal_case_unseal_title(), input)
}

/// What handlers read in a drill.
pub fn drill(voice: Voice<'_>, category: &str) -> CreateModal {
    let input = long(&voice.modal_drill_label(), &voice.modal_drill_hint());
    modal(
        &Form::Drill(category.to_owned()),
        &voice.modal_drill_title(),
        vec![input],
    )
}

/// The form of a reply to the reporter: what fills the places of the text that it begins with, and the text itself.
pub fn fill(voice: Voice<'_>, id: &Form, number: &str, start: &str) -> CreateModal {
    let mut inputs: Vec<CreateInputText> = template::places(start)
        .into_iter()
        .take(PLACES)
        .map(|place| {
            let (label, hint) = (
                voice.modal_case_fill(place),
                voice.modal_case_fill_hint(format!("{{{place}}}")),
            );
            line(format!("{FILL}{place}"), &label, &hint, PLACE)
        })
        .collect();
    let words = long(&voice.modal_case_say_label(), &voice.modal_case_say_hint());
    inputs.push(if start.is_empty() {
        words
    } else {
        words.value(text::cut(start, usize::from(LONG)))
    });
    modal(id, &voice.modal_case_say_title(number), inputs)
}

/// What was typed for the places, by their names.
pub fn read_fill(fields: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let places = fields.iter().filter_map(|(name, typed)| {
        let place = name.strip_prefix(FILL)?;
        Some((place.to_owned(), typed.trim().to_owned()))
    });
    places.filter(|(_, typed)| !typed.is_empty()).collect()
}

/// A new passphrase, twice.
pub fn passphrases(voice: Voice<'_>) -> CreateModal {
    let first = short(TEXT, &voice.modal_case_passphrase_label(), &hint(voice));
    let again = short(AGAIN, &voice.modal_case_again_label(), &hint(voice));
    let id = Form::Key(KeyForm::Keep);
    modal(&id, &voice.button_keys_keep(), vec![first, again])
}

/// The passphrase of a kept key.
pub fn unlock(voice: Voice<'_>, case: &CaseId) -> CreateModal {
    let input = short(TEXT, &voice.modal_case_passphrase_label(), &hint(voice));
    on(case, CaseForm::Unlock, &voice.modal_case_unlock_title(), input)
}

fn hint(voice: Voice<'_>) -> String {
    voice.modal_case_passphrase_hint(SHORTEST_PASSPHRASE as i64)
}

/// A recipient of one's own.
pub fn own_key(voice: Voice<'_>) -> CreateModal {
    let input = short(TEXT, &voice.modal_case_own_label(), &voice.modal_case_own_hint());
    modal(&Form::Key(KeyForm::Own), &voice.modal_case_own_title(), vec![input])
}

/// The number of another case.
pub fn join(voice: Voice<'_>, case: &CaseId) -> CreateModal {
    let input = short(TEXT, &voice.modal_case_join_label(), &voice.modal_case_join_hint());
    on(case, CaseForm::Join, &voice.modal_case_join_title(), input)
}

/// What was typed, returned with the reason why it is not accepted, and the button that opens the form again.
pub fn again(voice: Voice<'_>, form: &Form, why: &str, typed: &str) -> Page {
    let mut row = vec![button(&Press::Open(form.clone()), &voice.button_case_again())];
    if let Form::On(case, _) = form {
        row.push(way_on(voice, case));
    }
    handed_back(Page::text(why), typed).row(row)
}

/// A page with what was typed: quoted, or as a file if it does not fit.
pub fn handed_back(mut page: Page, typed: &str) -> Page {
    let typed = typed.trim();
    if typed.is_empty() {
        return page;
    }
    let quoted = text::quote(typed, usize::MAX);
    if text::length(&quoted) <= OWN_TEXT {
        page.text = format!("{}\n{quoted}", page.text);
    } else {
        page.files.push(File {
            name: "text.txt".to_owned(),
            content: typed.as_bytes().to_vec(),
        });
    }
    page
}

/// Something that could not be stored: what was typed comes back with a reference to the log.
pub fn lost(voice: Voice<'_>, form: &Form, reference: String, typed: &str) -> Page {
    again(voice, form, &voice.refused_case_lost(reference), typed)
}

fn on(case: &CaseId, form: CaseForm, title: &str, input: CreateInputText) -> CreateModal {
    modal(&Form::On(case.clone(), form), title, vec![input])
}

fn long(label: &str, hint: &str) -> CreateInputText {
    paragraph(TEXT, label, hint, LONG)
}

fn short(name: &str, label: &str, hint: &str) -> CreateInputText {
    line(name, label, hint, SHORT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{self, CatalogueSource};
    use crate::words::{Language, Words};

    fn all(voice: Voice<'_>) -> Vec<CreateModal> {
        let case = CaseId::new("c".repeat(32));
        let catalogue = catalogue::load(&CatalogueSource::BuiltIn).unwrap_or_else(|problems| panic!("{problems}"));
        let mut forms = vec![
            passphrases(voice),
            unlock(voice, &case),
            own_key(voice),
            join(voice, &case),
            note(voice, &case),
            unseal(voice, &case),
            drill(voice, "mistake"),
        ];
        forms.extend(CaseState::ALL.iter().map(|state| settle(voice, &case, *state)));
        forms.extend(catalogue.concern_templates.iter().map(|known| {
            let facts = BTreeMap::from([("case".to_owned(), "K7Q-2MX".to_owned())]);
            let form = Form::On(case.clone(), CaseForm::Say(known.id.clone()));
            fill(voice, &form, "K7Q-2MX", &template::fill(&known.text, &facts))
        }));
        forms
    }

    #[test]
    fn forms_keep_discords_limits_uncut_in_every_language() {
        let words = Words::load();
        for language in Language::ALL {
            for modal in all(words.voice(language)) {
                let body = serde_json::to_value(modal).expect("it serialises");
                assert!(!body.to_string().contains('…'), "{body}");
                let rows = body["components"].as_array().expect("rows");
                assert!((1..=5).contains(&rows.len()), "{body}");
            }
        }
    }

    #[test]
    fn what_fills_places_is_read_by_their_names() {
        let fields = BTreeMap::from([
            ("fill.reason".to_owned(), " because ".to_owned()),
            ("fill.change".to_owned(), "  ".to_owned()),
            ("text".to_owned(), "x".to_owned()),
        ]);
        let filled = BTreeMap::from([("reason".to_owned(), "because".to_owned())]);
        assert_eq!(read_fill(&fields), filled);
    }
}
