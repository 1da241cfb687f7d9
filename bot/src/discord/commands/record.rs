//! `/record`: what a person was asked and answered, for that person alone.

use crate::discord::bot::Bot;
use crate::discord::permissions::Asker;
use crate::discord::render::{held, record};
use crate::discord::reply::Reply;
use crate::prompts;
use crate::reconcile;
use crate::words::Voice;

/// Half a year of two questions a week.
const LAST: u64 = 52;

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> anyhow::Result<Reply> {
    let reader = bot.core.db.reader();
    let cycles = prompts::own_record(reader, asker.organisation.id, asker.member, LAST).await?;
    let ids: Vec<&str> = cycles.iter().map(|cycle| cycle.id.as_str()).collect();
    let said = prompts::said(reader, &ids).await?;
    let now = bot.core.clock.now();
    let held = reconcile::last_held(reader).await?;
    let pages = record::record(voice, &cycles, &said, now);
    Ok(Reply::Pages(held::tell(voice, pages, held)))
}
