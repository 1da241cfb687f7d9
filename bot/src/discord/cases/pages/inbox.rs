//! The cases that a handler may see, as a list with a menu.

use serenity::all::CreateSelectMenuOption;

use super::{who, with_menu};
use crate::clock::Millis;
use crate::concerns::{CaseLine, Inbox, urgency_word};
use crate::discord::cases::custom_id::Press;
use crate::discord::edge::component::{OPTIONS, menu, option};
use crate::discord::edge::page::pages;
use crate::discord::edge::{Page, dates, text};
use crate::ids::MemberId;
use crate::words::Voice;

/// Maximum number of messages of one list.
const PAGES: usize = 3;

/// Open cases, then those that can be opened again.
pub fn inbox(voice: Voice<'_>, inbox: &Inbox, reader: MemberId, now: Millis) -> Vec<Page> {
    let mut lines: Vec<String> = inbox.open.iter().map(|case| line(voice, case, reader)).collect();
    if !inbox.closed.is_empty() {
        lines.push(voice.case_inbox_closed(inbox.closed.len() as i64));
        lines.extend(inbox.closed.iter().map(|case| line(voice, case, reader)));
    }
    let mut title = voice.case_inbox(inbox.open.len() as i64, text::instant(now));
    if inbox.withheld > 0 {
        title = format!("{title}\n{}", voice.case_inbox_withheld(inbox.withheld as i64));
    }
    let (mut pages, left) = pages(&title, &lines, PAGES);
    if let Some(last) = pages.pop() {
        pages.push(last_page(voice, last, inbox, left));
    }
    pages
}

fn last_page(voice: Voice<'_>, mut page: Page, inbox: &Inbox, left: usize) -> Page {
    let all = inbox.open.iter().chain(&inbox.closed);
    let options: Vec<_> = all.map(entry).collect();
    let without = (inbox.open.len() + inbox.closed.len())
        .saturating_sub(OPTIONS)
        .max(left);
    if without > 0 {
        page.text.push('\n');
        page.text.push_str(&voice.case_inbox_rest(without as i64));
    }
    if options.is_empty() {
        return page;
    }
    with_menu(page, menu(&Press::Inbox, options, &voice.case_inbox_choose()))
}

fn entry(case: &CaseLine) -> CreateSelectMenuOption {
    let label = format!("{} · {}", case.number, case.category);
    option(&label, case.id.as_str())
}

fn line(voice: Voice<'_>, case: &CaseLine, reader: MemberId) -> String {
    let said = voice.case_line(
        case.number.to_string(),
        text::escape_line(&case.category),
        voice.case_state(case.state.word()),
        voice.case_urgency(urgency_word(case.urgency)),
        dates::day(voice, case.received_on),
        who(voice, case.handler, reader),
    );
    match case.next {
        Some((clock, at)) => format!("{said} · {}", voice.case_next(clock.word(), text::relative(at))),
        None => said,
    }
}
