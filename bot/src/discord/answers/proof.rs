//! Fetching the files that prove an answer.

use super::mine::mine;
use super::said;
use crate::discord::edge::{Bot, Call, Reply};
use crate::ids::CycleId;
use crate::prompts;

/// Entries of the log in one message: three files each, with at most ten files.
const RECEIPTS: usize = 3;

/// The files that prove what was said: the answer, and the newest of what continues it.
pub(super) async fn receipt(bot: &Bot, call: &Call, id: &CycleId) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    if let Err(reply) = mine(bot, call, id).await? {
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
