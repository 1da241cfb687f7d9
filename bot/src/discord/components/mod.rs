//! Buttons and forms: what a custom id names is looked up again, never trusted.

mod answer;
mod away;
mod case;
mod check;
pub(super) mod concern;
mod own;

use std::collections::BTreeMap;

use super::bot::Bot;
use super::call::Call;
use super::custom_id::{CustomId, CustomIdError};
use super::reply::Reply;
use crate::words::Voice;

/// A button was pressed, or something was chosen from a menu.
pub async fn press(bot: Bot, call: Call, custom_id: String, values: Vec<String>) -> anyhow::Result<Reply> {
    match custom_id.parse() {
        Ok(CustomId::Answer(ask)) => answer::open(&bot, &call, ask).await,
        Ok(CustomId::Amend(ask)) => own::open(&bot, &call, ask).await,
        Ok(CustomId::Own) => own::choose(&bot, &call, &values).await,
        Ok(CustomId::Receipt(cycle)) => own::receipt(&bot, &call, &cycle).await,
        Ok(CustomId::Correct(cycle)) => own::correct(&bot, &call, &cycle).await,
        Ok(CustomId::Retract(cycle)) => own::ask_to_retract(&bot, &call, &cycle).await,
        Ok(CustomId::Retracted(cycle)) => own::retract(&bot, &call, cycle).await,
        Ok(CustomId::Away(step)) => away::press(&bot, &call, step, &values).await,
        Ok(CustomId::Case(step)) => case::press(&bot, &call, step, &values).await,
        Ok(CustomId::Check(asked)) => check::answer(&bot, &call, &asked).await,
        // Forms are submitted, not pressed; concerns go their own way.
        Ok(CustomId::Detail(_) | CustomId::Amendment(_) | CustomId::Concern(_)) => {
            Ok(stale(bot.words.voice(call.language), CustomIdError::Malformed))
        }
        Err(error) => Ok(stale(bot.words.voice(call.language), error)),
    }
}

/// A form was sent.
pub async fn submit(
    bot: Bot,
    call: Call,
    custom_id: String,
    fields: BTreeMap<String, String>,
) -> anyhow::Result<Reply> {
    match custom_id.parse() {
        Ok(CustomId::Detail(ask)) => Ok(answer::record(&bot, &call, ask, &fields).await),
        Ok(CustomId::Amendment(ask)) => Ok(own::amend(&bot, &call, ask, &fields).await),
        Ok(CustomId::Away(step)) => away::submit(&bot, &call, step, &fields).await,
        Ok(CustomId::Case(step)) => Ok(case::submit(&bot, &call, step, &fields).await),
        Ok(
            CustomId::Answer(_)
            | CustomId::Amend(_)
            | CustomId::Own
            | CustomId::Receipt(_)
            | CustomId::Correct(_)
            | CustomId::Retract(_)
            | CustomId::Retracted(_)
            | CustomId::Concern(_)
            | CustomId::Check(_),
        ) => Ok(stale(bot.words.voice(call.language), CustomIdError::Malformed)),
        Err(error) => Ok(stale(bot.words.voice(call.language), error)),
    }
}

fn stale(voice: Voice<'_>, error: CustomIdError) -> Reply {
    Reply::text(match error {
        CustomIdError::OtherVersion => voice.refused_stale(),
        CustomIdError::Foreign | CustomIdError::Malformed => voice.refused_unknown(),
    })
}
