//! A person's own questions: what is open, and what was.

use std::collections::BTreeMap;

use super::prompt::Question;
use super::{Page, dates, own, page, text};
use crate::clock::Millis;
use crate::prompts::{Cycle, Said, State};
use crate::words::Voice;

/// Most messages of one reply.
const PAGES: usize = 5;

/// The open questions, each with its buttons.
pub fn pending(voice: Voice<'_>, cycles: &[Cycle], now: Millis) -> Vec<Page> {
    let mut title = voice.pending_title(cycles.len() as i64);
    let mut pages = Vec::new();
    for cycle in cycles.iter().take(PAGES) {
        let question = Question::of(cycle, now);
        let mut body = question.text(voice);
        if pages.is_empty() {
            body = format!("{}\n\n{body}", std::mem::take(&mut title));
        }
        pages.push(Page::text(body).row(question.buttons()));
    }
    let Some(last) = pages.last_mut() else {
        return vec![title.into()];
    };
    if cycles.len() > PAGES {
        last.text.push_str("\n\n");
        last.text.push_str(&voice.pending_rest((cycles.len() - PAGES) as i64));
    }
    pages
}

/// The last questions, newest first, with what was said about them, and a menu of those that were answered.
pub fn record(voice: Voice<'_>, cycles: &[Cycle], said: &BTreeMap<String, Said>, now: Millis) -> Vec<Page> {
    let title = |count: usize| voice.record_title(count as i64, text::instant(now));
    let lines: Vec<String> = cycles
        .iter()
        .map(|cycle| line(voice, cycle, said.get(cycle.id.as_str()), now))
        .collect();
    let mut pages = listed(&lines, title);
    if let Some(last) = pages.last_mut() {
        last.menus.extend(own::menu(voice, cycles));
    }
    pages
}

fn listed(lines: &[String], title: impl Fn(usize) -> String) -> Vec<Page> {
    match page::pages(&title(lines.len()), lines, PAGES) {
        (pages, 0) => pages,
        // The title counts what is shown.
        (_, left) => {
            let shown = lines.len() - left;
            page::pages(&title(shown), &lines[..shown], PAGES).0
        }
    }
}

fn line(voice: Voice<'_>, cycle: &Cycle, said: Option<&Said>, now: Millis) -> String {
    let (from, to) = dates::span(voice, cycle.period_start, cycle.period_end);
    // What was corrected shows as it holds now; when it was answered stays.
    let label = said
        .and_then(Said::choice)
        .or(cycle.choice)
        .map(|choice| cycle.wording.label(choice))
        .unwrap_or_default();
    let (state, at) = match cycle.state {
        State::Open if now < cycle.opens_at => ("scheduled", cycle.opens_at),
        State::Open => ("open", cycle.due_at),
        State::Answered if cycle.is_withdrawn() => ("withdrawn", cycle.due_at),
        State::Answered if said.is_some_and(Said::is_erased) || cycle.choice.is_none() => {
            ("erased", cycle.answered_at.unwrap_or(cycle.due_at))
        }
        State::Answered => {
            let at = cycle.answered_at.unwrap_or(cycle.due_at);
            (if cycle.is_late(at) { "late" } else { "on-time" }, at)
        }
        State::Missed => ("missed", cycle.closes_at),
        State::Excused if cycle.reason.as_deref() == Some(Cycle::OUTAGE) => ("outage", cycle.due_at),
        State::Excused => ("excused", cycle.due_at),
        State::Cancelled if cycle.reason.as_deref() == Some(Cycle::LOAD) => ("not-asked", cycle.due_at),
        State::Cancelled if cycle.reason.as_deref() == Some(Cycle::REMOVED) => ("removed", cycle.due_at),
        State::Cancelled => ("cancelled", cycle.due_at),
        State::Undelivered => ("undelivered", cycle.due_at),
    };
    let state = voice.record_state(state, label, text::instant(at));
    voice.record_line(format!("{from} – {to}"), cycle.wording.question.as_str(), state)
}
