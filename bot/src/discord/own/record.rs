//! `/record`: what a person was asked and answered, for that person alone, and a menu of the answers.

use std::collections::BTreeMap;

use serenity::all::{CreateSelectMenu, CreateSelectMenuOption};

use super::custom_id::Press;
use crate::clock::Millis;
use crate::discord::answers::custom_id::chosen;
use crate::discord::answers::mine::{Mine, mine};
use crate::discord::answers::said;
use crate::discord::edge::{Asker, Bot, Call, Page, Reply, component, dates, held, page, text};
use crate::prompts::{self, Cycle, Said, State};
use crate::reconcile;
use crate::words::Voice;

/// Half a year of two questions a week.
const LAST: u64 = 52;
/// Maximum number of messages of one reply.
const PAGES: usize = 5;

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> anyhow::Result<Reply> {
    let reader = bot.core.db.reader();
    let cycles = prompts::own_record(reader, asker.organisation.id, asker.member, LAST).await?;
    let ids: Vec<&str> = cycles.iter().map(|cycle| cycle.id.as_str()).collect();
    let said = prompts::said(reader, &ids).await?;
    let now = bot.core.clock.now();
    let held = reconcile::last_held(reader).await?;
    let pages = record(voice, &cycles, &said, now);
    Ok(Reply::Pages(held::tell(voice, pages, held)))
}

/// Something was chosen from the menu of `/record`.
pub async fn choose(bot: &Bot, call: &Call, values: &[String]) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let [value] = values else {
        return Ok(Reply::text(voice.refused_unknown()));
    };
    let Some(id) = chosen(value) else {
        return Ok(Reply::text(voice.refused_unknown()));
    };
    let now = bot.core.clock.now();
    Ok(match mine(bot, call, &id).await? {
        Err(reply) => reply,
        Ok(Mine {
            cycle,
            said: Some(said),
        }) => Reply::page(said::answer(voice, &cycle, &said, now)),
        Ok(Mine { said: None, .. }) => Reply::text(voice.refused_not_answered()),
    })
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
        last.menus.extend(menu(voice, cycles));
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
    // What was corrected shows as it is now; the instant of the answer stays.
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

/// The menu of answered questions, newest first; none if nothing was answered.
fn menu(voice: Voice<'_>, cycles: &[Cycle]) -> Option<CreateSelectMenu> {
    let answered = cycles.iter().filter(|cycle| cycle.answered_at.is_some());
    let options: Vec<_> = answered.map(|cycle| option(voice, cycle)).collect();
    if options.is_empty() {
        return None;
    }
    Some(component::menu(&Press::Answer, options, &voice.own_choose()))
}

fn option(voice: Voice<'_>, cycle: &Cycle) -> CreateSelectMenuOption {
    let (from, to) = dates::span(voice, cycle.period_start, cycle.period_end);
    let label = format!("{from} – {to}: {}", cycle.wording.question);
    component::option(&label, cycle.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Words};

    #[test]
    fn the_hint_of_the_menu_is_not_cut() {
        let words = Words::load();
        for language in Language::ALL {
            assert!(text::length(&words.voice(language).own_choose()) <= text::PLACEHOLDER);
        }
    }
}
