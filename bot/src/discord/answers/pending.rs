//! `/pending`: a manager's open questions, answerable from there.

use super::Question;
use crate::clock::Millis;
use crate::discord::edge::{Asker, Bot, Page, Reply};
use crate::prompts::{self, Cycle};
use crate::words::Voice;

/// Maximum number of messages of one reply.
const PAGES: usize = 5;

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> anyhow::Result<Reply> {
    let now = bot.core.clock.now();
    let cycles = prompts::pending(bot.core.db.reader(), asker.organisation.id, asker.member, now).await?;
    Ok(Reply::Pages(pending(voice, &cycles, now)))
}

/// The open questions, each with its buttons.
fn pending(voice: Voice<'_>, cycles: &[Cycle], now: Millis) -> Vec<Page> {
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
