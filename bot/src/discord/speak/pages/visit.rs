//! A case as its reporter sees it after coming back with the case key.

mod decided;

pub use decided::{acted, answered};

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serenity::all::{CreateButton, CreateEmbed, CreateModal};

use super::{DESCRIPTION, Page, TEXT, button, component, key_button, readers, start_button, text};
use crate::concerns::{CaseState, CaseView, EntryKind, Heard, LONGEST, VisitId};
use crate::discord::edge::dates;
use crate::discord::speak::custom_id::{Act, Form, Press, Visiting};
use crate::discord::wire::rest::File;
use crate::ids::MemberId;
use crate::words::Voice;

/// Room for what was said; the embed beside it holds the state.
const SAID: usize = 3_500;

/// The state, what was said, and what can be done. `note` says what has just happened.
pub fn case(voice: Voice<'_>, visit: &VisitId, view: &CaseView, about: &Shown<'_>) -> Page {
    let mut page = Page::text(about.note.clone().unwrap_or_default());
    page.embeds.push(state(voice, view, about.category));
    let (said, left) = conversation(voice, view);
    if !said.is_empty() {
        page.embeds.push(CreateEmbed::new().description(said));
    }
    if left > 0 {
        page.text = format!("{}\n{}", page.text, voice.visit_earlier(left as i64));
        page.files.push(whole(voice, view, about.names));
    }
    page.menus.extend(readers::leave_out(voice, visit, view, about.names));
    let page = page.row(buttons(voice, visit, view));
    match view.check {
        Some(_) => page.row(check_buttons(voice, visit)),
        None => page,
    }
}

/// What is shown beside the case itself.
pub struct Shown<'a> {
    pub note: Option<String>,
    /// The name of its category in the catalogue.
    pub category: &'a str,
    /// Handlers' names, for the file.
    pub names: &'a BTreeMap<MemberId, String>,
}

fn state(voice: Voice<'_>, view: &CaseView, category: &str) -> CreateEmbed {
    let due = match (view.first_reply_by, view.feedback_by) {
        (Some(day), _) => voice.visit_due("first", dates::day(voice, day)),
        (None, Some(day)) => voice.visit_due("feedback", dates::day(voice, day)),
        (None, None) => String::new(),
    };
    let state = format!("{} {due}", voice.visit_state(state_word(view.state)));
    let mut lines = vec![
        state.trim_end().to_owned(),
        voice.visit_received(dates::day(voice, view.received_on), category),
    ];
    lines.extend(view.handler.map(|handler| voice.visit_handler(text::mention(handler))));
    lines.extend(view.closed_on.map(|day| voice.visit_closed(dates::day(voice, day))));
    lines.extend(readers::line(voice, view));
    if view.wants_talk {
        lines.push(voice.visit_talk());
    }
    if view.withdrawn {
        lines.push(voice.visit_withdrawn());
    }
    if view.check.is_some() {
        lines.push(format!("**{}**", voice.visit_check(view.readers.audience().word())));
    }
    lines.push(format!("-# {}", voice.visit_no_record()));
    CreateEmbed::new()
        .title(voice.visit_title(view.number.to_string()))
        .description(text::cut(&lines.join("\n"), DESCRIPTION / 2))
}

const fn state_word(state: CaseState) -> &'static str {
    state.word()
}

/// Who said something, and when.
fn who(voice: Voice<'_>, heard: &Heard, person: String) -> String {
    let day = dates::day(voice, heard.on_day);
    let who = match heard.kind {
        EntryKind::Report | EntryKind::Addition => "you",
        EntryKind::Reply => "reply",
        EntryKind::Reason => "reason",
        EntryKind::Note | EntryKind::Notice => "notice",
    };
    voice.visit_said(who, day, person)
}

/// The newest entries that fit, in their order, and how many do not.
fn conversation(voice: Voice<'_>, view: &CaseView) -> (String, usize) {
    let mut shown: Vec<String> = Vec::new();
    let mut room = SAID;
    for heard in view.said.iter().rev() {
        let person = heard.handler.map(text::mention).unwrap_or_default();
        let entry = format!("**{}**\n{}", who(voice, heard, person), quoted(voice, heard));
        let length = text::length(&entry) + 2;
        match room.checked_sub(length) {
            Some(left) => room = left,
            None => break,
        }
        shown.push(entry);
    }
    shown.reverse();
    let left = view.said.len() - shown.len();
    (shown.join("\n\n"), left)
}

fn quoted(voice: Voice<'_>, heard: &Heard) -> String {
    let about = heard.about.iter().map(|about| text::quote(about.expose(), SAID));
    let said = match &heard.text {
        Some(said) => text::quote(said.expose(), SAID),
        None => voice.visit_unreadable(),
    };
    [said].into_iter().chain(about).collect::<Vec<_>>().join("\n")
}

/// Everything that was said, as a file.
fn whole(voice: Voice<'_>, view: &CaseView, names: &BTreeMap<MemberId, String>) -> File {
    let mut whole = String::new();
    for heard in &view.said {
        let name = heard.handler.and_then(|handler| names.get(&handler).cloned());
        let person = name
            .or(heard.handler.map(|handler| handler.to_string()))
            .unwrap_or_default();
        // Writing to a string does not fail.
        let _ = writeln!(whole, "{}", who(voice, heard, person));
        let _ = match &heard.text {
            Some(said) => writeln!(whole, "{}", said.expose()),
            None => writeln!(whole, "{}", voice.visit_unreadable()),
        };
        if let Some(about) = &heard.about {
            let _ = writeln!(whole, "{}", about.expose());
        }
        whole.push('\n');
    }
    File {
        name: format!("{}.txt", view.number),
        content: whole.into_bytes(),
    }
}

fn act(voice: Voice<'_>, visit: &VisitId, act: Act, word: &str) -> CreateButton {
    let id = Press::Visit(act, visit.as_str().to_owned());
    button(&id, &voice.visit_button(word))
}

fn buttons(voice: Voice<'_>, visit: &VisitId, view: &CaseView) -> Vec<CreateButton> {
    let closed = view.state.is_closed();
    let add = Press::Add(Visiting {
        visit: visit.as_str().to_owned(),
        readers: view.readers.fingerprint(),
    });
    let mut buttons = vec![button(&add, &voice.visit_button("add"))];
    if !view.wants_talk && !closed {
        buttons.push(act(voice, visit, Act::Talk, "talk"));
    }
    if !closed {
        buttons.push(act(voice, visit, Act::Close, "close"));
    }
    if view.may_reopen {
        buttons.push(act(voice, visit, Act::Reopen, "reopen"));
    }
    if !view.withdrawn && !closed {
        buttons.push(act(voice, visit, Act::Withdraw, "withdraw"));
    }
    buttons.push(act(voice, visit, Act::Proof, "proof"));
    buttons
}

/// The files that prove the report, and what they show.
pub fn proof(voice: Voice<'_>, visit: &VisitId, files: Vec<(String, Vec<u8>)>) -> Page {
    let back = Press::Visit(Act::Look, visit.as_str().to_owned());
    let files = files.into_iter().map(|(name, content)| File { name, content });
    Page {
        files: files.collect(),
        ..Page::text(voice.proof_files()).row(vec![button(&back, &voice.concern_button_back())])
    }
}

fn check_buttons(voice: Voice<'_>, visit: &VisitId) -> Vec<CreateButton> {
    [(Act::Fine, "fine"), (Act::Worse, "worse"), (Act::Unsaid, "unsaid")]
        .map(|(act, word)| {
            let id = Press::Visit(act, visit.as_str().to_owned());
            button(&id, &voice.visit_check_button(word))
        })
        .to_vec()
}

/// Asks once more before a case is withdrawn.
pub fn withdraw_sure(voice: Voice<'_>, visit: &VisitId) -> Page {
    let back = Press::Visit(Act::Look, visit.as_str().to_owned());
    Page::text(voice.visit_withdraw_sure()).row(vec![
        act(voice, visit, Act::Withdrawn, "withdrawn"),
        button(&back, &voice.concern_button_back()),
    ])
}

/// Why no case opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    NotAKey,
    NoSuchCase,
    /// Again after this time, in milliseconds.
    Wait(i64),
    Over,
    /// The case is withheld: its row was changed outside the program.
    Withheld,
}

pub fn outside(voice: Voice<'_>, why: Outside) -> Page {
    let sentence = match why {
        Outside::NotAKey => voice.visit_no_key(),
        Outside::NoSuchCase => voice.visit_none(),
        Outside::Wait(left) => voice.visit_wait(super::sent::minutes(left)),
        Outside::Over => voice.visit_over(),
        Outside::Withheld => voice.visit_doubtful(),
    };
    Page::text(sentence).row(vec![key_button(voice), start_button(voice, None)])
}

/// The form for more words.
pub fn add_form(voice: Voice<'_>, shown: Visiting) -> CreateModal {
    let (label, hint) = (voice.modal_add_label(), voice.modal_add_hint());
    let input = component::paragraph(TEXT, &label, &hint, LONGEST as u16);
    component::modal(&Form::Added(shown), &voice.modal_add_title(), vec![input])
}
