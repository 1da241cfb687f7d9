//! Op 8, Request Guild Members: the answer comes in chunks of 1,000.

use serde_json::{Value, json};

use super::{Connection, Next};
use crate::gateway::intents::GUILD_MEMBERS;
use crate::ids::{self, Id};
use crate::state::State;

const CHUNK: usize = 1000;

impl Connection {
    pub(super) fn request_members(&self, data: &Value) -> Next {
        let (Some(app), Some(session)) = (self.app, &self.session) else {
            return Next::Close(4003);
        };
        let mut state = self.shared.state();
        let Some(guild) = ids::read(&data["guild_id"]) else {
            return Next::Close(4002);
        };
        let allowed = state
            .sessions
            .get(session)
            .is_some_and(|session| session.intents & GUILD_MEMBERS != 0);
        let named = !data["user_ids"].is_null();
        let whole = !named && data["query"].as_str() == Some("");
        if whole && !allowed {
            return Next::Close(4014);
        }
        for chunk in chunks(&state, guild, app, data) {
            if let Some(session) = state.sessions.get(session) {
                session.send("GUILD_MEMBERS_CHUNK", &chunk);
            }
        }
        Next::GoOn
    }
}

fn chunks(state: &State, guild_id: Id, app: Id, data: &Value) -> Vec<Value> {
    let Some(guild) = state
        .guilds
        .get(&guild_id)
        .filter(|guild| guild.members.contains_key(&app))
    else {
        return Vec::new();
    };
    let (users, missing) = wanted(state, guild_id, data);
    let parts: Vec<&[Id]> = if users.is_empty() {
        vec![&[]]
    } else {
        users.chunks(CHUNK).collect()
    };
    let count = parts.len();
    let chunk = |(index, part): (usize, &&[Id])| {
        let members: Vec<Value> = part.iter().filter_map(|user| state.member_json(guild, *user)).collect();
        let mut chunk = json!({
            "guild_id": ids::text(guild_id), "members": members, "chunk_index": index, "chunk_count": count,
            "not_found": missing,
        });
        if !data["nonce"].is_null() {
            chunk["nonce"] = data["nonce"].clone();
        }
        chunk
    };
    parts.iter().enumerate().map(chunk).collect()
}

/// The users asked for, and the ids that are not members.
fn wanted(state: &State, guild: Id, data: &Value) -> (Vec<Id>, Vec<Value>) {
    let Some(guild) = state.guilds.get(&guild) else {
        return (Vec::new(), Vec::new());
    };
    let asked: Vec<Id> = match &data["user_ids"] {
        Value::Array(list) => list.iter().filter_map(ids::read).take(100).collect(),
        one => ids::read(one).into_iter().collect(),
    };
    if !asked.is_empty() {
        let (found, missing): (Vec<Id>, Vec<Id>) = asked.into_iter().partition(|user| guild.members.contains_key(user));
        return (found, missing.into_iter().map(ids::text).collect());
    }
    let query = data["query"].as_str().unwrap_or("").to_lowercase();
    let limit = match data["limit"].as_u64() {
        Some(0) | None => usize::MAX,
        Some(limit) => limit.min(100) as usize,
    };
    let named = |user: &Id| {
        state
            .users
            .get(user)
            .is_some_and(|user| user.name.to_lowercase().starts_with(&query))
    };
    (
        guild
            .members
            .keys()
            .copied()
            .filter(|user| query.is_empty() || named(user))
            .take(limit)
            .collect(),
        Vec::new(),
    )
}
