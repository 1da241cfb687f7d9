//! `/channels/{id}/messages`: create with nonce, read, edit, delete.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::answer::Answer;
use super::body::{MOST_FILE_BYTES, Upload};
use super::channels::seen;
use super::error::ApiError;
use super::{Call, path_id};
use crate::ids::{self, Id};
use crate::state::State;
use crate::state::guild::Channel;
use crate::state::message::{EPHEMERAL, Stored, blank};
use crate::state::permissions::{ATTACH_FILES, EMBED_LINKS, READ_MESSAGE_HISTORY, SEND_MESSAGES};
use crate::state::user::DmPolicy;
use crate::validate::message::{self as rules, COMPONENTS_V2, SUPPRESS_EMBEDS, Use, given};

pub(crate) fn create(state: &mut State, call: &Call, channel: Id, bot: Id) -> Result<Answer, ApiError> {
    let body = call.json();
    let place = seen(state, channel, bot)?;
    rules::check(body, "", call.files.len(), Use::Create)?;
    small_enough(&call.files)?;
    may_write(state, place, body, &call.files, bot)?;
    let nonce = nonce_text(body).filter(|_| body["enforce_nonce"].as_bool() == Some(true));
    if let Some(nonce) = &nonce
        && let Some(same) = remembered(state, bot, nonce)
    {
        return Ok(Answer::json(same));
    }
    let id = write(
        state,
        &Draft {
            channel,
            author: bot,
            body,
            files: &call.files,
        },
    )?;
    if let Some(nonce) = nonce {
        let now = state.now();
        state.nonces.insert((bot, nonce), (id, now));
    }
    Ok(Answer::json(
        state
            .messages
            .get(&id)
            .map(|message| message.json.clone())
            .unwrap_or_default(),
    ))
}

/// The message this author made with the same nonce in the past few minutes.
fn remembered(state: &State, author: Id, nonce: &str) -> Option<Value> {
    let (id, made) = state.nonces.get(&(author, nonce.to_owned()))?;
    let fresh = state.now() - made < state.settings.nonce_window_ms;
    state
        .messages
        .get(id)
        .filter(|_| fresh)
        .map(|message| message.json.clone())
}

fn nonce_text(body: &Value) -> Option<String> {
    match &body["nonce"] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

pub(crate) fn small_enough(files: &[Upload]) -> Result<(), ApiError> {
    if files.iter().any(|file| file.bytes.len() > MOST_FILE_BYTES) {
        Err(ApiError::of(40005))
    } else {
        Ok(())
    }
}

/// Whether the bot may write this here.
fn may_write(state: &State, channel: &Channel, body: &Value, files: &[Upload], bot: Id) -> Result<(), ApiError> {
    if channel.guild.is_none() {
        return may_write_to_person(state, channel, bot);
    }
    let held = state.permissions_in(channel, bot);
    let mut needed = SEND_MESSAGES;
    if given(&body["embeds"]) {
        needed |= EMBED_LINKS;
    }
    if !files.is_empty() {
        needed |= ATTACH_FILES;
    }
    if held & needed != needed {
        return Err(ApiError::of(50013));
    }
    if !body["message_reference"].is_null() && held & READ_MESSAGE_HISTORY == 0 {
        return Err(ApiError::of(160_002));
    }
    Ok(())
}

fn may_write_to_person(state: &State, channel: &Channel, bot: Id) -> Result<(), ApiError> {
    let person = channel
        .other(bot)
        .and_then(|user| state.users.get(&user))
        .ok_or_else(|| ApiError::of(50007))?;
    match person.dm_policy {
        DmPolicy::Refuses50007 => return Err(ApiError::of(50007)),
        DmPolicy::NoMutualGuild50278 => return Err(ApiError::of(50278)),
        DmPolicy::Open => {}
    }
    if !state.share_a_guild(bot, person.id) {
        return Err(ApiError::of(50278));
    }
    let quarantined = state.applications.get(&bot).is_some_and(|app| app.quarantined);
    if quarantined && channel.messages.is_empty() {
        Err(ApiError::of(20026))
    } else {
        Ok(())
    }
}

/// A message about to be made out of a request's body.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) channel: Id,
    pub(crate) author: Id,
    pub(crate) body: &'a Value,
    pub(crate) files: &'a [Upload],
}

/// Makes a plain message and publishes it.
pub(crate) fn write(state: &mut State, draft: &Draft<'_>) -> Result<Id, ApiError> {
    let reply = reference(state, draft)?;
    let mut json = new_json(state, draft);
    if let Some((reference, original)) = reply {
        json["type"] = json!(19);
        json["message_reference"] = reference;
        json["referenced_message"] = original;
    }
    Ok(state.publish(Stored {
        channel: draft.channel,
        author: draft.author,
        json,
        only_for: None,
        deleted: false,
    }))
}

/// The object of a message not yet published.
pub(crate) fn new_json(state: &mut State, draft: &Draft<'_>) -> Value {
    let (id, now) = (state.new_id(), state.now());
    let mut json = blank(id, draft.channel, &state.user_json(draft.author), now);
    for key in ["nonce", "tts"] {
        if !draft.body[key].is_null() {
            json[key] = draft.body[key].clone();
        }
    }
    let flags = draft.body["flags"].as_u64().unwrap_or(0);
    json["flags"] = json!(flags & (SUPPRESS_EMBEDS | EPHEMERAL | COMPONENTS_V2 | (1 << 12)));
    fill(state, &mut json, draft.body, draft.files);
    json
}

fn reference(state: &State, draft: &Draft<'_>) -> Result<Option<(Value, Value)>, ApiError> {
    let reference = &draft.body["message_reference"];
    let Some(id) = ids::read(&reference["message_id"]) else {
        return Ok(None);
    };
    let found = state
        .messages
        .get(&id)
        .filter(|message| message.channel == draft.channel && !message.deleted);
    match found {
        Some(message) => {
            let guild = state.channels.get(&draft.channel).and_then(|channel| channel.guild);
            let mut json = json!({"type": 0, "channel_id": ids::text(draft.channel), "message_id": ids::text(id)});
            if let Some(guild) = guild {
                json["guild_id"] = ids::text(guild);
            }
            Ok(Some((json, message.json.clone())))
        }
        None if reference["fail_if_not_exists"].as_bool() == Some(false) => Ok(None),
        None => Err(ApiError::field(
            "message_reference",
            "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
            "Unknown message",
        )),
    }
}

/// Writes the given fields of a body into a message object, as create and edit do.
pub(crate) fn fill(state: &mut State, json: &mut Value, body: &Value, files: &[Upload]) {
    if let Some(fields) = body.as_object() {
        if let Some(content) = fields.get("content") {
            json["content"] = json!(content.as_str().unwrap_or(""));
        }
        for key in ["embeds", "components", "poll"] {
            match fields.get(key) {
                Some(Value::Null) => json[key] = json!([]),
                Some(list) => json[key] = list.clone(),
                None => {}
            }
        }
    }
    for embed in json["embeds"].as_array_mut().into_iter().flatten() {
        embed["type"] = json!("rich");
    }
    let (users, everyone) = mentioned(state, json["content"].as_str().unwrap_or(""), &body["allowed_mentions"]);
    json["mentions"] = users;
    json["mention_everyone"] = json!(everyone);
    attach(state, json, body, files);
}

/// Users a content mentions and `allowed_mentions` lets through.
fn mentioned(state: &State, content: &str, allowed: &Value) -> (Value, bool) {
    let parses = |kind: &str| {
        allowed.is_null()
            || allowed["parse"]
                .as_array()
                .is_some_and(|list| list.iter().any(|entry| entry == kind))
    };
    let listed: BTreeSet<Id> = allowed["users"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(ids::read)
        .collect();
    let named = content.split("<@").skip(1).filter_map(|part| {
        let id = part.trim_start_matches('!').split_once('>')?.0.parse::<Id>().ok()?;
        (parses("users") || listed.contains(&id)).then_some(id)
    });
    let unique: BTreeSet<Id> = named.filter(|id| state.users.contains_key(id)).collect();
    let everyone = parses("everyone") && (content.contains("@everyone") || content.contains("@here"));
    (unique.into_iter().map(|id| state.user_json(id)).collect(), everyone)
}

/// Keeps the attachments an edit lists and adds the uploads.
fn attach(state: &mut State, json: &mut Value, body: &Value, files: &[Upload]) {
    let listed = body["attachments"].as_array();
    let mut kept: Vec<Value> = json["attachments"].as_array().cloned().unwrap_or_default();
    if let Some(listed) = listed {
        let ids: BTreeSet<Id> = listed.iter().filter_map(|entry| ids::read(&entry["id"])).collect();
        kept.retain(|attachment| ids::read(&attachment["id"]).is_some_and(|id| ids.contains(&id)));
    }
    for file in files {
        let about = listed
            .into_iter()
            .flatten()
            .find(|entry| file.number().is_some() && ids::read(&entry["id"]) == file.number());
        let id = state.new_id();
        state.uploads.insert(id, file.bytes.clone());
        let base = format!(
            "/attachments/{}/{id}/{}",
            json["channel_id"].as_str().unwrap_or("0"),
            file.filename
        );
        let expires = state.now() / 1000 + 86_400;
        // Discord's own are other hosts; here everything is on one port.
        let host = format!("http://127.0.0.1:{}", state.settings.port);
        kept.push(json!({
            "id": ids::text(id), "filename": file.filename, "size": file.bytes.len(),
            "content_type": file.content_type, "description": about.map(|about| about["description"].clone()),
            "url": format!("{host}{base}?ex={expires:x}&is=0&hm=0&"),
            "proxy_url": format!("{host}{base}?ex={expires:x}&is=0&hm=0&"),
        }));
    }
    json["attachments"] = Value::Array(kept);
}

/// A message of the channel that everybody there sees.
fn known(state: &State, channel: Id, id: Id) -> Result<&Stored, ApiError> {
    state
        .messages
        .get(&id)
        .filter(|message| message.channel == channel && !message.deleted && message.only_for.is_none())
        .ok_or_else(|| ApiError::of(10008))
}

pub(crate) fn get(state: &State, channel: Id, id: Id, bot: Id) -> Result<Answer, ApiError> {
    history(state, channel, bot)?;
    Ok(Answer::json(known(state, channel, id)?.json.clone()))
}

fn history(state: &State, channel: Id, bot: Id) -> Result<&Channel, ApiError> {
    let channel = seen(state, channel, bot)?;
    if state.permissions_in(channel, bot) & READ_MESSAGE_HISTORY == 0 {
        Err(ApiError::of(50013))
    } else {
        Ok(channel)
    }
}

/// Newest first, at most `limit` (default 50), `before` or `after` an id.
pub(crate) fn list(state: &State, call: &Call, channel: Id, bot: Id) -> Result<Answer, ApiError> {
    let channel = history(state, channel, bot)?;
    let bound = |name: &str| call.parameter(name).map(|text| path_id(text, name)).transpose();
    let (before, after) = (bound("before")?, bound("after")?);
    let limit = match call.parameter("limit").map(str::parse::<usize>) {
        None => 50,
        Some(Ok(limit)) if (1..=100).contains(&limit) => limit,
        Some(_) => {
            return Err(ApiError::field(
                "limit",
                "NUMBER_TYPE_MAX",
                "int value should be between 1 and 100.",
            ));
        }
    };
    let begin = after.map_or(0, |after| channel.messages.partition_point(|id| *id <= after));
    let end = before.map_or(channel.messages.len(), |before| {
        channel.messages.partition_point(|id| *id < before)
    });
    let range = channel.messages.get(begin..end).unwrap_or_default();
    let present = range
        .iter()
        .filter_map(|id| state.messages.get(id))
        .filter(|message| !message.deleted);
    let mut page: Vec<Value> = if after.is_some() {
        present.take(limit).map(|message| message.json.clone()).collect()
    } else {
        let mut page: Vec<Value> = present.rev().take(limit).map(|message| message.json.clone()).collect();
        page.reverse();
        page
    };
    page.reverse();
    Ok(Answer::json(Value::Array(page)))
}

pub(crate) fn edit(state: &mut State, call: &Call, channel: Id, id: Id, bot: Id) -> Result<Answer, ApiError> {
    seen(state, channel, bot)?;
    if known(state, channel, id)?.author != bot {
        return Err(ApiError::of(50005));
    }
    change(state, id, call.json(), &call.files, "").map(Answer::json)
}

/// Edits a message and tells the gateway; the way of edits, updates and filled-in defers.
pub(crate) fn change(state: &mut State, id: Id, body: &Value, files: &[Upload], path: &str) -> Result<Value, ApiError> {
    let mut json = state
        .messages
        .get(&id)
        .map(|message| message.json.clone())
        .ok_or_else(|| ApiError::of(10008))?;
    let v2 = (body["flags"].as_u64().unwrap_or(0) | json["flags"].as_u64().unwrap_or(0)) & COMPONENTS_V2;
    let mut checked = body.clone();
    if checked.is_object() && v2 != 0 {
        checked["flags"] = json!(v2);
    }
    rules::check(&checked, path, files.len(), Use::Edit)?;
    small_enough(files)?;
    fill(state, &mut json, body, files);
    if !["content", "embeds", "components", "attachments"]
        .iter()
        .any(|key| given(&json[*key]))
    {
        return Err(ApiError::of(50006));
    }
    json["edited_timestamp"] = json!(ids::timestamp(state.now()));
    json["flags"] = json!(json["flags"].as_u64().unwrap_or(0) & !crate::state::message::LOADING | v2);
    if let Some(message) = state.messages.get_mut(&id) {
        message.json = json.clone();
    }
    state.tell_message("MESSAGE_UPDATE", id);
    Ok(json)
}

pub(crate) fn delete(state: &mut State, channel: Id, id: Id, bot: Id) -> Result<Answer, ApiError> {
    let place = seen(state, channel, bot)?;
    let may_manage =
        place.guild.is_some() && state.permissions_in(place, bot) & crate::state::permissions::MANAGE_MESSAGES != 0;
    let is_dm = place.guild.is_none();
    if known(state, channel, id)?.author != bot && !may_manage {
        return Err(ApiError::of(if is_dm { 50003 } else { 50013 }));
    }
    state.remove_message(id);
    Ok(Answer::none())
}
