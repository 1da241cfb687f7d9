//! Interactions, read for what their handlers need.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::piece::{At, Member, Message, User, take};
use crate::discord::gateway::told::Told;
use crate::ids::{InteractionId, MemberId, MessageId, OrganisationId};

#[derive(Deserialize)]
struct Interaction<D> {
    id: InteractionId,
    application_id: MemberId,
    token: String,
    #[serde(rename = "type")]
    kind: u8,
    data: D,
    guild_id: Option<OrganisationId>,
    /// In a server; otherwise there is a user.
    member: Option<Member>,
    user: Option<User>,
    locale: Option<String>,
    /// The message with the button that was pressed.
    message: Option<Message>,
}

/// What interactions of a kind carry besides.
trait Data: DeserializeOwned {
    fn json(self) -> Value;
}

pub(super) fn read(event: &Value) -> Result<Told, At> {
    #[derive(Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: u8,
    }
    match take::<Kind>(event)?.kind {
        2 => of_kind::<Command>(event),
        3 if event["message"].is_null() => Err(At("message".to_owned())),
        3 => of_kind::<Pressed>(event),
        5 => of_kind::<Form>(event),
        // Nothing that we ask for: pings come over HTTP only, and no option offers choices while typing.
        1 | 4 => Ok(Told::Nothing),
        _ => Err(At("type".to_owned())),
    }
}

fn of_kind<D: Data>(event: &Value) -> Result<Told, At> {
    let read: Interaction<D> = take(event)?;
    let Some(user) = read.member.as_ref().map(|member| &member.user).or(read.user.as_ref()) else {
        let place = if read.guild_id.is_some() { "member" } else { "user" };
        return Err(At(place.to_owned()));
    };
    let mut json = json!({
        "id": read.id, "application_id": read.application_id, "token": read.token, "type": read.kind,
        "guild_id": read.guild_id, "member": read.member.as_ref().map(Member::json), "user": user.json(),
        "locale": read.locale.as_deref().unwrap_or("en-US"), "data": read.data.json(), "channel_id": "1",
        "version": 1, "entitlements": [], "attachment_size_limit": 0,
    });
    if let Some(message) = read.message {
        json["message"] = message.json();
    }
    let interaction = serde_json::from_value(json).map_err(|_| At("data".to_owned()))?;
    Ok(Told::Interaction(Box::new(interaction)))
}

#[derive(Deserialize)]
struct Command {
    name: String,
    #[serde(rename = "type")]
    kind: u8,
    options: Option<Vec<Choice>>,
    /// The message that was picked.
    target_id: Option<MessageId>,
    resolved: Option<Resolved>,
}

/// An option of a command, or a sub-command with its own.
#[derive(Deserialize)]
struct Choice {
    name: String,
    #[serde(rename = "type")]
    kind: u8,
    value: Option<Value>,
    options: Option<Vec<Choice>>,
}

#[derive(Deserialize)]
struct Resolved {
    messages: Option<BTreeMap<MessageId, Message>>,
}

impl Data for Command {
    fn json(self) -> Value {
        let messages = self.resolved.and_then(|resolved| resolved.messages).unwrap_or_default();
        let messages: BTreeMap<String, Value> = messages
            .into_iter()
            .map(|(id, message)| (id.to_string(), message.json()))
            .collect();
        json!({
            "id": "1", "name": self.name, "type": self.kind, "target_id": self.target_id,
            "options": choices(self.options), "resolved": {"messages": messages},
        })
    }
}

fn choices(options: Option<Vec<Choice>>) -> Vec<Value> {
    let options = options.into_iter().flatten();
    options
        .filter_map(|option| match (option.kind, option.value) {
            (1 | 2, _) => Some(json!({"name": option.name, "type": option.kind, "options": choices(option.options)})),
            (kind, Some(value)) => Some(json!({"name": option.name, "type": kind, "value": value})),
            (_, None) => None,
        })
        .collect()
}

#[derive(Deserialize)]
struct Pressed {
    custom_id: String,
    component_type: u8,
    values: Option<Vec<String>>,
}

impl Data for Pressed {
    fn json(self) -> Value {
        json!({
            "custom_id": self.custom_id, "component_type": self.component_type,
            "values": self.values.unwrap_or_default(),
        })
    }
}

#[derive(Deserialize)]
struct Form {
    custom_id: String,
    components: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    components: Vec<Input>,
}

#[derive(Deserialize)]
struct Input {
    custom_id: String,
    value: Option<String>,
}

impl Data for Form {
    fn json(self) -> Value {
        let input = |input: Input| json!({"type": 4, "custom_id": input.custom_id, "value": input.value});
        let rows = self.components.into_iter().map(|row| {
            let inputs: Vec<Value> = row.components.into_iter().map(input).collect();
            json!({"type": 1, "components": inputs})
        });
        json!({"custom_id": self.custom_id, "components": rows.collect::<Vec<Value>>()})
    }
}
