//! `/guilds/...`: what a bot may read of a guild.

use std::ops::Bound;

use serde_json::{Value, json};

use super::answer::Answer;
use super::error::ApiError;
use super::{Call, path_id};
use crate::gateway::intents;
use crate::ids::{self, Id};
use crate::state::State;
use crate::state::guild::{Guild, Role};
use crate::state::permissions;

/// The guild, if it exists (10004) and the bot is in it (50001).
fn seen(state: &State, guild: Id, bot: Id) -> Result<&Guild, ApiError> {
    let guild = state.guilds.get(&guild).ok_or_else(|| ApiError::of(10004))?;
    if guild.members.contains_key(&bot) {
        Ok(guild)
    } else {
        Err(ApiError::of(50001))
    }
}

pub(crate) fn get(state: &State, call: &Call, guild: Id, bot: Id) -> Result<Answer, ApiError> {
    let guild = seen(state, guild, bot)?;
    let mut json = guild.json();
    if call.switch("with_counts") {
        json["approximate_member_count"] = json!(guild.members.len());
        json["approximate_presence_count"] = json!(1);
    }
    Ok(Answer::json(json))
}

pub(crate) fn mine(state: &State, bot: Id) -> Answer {
    let guilds = state.users.get(&bot).into_iter().flat_map(|user| &user.guilds);
    let list = guilds.filter_map(|id| state.guilds.get(id)).map(|guild| {
        json!({
            "id": ids::text(guild.id), "name": guild.name, "icon": null, "banner": null, "owner": guild.owner == bot,
            "permissions": permissions::in_guild(guild, bot).to_string(), "features": [],
        })
    });
    Answer::json(list.collect())
}

pub(crate) fn channels(state: &State, guild: Id, bot: Id) -> Result<Answer, ApiError> {
    let guild = seen(state, guild, bot)?;
    let list = guild.channels.iter().filter_map(|id| state.channels.get(id));
    Ok(Answer::json(
        list.map(|channel| state.channel_json(channel, bot)).collect(),
    ))
}

pub(crate) fn roles(state: &State, guild: Id, bot: Id) -> Result<Answer, ApiError> {
    Ok(Answer::json(
        seen(state, guild, bot)?.roles.values().map(Role::json).collect(),
    ))
}

pub(crate) fn member(state: &State, guild: Id, user: Id, bot: Id) -> Result<Answer, ApiError> {
    let guild = seen(state, guild, bot)?;
    if !state.users.contains_key(&user) {
        return Err(ApiError::of(10013));
    }
    state
        .member_json(guild, user)
        .map(Answer::json)
        .ok_or_else(|| ApiError::of(10007))
}

/// The whole list needs the privileged intent, switched on in the developer portal.
pub(crate) fn members(state: &State, call: &Call, guild: Id, bot: Id) -> Result<Answer, ApiError> {
    let guild = seen(state, guild, bot)?;
    let allowed = state
        .applications
        .get(&bot)
        .is_some_and(|app| app.privileged & intents::GUILD_MEMBERS != 0);
    if !allowed {
        return Err(ApiError::of(50001));
    }
    let limit = limit(call)?;
    let after = call
        .parameter("after")
        .map(|text| path_id(text, "after"))
        .transpose()?
        .unwrap_or(0);
    let page = guild
        .members
        .range((Bound::Excluded(after), Bound::Unbounded))
        .take(limit.min(state.settings.member_page));
    let list: Vec<Value> = page.filter_map(|(user, _)| state.member_json(guild, *user)).collect();
    Ok(Answer::json(Value::Array(list)))
}

fn limit(call: &Call) -> Result<usize, ApiError> {
    let wrong = || ApiError::field("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 1000.");
    call.parameter("limit").map_or(Ok(1), |text| {
        text.parse()
            .ok()
            .filter(|limit| (1..=1000).contains(limit))
            .ok_or_else(wrong)
    })
}

/// Members whose name or nickname begins with a text. Needs no intent.
pub(crate) fn search(state: &State, call: &Call, guild: Id, bot: Id) -> Result<Answer, ApiError> {
    let guild = seen(state, guild, bot)?;
    let wanted = call.parameter("query").filter(|text| !text.is_empty());
    let wanted = wanted
        .ok_or_else(|| ApiError::field("query", "BASE_TYPE_REQUIRED", "This field is required"))?
        .to_lowercase();
    let begins = |member: &Value| {
        let names = [
            &member["nick"],
            &member["user"]["username"],
            &member["user"]["global_name"],
        ];
        let mut names = names.into_iter().filter_map(Value::as_str);
        names.any(|name| name.to_lowercase().starts_with(&wanted))
    };
    let members = guild.members.keys().filter_map(|user| state.member_json(guild, *user));
    let found: Vec<Value> = members.filter(begins).take(limit(call)?).collect();
    Ok(Answer::json(Value::Array(found)))
}
