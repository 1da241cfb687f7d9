//! The buttons below the question whether anything got worse since a case was closed.

use super::custom_id::Asked;
use crate::concerns::{self, CheckOutcome};
use crate::discord::edge::{Bot, Call, Reply};

/// Notes the answer of the person who was asked.
pub(super) async fn answer(bot: &Bot, call: &Call, asked: &Asked) -> anyhow::Result<Reply> {
    let voice = bot.words.voice(call.language);
    let outcome = concerns::answer_back(&bot.desk, &asked.case, call.member, asked.after, asked.answer).await?;
    Ok(Reply::text(match outcome {
        CheckOutcome::Noted(audience) => voice.check_thanks(asked.answer.word(), audience.word()),
        CheckOutcome::Withheld => voice.visit_doubtful(),
        // Somebody else's question and one that is no longer kept look the same to the person who asks.
        CheckOutcome::Over | CheckOutcome::NotYours => voice.check_over(),
    }))
}
