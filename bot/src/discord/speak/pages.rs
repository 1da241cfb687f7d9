//! The reporter's side of a concern: what each mode promises, the steps to the form, the receipt, and the case as its
//! reporter sees it. Nothing here has `Debug`.

pub mod choose;
mod menus;
pub mod readers;
pub mod sent;
pub mod visit;

use serenity::all::{CreateButton, CreateEmbed, CreateModal, CreateSelectMenuOption};

use super::custom_id::{Chosen, Form, Press, Step};
use crate::concerns::{Closed, KeyHolder, KeySet, LONGEST, Mode};
use crate::config::Organisation;
use crate::discord::edge::component::{self, OPTION, OPTIONS, button, menu};
use crate::discord::edge::{Page, text};
use crate::words::Voice;

/// Maximum length in characters of an embed's description and of a field.
const DESCRIPTION: usize = 4_096;
const FIELD: usize = 1_024;
/// Characters of a case key's form: more than it has, because people write hyphens and blanks.
const KEY: u16 = 60;

/// The input of the forms.
pub const TEXT: &str = "text";

/// The word for a mode in phrases.
pub const fn mode_word(mode: Mode) -> &'static str {
    mode.word()
}

/// What the first page says.
pub struct First<'a> {
    pub organisation: &'a Organisation,
    pub keys: &'a KeySet,
    /// Where else people can go.
    pub way: Option<String>,
    /// Fewer people than these can be guessed.
    pub few: u64,
    /// How many could have written it, the reporter included; none if that is not known.
    pub people: Option<u64>,
    /// The message that it begins with.
    pub draft: Option<String>,
}

/// The modes with their promises, who reads, what is not protected, and the other way.
pub fn first(voice: Voice<'_>, first: &First<'_>) -> Page {
    let mut embeds = Vec::new();
    if let Some(people) = first.people.filter(|people| *people < first.few) {
        let warning = CreateEmbed::new().title(voice.concern_few_title());
        embeds.push(warning.description(voice.concern_few(people.saturating_sub(1) as i64)));
    }
    embeds.push(promises(voice, first.draft.is_some()));
    // The list comes last: if it is too long, it is cut off.
    let readers = format!("{}\n{}", voice.concern_readers(), list(voice, &first.keys.holders));
    embeds.push(
        CreateEmbed::new()
            .title(voice.concern_readers_title())
            .description(text::cut(&readers, DESCRIPTION / 2)),
    );
    embeds.push(
        CreateEmbed::new()
            .title(voice.concern_open_title())
            .description(voice.concern_open(first.few as i64))
            .field(voice.concern_way_title(), way(voice, first.way.as_deref()), false),
    );
    let page = Page {
        embeds,
        ..Page::default()
    };
    let modes = [Mode::Named, Mode::Confidential, Mode::Anonymous].map(|mode| {
        let keys = first.keys.fingerprint();
        let chosen = Chosen::new(first.organisation.id, mode, keys, first.draft.clone());
        let id = Press::Step(Step::Mode, chosen);
        button(&id, &voice.concern_button_mode(mode_word(mode)))
    });
    page.row(modes.into_iter().chain([key_button(voice)]).collect())
}

fn promises(voice: Voice<'_>, begins_with_message: bool) -> CreateEmbed {
    let mut intro = voice.concern_intro();
    if begins_with_message {
        intro = format!("{intro} {}", voice.concern_intro_message());
    }
    let mut embed = CreateEmbed::new().title(voice.concern_title()).description(intro);
    for mode in [Mode::Named, Mode::Confidential, Mode::Anonymous] {
        let word = mode_word(mode);
        embed = embed.field(voice.concern_mode(word), voice.concern_promise(word), false);
    }
    embed.field(voice.concern_sealed_title(), voice.concern_sealed(), false)
}

/// The other way as a sentence.
fn way(voice: Voice<'_>, way: Option<&str>) -> String {
    way.map_or_else(
        || voice.concern_way_none(),
        |way| text::cut(&voice.concern_way(way), FIELD),
    )
}

/// Handlers with the fingerprints of their keys and who keeps these, a line each.
fn list<'a>(voice: Voice<'_>, holders: impl IntoIterator<Item = &'a KeyHolder>) -> String {
    let line = |holder: &KeyHolder| {
        let person = text::mention(holder.member);
        voice.concern_reader(holder.custody.word(), holder.fingerprint(), person)
    };
    let lines: Vec<String> = holders.into_iter().map(line).collect();
    lines.join("\n")
}

/// In direct messages: which organisation.
pub fn places(voice: Voice<'_>, organisations: &[Organisation], draft: Option<String>) -> Page {
    let option = |organisation: &Organisation| {
        CreateSelectMenuOption::new(text::cut(&organisation.name, OPTION), organisation.id.to_string())
    };
    let options = organisations.iter().take(OPTIONS).map(option).collect();
    let mut page = Page::text(voice.concern_place());
    page.menus = vec![menu(&Press::Place(draft), options, &voice.concern_choose_place())];
    page.row(vec![key_button(voice)])
}

/// Why nothing is accepted, and where else to go. A case key still opens its case.
pub fn closed(voice: Voice<'_>, why: Closed, other: Option<&str>) -> Page {
    let why = match why {
        Closed::SwitchedOff => voice.concern_closed("off", 0, 0),
        Closed::FewerKeys { in_force, needed } => voice.concern_closed("keys", needed as i64, in_force as i64),
        Closed::KeysDoubtful => voice.concern_closed("doubtful", 0, 0),
    };
    Page::text(format!("{why}\n{}", way(voice, other))).row(vec![key_button(voice)])
}

/// What was chosen no longer fits.
pub fn changed(voice: Voice<'_>, draft: Option<String>) -> Page {
    Page::text(voice.concern_changed()).row(vec![start_button(voice, draft), key_button(voice)])
}

fn key_button(voice: Voice<'_>) -> CreateButton {
    button(&Press::Key, &voice.concern_button_key())
}

fn start_button(voice: Voice<'_>, draft: Option<String>) -> CreateButton {
    button(&Press::Start(draft), &voice.concern_button_start())
}

/// The form that takes the concern.
pub fn form(voice: Voice<'_>, chosen: &Chosen) -> CreateModal {
    let (label, hint) = (voice.modal_concern_label(), voice.modal_concern_hint());
    let input = component::paragraph(TEXT, &label, &hint, LONGEST as u16);
    component::modal(&Form::Sent(chosen.clone()), &voice.modal_concern_title(), vec![input])
}

/// The form that takes a case key.
pub fn key_form(voice: Voice<'_>) -> CreateModal {
    let input = component::line(TEXT, &voice.modal_key_label(), &voice.modal_key_hint(), KEY);
    component::modal(&Form::Opened, &voice.modal_key_title(), vec![input])
}

#[cfg(test)]
mod tests;
