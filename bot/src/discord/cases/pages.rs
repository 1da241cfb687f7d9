//! The handlers' side of concerns: what they see of cases and keys, and what they are told.

pub mod drill;
mod entries;
pub mod form;
mod inbox;
pub mod keys;
pub mod outcome;
mod overview;
pub mod say;

pub use entries::{opened, sealed};
pub use inbox::inbox;
pub use overview::{conflict_sure, give, overview, status};

use serenity::all::{CreateButton, CreateSelectMenu};

use super::custom_id::{CaseAct, CaseForm, Form, Press};
use crate::discord::edge::component::button;
use crate::discord::edge::{Page, text};
use crate::ids::{CaseId, MemberId};
use crate::words::Voice;

/// A button that does something with a case.
fn act(case: &CaseId, act: CaseAct, label: &str) -> CreateButton {
    button(&Press::On(case.clone(), act), label)
}

/// A button that opens a form about a case.
fn open(case: &CaseId, form: CaseForm, label: &str) -> CreateButton {
    button(&Press::Open(Form::On(case.clone(), form)), label)
}

/// Leads back to the case.
fn way_on(voice: Voice<'_>, case: &CaseId) -> CreateButton {
    act(case, CaseAct::Show, &voice.case_way_on())
}

fn with_menu(mut page: Page, menu: CreateSelectMenu) -> Page {
    page.menus.push(menu);
    page
}

/// Who has a case, as its reader sees it.
fn who(voice: Voice<'_>, handler: Option<MemberId>, reader: MemberId) -> String {
    match handler {
        None => voice.case_who("nobody", ""),
        Some(handler) if handler == reader => voice.case_who("you", ""),
        Some(handler) => voice.case_who("other", text::mention(handler)),
    }
}

/// A person, or that nobody is known.
fn person(member: Option<MemberId>) -> String {
    member.map(text::mention).unwrap_or_default()
}

fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}
