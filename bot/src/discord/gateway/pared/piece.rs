//! What several events hold: people, messages, and the name of a field that cannot be read.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::discord::gateway::told::Person;
use crate::ids::{ChannelId, MemberId, MessageId, OrganisationId, RoleId};

/// The place of a field that cannot be read.
pub(super) struct At(pub(super) String);

pub(super) fn take<T: DeserializeOwned>(value: &Value) -> Result<T, At> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let mut steps: Vec<String> = error.path().iter().map(step).collect();
        // A missing field is not a step of the path; the message begins with its name, which is one of ours.
        let message = error.inner().to_string();
        let missing = message.strip_prefix("missing field `");
        steps.extend(missing.and_then(|rest| rest.split('`').next()).map(str::to_owned));
        At(steps.join("."))
    })
}

/// The name of a field; neither an id by which Discord names one of several, nor a place in a list.
fn step(step: &serde_path_to_error::Segment) -> String {
    match step {
        serde_path_to_error::Segment::Map { key }
            if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') =>
        {
            key.clone()
        }
        _ => "*".to_owned(),
    }
}

#[derive(Deserialize)]
pub(super) struct User {
    pub(super) id: MemberId,
    username: Option<String>,
    global_name: Option<String>,
    pub(super) bot: Option<bool>,
}

impl User {
    pub(super) fn json(&self) -> Value {
        json!({
            "id": self.id, "username": self.username.as_deref().unwrap_or_default(), "global_name": self.global_name,
            "bot": self.bot.unwrap_or_default(),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Member {
    pub(super) user: User,
    pub(super) roles: Vec<RoleId>,
    nick: Option<String>,
}

impl Member {
    pub(super) fn person(self) -> Person {
        Person {
            member: self.user.id,
            bot: self.user.bot.unwrap_or_default(),
            roles: self.roles,
        }
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "user": self.user.json(), "roles": self.roles, "nick": self.nick, "deaf": false, "mute": false, "flags": 0,
        })
    }
}

/// A message that somebody wrote, picked, or pressed a button of.
#[derive(Deserialize)]
pub(super) struct Message {
    id: MessageId,
    channel_id: ChannelId,
    guild_id: Option<OrganisationId>,
    webhook_id: Option<MessageId>,
    author: User,
    content: Option<String>,
    #[serde(rename = "type")]
    kind: Option<u8>,
    flags: Option<u64>,
    attachments: Option<Vec<Attachment>>,
}

#[derive(Deserialize)]
struct Attachment {
    url: String,
}

impl Message {
    pub(super) fn json(self) -> Value {
        let files = self.attachments.into_iter().flatten();
        let files: Vec<Value> = files
            .map(|file| json!({"id": "1", "filename": "", "size": 0, "proxy_url": "", "url": file.url}))
            .collect();
        json!({
            "id": self.id, "channel_id": self.channel_id, "guild_id": self.guild_id, "webhook_id": self.webhook_id,
            "author": self.author.json(), "content": self.content.unwrap_or_default(), "attachments": files,
            "type": self.kind.unwrap_or_default(), "flags": self.flags, "timestamp": "1970-01-01T00:00:00Z",
            "tts": false, "pinned": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
            "embeds": [],
        })
    }
}
