//! How a reply to the reporter begins: the catalogue's templates, with what is known filled in.

use std::collections::BTreeMap;

use super::{way_on, with_menu};
use crate::catalogue::{ConcernTemplate, TemplateKind};
use crate::civil;
use crate::clock::Millis;
use crate::concerns::Overview;
use crate::discord::cases::custom_id::{CaseAct, Press};
use crate::discord::edge::component::{self, OPTION, option};
use crate::discord::edge::{Page, dates, text};
use crate::words::Voice;

/// What a menu says instead of a template's id.
pub const FREE: &str = "free";
pub const FREE_FEEDBACK: &str = "free-feedback";

/// The templates to begin with, and one's own words.
pub fn menu(voice: Voice<'_>, seen: &Overview, templates: &[ConcernTemplate]) -> Page {
    let case = &seen.case;
    let mut options = vec![
        option(&voice.case_say_free(), FREE),
        option(&voice.case_say_free_feedback(), FREE_FEEDBACK),
    ];
    // Templates for the receipt are left out: the program itself has said that by then.
    let own = templates
        .iter()
        .filter(|template| template.kind != TemplateKind::Acknowledge);
    options.extend(own.map(|template| {
        let kind = voice.case_say_kind(word(template.kind));
        let label = format!("{kind}: {}", template.id);
        option(&label, template.id.as_str()).description(text::cut(&template.text, OPTION))
    }));
    let id = Press::On(case.id.clone(), CaseAct::Say);
    let menu = component::menu(&id, options, &voice.case_say_choose());
    with_menu(Page::text(voice.case_say(case.number.to_string())), menu).row(vec![way_on(voice, &case.id)])
}

const fn word(kind: TemplateKind) -> &'static str {
    match kind {
        TemplateKind::Acknowledge => "acknowledge",
        TemplateKind::Ask => "ask",
        TemplateKind::Update => "update",
        TemplateKind::Feedback => "feedback",
        TemplateKind::Close => "close",
        TemplateKind::Protect => "protect",
        TemplateKind::Repair => "repair",
    }
}

/// What is known for the places of a template. A date that has passed is not: a new one must be promised.
pub fn facts(voice: Voice<'_>, seen: &Overview, other_way: Option<String>, now: Millis) -> BTreeMap<String, String> {
    let case = &seen.case;
    let day = |at: Millis| dates::day(voice, civil::local(at, &seen.zone).date());
    let mut facts = BTreeMap::from([
        ("case".to_owned(), case.number.to_string()),
        ("received".to_owned(), dates::day(voice, case.received_on)),
    ]);
    if seen.first_reply_due > now {
        facts.insert("first_word_by".to_owned(), day(seen.first_reply_due));
    }
    if let Some(due) = seen.feedback_due.filter(|due| *due > now) {
        facts.insert("feedback_by".to_owned(), day(due));
    }
    if let Some(way) = other_way {
        facts.insert("other_way".to_owned(), way);
    }
    facts
}
