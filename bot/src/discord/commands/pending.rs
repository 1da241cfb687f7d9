//! `/pending`: a manager's open questions, answerable from there.

use crate::discord::bot::Bot;
use crate::discord::permissions::Asker;
use crate::discord::render::record;
use crate::discord::reply::Reply;
use crate::prompts;
use crate::words::Voice;

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> anyhow::Result<Reply> {
    let now = bot.core.clock.now();
    let cycles = prompts::pending(bot.core.db.reader(), asker.organisation.id, asker.member, now).await?;
    Ok(Reply::Pages(record::pending(voice, &cycles, now)))
}
