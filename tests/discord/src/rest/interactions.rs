//! `POST /interactions/{id}/{token}/callback`: the first and only answer, within three seconds.

use serde_json::{Value, json};

use super::Call;
use super::answer::Answer;
use super::error::ApiError;
use super::messages::{Draft, change, new_json, small_enough};
use crate::ids::{self, Id};
use crate::state::State;
use crate::state::interaction::{Interaction, Kind, Progress};
use crate::state::message::{EPHEMERAL, LOADING, Stored};
use crate::validate::message::{self as rules, Use};
use crate::validate::{Form, modal};

/// The first response must come within this after the event, in ms.
pub(crate) const FIRST_RESPONSE_MS: i64 = 3_000;
/// Edits and follow-ups are possible for this long, in ms.
pub(crate) const TOKEN_MS: i64 = 900_000;

pub(crate) fn callback(state: &mut State, call: &Call, id: Id, token: &str) -> Result<Answer, ApiError> {
    let now = state.now();
    let body = call.json();
    let interaction = state
        .interactions
        .get(&id)
        .filter(|known| known.token == token)
        .ok_or_else(|| ApiError::of(10062))?;
    if interaction.progress != Progress::Open {
        return Err(ApiError::of(40060));
    }
    if now - interaction.created_at > FIRST_RESPONSE_MS {
        return Err(ApiError::of(10062));
    }
    let kind = body["type"].as_u64().unwrap_or(0);
    fits(interaction, kind)?;
    let interaction = interaction.clone();
    let (progress, original) = perform(state, call, &interaction, kind)?;
    if let Some(known) = state.interactions.get_mut(&id) {
        known.progress = progress;
        known.original = original;
        known.acknowledged_at = Some(now);
        known.callback = body.clone();
    }
    if !call.switch("with_response") {
        return Ok(Answer::none());
    }
    Ok(Answer::json(response(state, &interaction, kind, original)))
}

/// Which types an interaction can be answered with.
fn fits(interaction: &Interaction, kind: u64) -> Result<(), ApiError> {
    let allowed: &[u64] = match (interaction.kind, interaction.source) {
        (Kind::Command, _) => &[4, 5, 9],
        (Kind::Component, _) => &[4, 5, 6, 7, 9],
        (Kind::Autocomplete, _) => &[8],
        (Kind::Modal, Some(_)) => &[4, 5, 6, 7],
        (Kind::Modal, None) => &[4, 5],
    };
    if allowed.contains(&kind) {
        return Ok(());
    }
    let list = allowed.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    Err(ApiError::field(
        "type",
        "BASE_TYPE_CHOICES",
        &format!("Value must be one of {{{list}}}."),
    ))
}

fn perform(
    state: &mut State,
    call: &Call,
    interaction: &Interaction,
    kind: u64,
) -> Result<(Progress, Option<Id>), ApiError> {
    let data = &call.json()["data"];
    match kind {
        4 => {
            rules::check(data, "data", call.files.len(), Use::Interaction)?;
            small_enough(&call.files)?;
            let id = answer_message(state, interaction, data, call);
            Ok((Progress::Answered, Some(id)))
        }
        5 => {
            let flags = data["flags"].as_u64().unwrap_or(0);
            if flags & !EPHEMERAL != 0 {
                return Err(ApiError::field(
                    "data.flags",
                    "MESSAGE_FLAGS_INVALID",
                    "Only EPHEMERAL can be set when deferring.",
                ));
            }
            let id = answer_message(state, interaction, &json!({"flags": flags}), call);
            Ok((Progress::Deferred, Some(id)))
        }
        6 => Ok((Progress::DeferredUpdate, interaction.source)),
        7 => {
            let source = interaction.source.ok_or_else(|| ApiError::of(10008))?;
            change(state, source, data, &call.files, "data")?;
            Ok((Progress::Answered, Some(source)))
        }
        8 => {
            choices(data)?;
            Ok((Progress::Choices, None))
        }
        _ => {
            modal::check(data)?;
            Ok((Progress::Modal, None))
        }
    }
}

fn choices(data: &Value) -> Result<(), ApiError> {
    let mut form = Form::default();
    for (index, choice) in form.list(data, "data", "choices", 25).iter().enumerate() {
        form.text(
            choice,
            &format!("data.choices.{index}"),
            "name",
            crate::validate::Text::required(1, 100),
        );
    }
    form.finish()
}

/// Publishes a message that results from an interaction.
pub(crate) fn answer_message(state: &mut State, interaction: &Interaction, data: &Value, call: &Call) -> Id {
    let draft = Draft {
        channel: interaction.channel,
        author: interaction.application,
        body: data,
        files: &call.files,
    };
    let mut json = new_json(state, &draft);
    let flags = json["flags"].as_u64().unwrap_or(0);
    let is_empty_defer = data
        .as_object()
        .is_some_and(|data| data.keys().all(|key| key == "flags"));
    if is_empty_defer {
        json["flags"] = json!(flags | LOADING);
    }
    json["type"] = json!(if interaction.kind == Kind::Command { 20 } else { 0 });
    json["application_id"] = ids::text(interaction.application);
    json["webhook_id"] = ids::text(interaction.application);
    json["interaction_metadata"] = metadata(state, interaction);
    let only_for = (flags & EPHEMERAL != 0).then_some(interaction.user);
    state.publish(Stored {
        channel: interaction.channel,
        author: interaction.application,
        json,
        only_for,
        deleted: false,
    })
}

fn metadata(state: &State, interaction: &Interaction) -> Value {
    let mut json = json!({
        "id": ids::text(interaction.id),
        "type": interaction.kind.number(),
        "user": state.user_json(interaction.user),
        "authorizing_integration_owners": interaction.event["authorizing_integration_owners"],
    });
    match interaction.kind {
        Kind::Command | Kind::Autocomplete => {
            json["name"] = interaction.event["data"]["name"].clone();
            json["command_type"] = interaction.event["data"]["type"].clone();
        }
        Kind::Component => json["interacted_message_id"] = interaction.source.map_or(Value::Null, ids::text),
        Kind::Modal => {
            json["triggering_interaction_metadata"] = json!({
                "id": ids::text(interaction.id), "type": if interaction.source.is_some() { 3 } else { 2 },
                "user": state.user_json(interaction.user),
                "authorizing_integration_owners": interaction.event["authorizing_integration_owners"],
            });
            if let Some(source) = interaction.source {
                json["triggering_interaction_metadata"]["interacted_message_id"] = ids::text(source);
            }
        }
    }
    json
}

/// The body of `with_response=true`.
fn response(state: &State, interaction: &Interaction, kind: u64, original: Option<Id>) -> Value {
    let message = original.and_then(|id| state.messages.get(&id));
    let mut json = json!({
        "interaction": {"id": ids::text(interaction.id), "type": interaction.kind.number()},
        "resource": {"type": kind},
    });
    if let (Some(id), Some(message)) = (original, message) {
        json["interaction"]["response_message_id"] = ids::text(id);
        json["interaction"]["response_message_loading"] = json!(matches!(kind, 5));
        json["interaction"]["response_message_ephemeral"] = json!(message.only_for.is_some());
        json["resource"]["message"] = message.json.clone();
    }
    json
}
