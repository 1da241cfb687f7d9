//! Looking at an own answer, and fetching the files that prove it.

use super::Own;
use crate::discord::bot::Bot;
use crate::discord::call::Call;
use crate::discord::custom_id::chosen;
use crate::discord::render::own as said;
use crate::discord::reply::Reply;
use crate::ids::CycleId;
use crate::prompts;

/// Entries of the log in one message: three files each, of at most ten.
const RECEIPTS: usize = 3;

/// Something was chosen from the menu of `/record`.
pub(in crate::discord::components) async fn choose(bot: &Bot, call: &Call, values: &[String]) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let [value] = values else {
        return Ok(Reply::text(voice.refused_unknown()));
    };
    let Some(id) = chosen(value) else {
        return Ok(Reply::text(voice.refused_unknown()));
    };
    let now = bot.core.clock.now();
    Ok(match super::own(bot, call, &id).await? {
        Err(reply) => reply,
        Ok(Own {
            cycle,
            said: Some(said),
        }) => Reply::page(said::answer(voice, &cycle, &said, now)),
        Ok(Own { said: None, .. }) => Reply::text(voice.refused_not_answered()),
    })
}

/// The files that prove what was said: the answer, and the newest of what continues it.
pub(in crate::discord::components) async fn receipt(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    if let Err(reply) = super::own(bot, call, id).await? {
        return Ok(reply);
    }
    let mut records = prompts::records(bot.core.db.reader(), id).await?;
    if records.is_empty() {
        return Ok(Reply::text(voice.refused_not_answered()));
    }
    let left = records.len().saturating_sub(RECEIPTS);
    records.drain(1..=left);
    let receipts = bot.prover.records(&records).await?;
    Ok(Reply::page(said::receipts(voice, &receipts, left)))
}
