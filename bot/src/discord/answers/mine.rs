//! A question that somebody was asked, with what they said about it.

use crate::core::Decided;
use crate::discord::edge::{Bot, Call, Reply};
use crate::ids::CycleId;
use crate::prompts::{self, Cycle, Said};

/// A question with what this person said about it.
pub struct Mine {
    pub cycle: Cycle,
    pub said: Option<Said>,
}

/// The cycle, if it is this person's own; otherwise what to say instead.
pub async fn mine(bot: &Bot, call: &Call, id: &CycleId) -> Decided<Mine, Reply> {
    let voice = bot.words.voice(call.language);
    let reader = bot.core.db.reader();
    let Some(cycle) = prompts::cycle(reader, id).await? else {
        return Ok(Err(Reply::text(voice.refused_unknown())));
    };
    if cycle.member != call.member {
        return Ok(Err(Reply::text(voice.refused_not_yours())));
    }
    let said = prompts::said(reader, &[id.as_str()]).await?.remove(id.as_str());
    Ok(Ok(Mine { cycle, said }))
}
