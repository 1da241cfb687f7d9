//! `/gateway`, `/users/@me`, `/applications/@me`.

use serde_json::json;

use super::answer::Answer;
use super::error::ApiError;
use crate::ids::Id;
use crate::state::State;

pub(crate) fn gateway(state: &State) -> Answer {
    Answer::json(json!({"url": state.gateway_url()}))
}

pub(crate) fn gateway_bot(state: &State, bot: Id) -> Answer {
    let used = state.identifies_today(bot);
    let total = state.settings.session_starts;
    Answer::json(json!({
        "url": state.gateway_url(),
        "shards": 1,
        "session_start_limit": {
            "total": total,
            "remaining": total.saturating_sub(used),
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }))
}

pub(crate) fn me(state: &State, bot: Id) -> Answer {
    Answer::json(
        state
            .users
            .get(&bot)
            .map(crate::state::user::User::own_json)
            .unwrap_or_default(),
    )
}

pub(crate) fn user(state: &State, id: Id) -> Result<Answer, ApiError> {
    state
        .users
        .get(&id)
        .map(|user| Answer::json(user.json()))
        .ok_or_else(|| ApiError::of(10013))
}

pub(crate) fn application(state: &State, bot: Id) -> Answer {
    let guilds = state.users.get(&bot).map_or(0, |user| user.guilds.len());
    let application = state.applications.get(&bot).map(|app| {
        let owner = state.user_json(app.owner);
        let mut json = app.json(&owner, guilds);
        json["bot"] = state.user_json(bot);
        json
    });
    Answer::json(application.unwrap_or_default())
}
