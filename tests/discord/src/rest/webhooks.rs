//! `/webhooks/{application}/{token}`: `@original`, follow-ups, for 15 minutes.

use super::answer::Answer;
use super::error::ApiError;
use super::interactions::{TOKEN_MS, answer_message};
use super::messages::{change, small_enough};
use super::{Call, path_id};
use crate::ids::Id;
use crate::state::State;
use crate::state::interaction::{Interaction, Progress};
use crate::validate::message::{self as rules, Use};

pub(crate) fn answer(state: &mut State, call: &Call, app: Id, token: &str, rest: &[&str]) -> Result<Answer, ApiError> {
    let interaction = open(state, app, token)?;
    match (call.method.as_str(), rest) {
        ("POST", []) => followup(state, call, &interaction),
        ("GET", ["messages", which]) => {
            let id = message(state, &interaction, which)?;
            Ok(Answer::json(
                state
                    .messages
                    .get(&id)
                    .map(|message| message.json.clone())
                    .unwrap_or_default(),
            ))
        }
        ("PATCH", ["messages", which]) => {
            let id = message(state, &interaction, which)?;
            let json = change(state, id, call.json(), &call.files, "")?;
            fill_in(state, &interaction, id);
            Ok(Answer::json(json))
        }
        ("DELETE", ["messages", which]) => {
            let id = message(state, &interaction, which)?;
            state.remove_message(id);
            Ok(Answer::none())
        }
        _ => Err(ApiError::no_route()),
    }
}

/// The interaction behind a token: known (10015), young enough (50027) and answered once (10015).
fn open(state: &State, app: Id, token: &str) -> Result<Interaction, ApiError> {
    let id = state.interaction_tokens.get(token).ok_or_else(|| ApiError::of(50027))?;
    let interaction = state
        .interactions
        .get(id)
        .filter(|known| known.application == app)
        .ok_or_else(|| ApiError::of(10015))?;
    if state.now() - interaction.created_at > TOKEN_MS {
        return Err(ApiError::of(50027));
    }
    if interaction.progress == Progress::Open {
        return Err(ApiError::of(10015));
    }
    Ok(interaction.clone())
}

/// The message meant by `@original` or an id of this interaction.
fn message(state: &State, interaction: &Interaction, which: &str) -> Result<Id, ApiError> {
    let id = match which {
        "@original" => interaction.original,
        id => Some(path_id(id, "message_id")?)
            .filter(|id| interaction.followups.contains(id) || interaction.original == Some(*id)),
    };
    id.filter(|id| state.messages.get(id).is_some_and(|message| !message.deleted))
        .ok_or_else(|| ApiError::of(10008))
}

/// A deferred answer is no longer one once its message was edited.
fn fill_in(state: &mut State, interaction: &Interaction, id: Id) {
    if interaction.original == Some(id)
        && let Some(known) = state.interactions.get_mut(&interaction.id)
    {
        known.progress = Progress::Answered;
    }
}

fn followup(state: &mut State, call: &Call, interaction: &Interaction) -> Result<Answer, ApiError> {
    let body = call.json();
    // Deprecated, still so: a follow-up directly after a defer fills in the deferred message.
    if let (Progress::Deferred, Some(id)) = (&interaction.progress, interaction.original) {
        let json = change(state, id, body, &call.files, "")?;
        fill_in(state, interaction, id);
        return Ok(Answer::json(json));
    }
    rules::check(body, "", call.files.len(), Use::Interaction)?;
    small_enough(&call.files)?;
    let id = answer_message(state, interaction, body, call);
    if let Some(known) = state.interactions.get_mut(&interaction.id) {
        known.followups.push(id);
    }
    Ok(Answer::json(
        state
            .messages
            .get(&id)
            .map(|message| message.json.clone())
            .unwrap_or_default(),
    ))
}
