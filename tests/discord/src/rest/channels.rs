//! `/channels/{id}` and opening DMs.

use serde_json::Value;

use super::Call;
use super::answer::Answer;
use super::error::ApiError;
use crate::ids::{self, Id};
use crate::state::State;
use crate::state::guild::Channel;
use crate::state::permissions::{SEND_MESSAGES, VIEW_CHANNEL};

/// The channel, if it exists (10003) and the bot sees it (50001).
pub(crate) fn seen(state: &State, channel: Id, bot: Id) -> Result<&Channel, ApiError> {
    let channel = state.channels.get(&channel).ok_or_else(|| ApiError::of(10003))?;
    if state.permissions_in(channel, bot) & VIEW_CHANNEL == 0 {
        return Err(ApiError::of(50001));
    }
    Ok(channel)
}

pub(crate) fn get(state: &State, channel: Id, bot: Id) -> Result<Answer, ApiError> {
    Ok(Answer::json(state.channel_json(seen(state, channel, bot)?, bot)))
}

pub(crate) fn typing(state: &State, channel: Id, bot: Id) -> Result<Answer, ApiError> {
    let channel = seen(state, channel, bot)?;
    if state.permissions_in(channel, bot) & SEND_MESSAGES == 0 {
        return Err(ApiError::of(50013));
    }
    Ok(Answer::none())
}

/// Opens a DM, or gives the one there is.
pub(crate) fn open_dm(state: &mut State, call: &Call, bot: Id) -> Result<Answer, ApiError> {
    let recipient = match &call.json()["recipient_id"] {
        Value::Null => {
            return Err(ApiError::field(
                "recipient_id",
                "BASE_TYPE_REQUIRED",
                "This field is required",
            ));
        }
        value => ids::read(value).ok_or_else(|| {
            ApiError::field(
                "recipient_id",
                "NUMBER_TYPE_COERCE",
                &format!("Value {value} is not snowflake."),
            )
        })?,
    };
    let known = state.users.get(&recipient);
    if recipient == bot || known.is_none() {
        return Err(ApiError::of(50033));
    }
    if known.is_some_and(|user| user.bot) {
        return Err(ApiError {
            status: 400,
            ..ApiError::of(50007)
        });
    }
    if !state.dms.contains_key(&(bot, recipient)) {
        may_open(state, bot)?;
    }
    let id = state.open_dm(bot, recipient);
    let channel = state.channels.get(&id).ok_or_else(|| ApiError::of(10003))?;
    Ok(Answer::json(state.channel_json(channel, bot)))
}

fn may_open(state: &State, bot: Id) -> Result<(), ApiError> {
    match state.applications.get(&bot) {
        Some(app) if app.quarantined => Err(ApiError::of(20026)),
        Some(app) if app.opens_dms_too_fast => Err(ApiError::of(40003)),
        Some(_) | None => Ok(()),
    }
}
