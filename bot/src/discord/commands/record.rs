//! `/record`: what a person was asked and answered, for that person alone.

use crate::discord::bot::Bot;
use crate::discord::permissions::Asker;
use crate::discord::render::record;
use crate::discord::reply::Reply;
use crate::prompts;
use crate::words::Voice;

/// Half a year of two questions a week.
const LAST: u64 = 52;

pub async fn run(bot: &Bot, voice: Voice<'_>, asker: &Asker) -> anyhow::Result<Reply> {
    let cycles = prompts::own_record(bot.asking.db.reader(), asker.organisation.id, asker.member, LAST).await?;
    Ok(Reply::Pages(record::record(voice, &cycles, bot.asking.clock.now())))
}
