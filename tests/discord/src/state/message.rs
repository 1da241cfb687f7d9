//! Messages: the raw object as Discord would return it, and who may see it.

use serde_json::{Value, json};

use super::State;
use crate::ids::{self, Id};

/// Flag of a message only its addressee sees.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// Flag of a deferred answer that was not filled in yet.
pub(crate) const LOADING: u64 = 1 << 7;

/// One message.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) channel: Id,
    pub(crate) author: Id,
    /// The message object as REST returns it (without the gateway's `guild_id` and `member`).
    pub(crate) json: Value,
    /// The only person who sees it.
    pub(crate) only_for: Option<Id>,
    pub(crate) deleted: bool,
}

/// The object of a new message without content.
pub(crate) fn blank(id: Id, channel: Id, author: &Value, now: i64) -> Value {
    json!({
        "id": ids::text(id), "channel_id": ids::text(channel), "author": author, "type": 0, "content": "",
        "timestamp": ids::timestamp(now), "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "components": [], "pinned": false,
        "flags": 0,
    })
}

impl State {
    /// Keeps a message, shows it to the people it is for and tells the gateway.
    pub(crate) fn publish(&mut self, message: Stored) -> Id {
        let id = ids::read(&message.json["id"]).unwrap_or_default();
        let channel_id = message.channel;
        if let Some(user) = message.only_for {
            self.shown.entry(user).or_default().push(id);
        } else {
            let people = self.channels.get_mut(&channel_id).map(|channel| {
                channel.messages.push(id);
                channel.recipients.clone()
            });
            for user in people.into_iter().flatten() {
                self.shown.entry(user).or_default().push(id);
            }
        }
        self.messages.insert(id, message);
        self.tell_message("MESSAGE_CREATE", id);
        id
    }

    /// The message as the gateway's MESSAGE_CREATE and MESSAGE_UPDATE carry it.
    pub(crate) fn message_event(&self, message: &Stored) -> Value {
        let mut event = message.json.clone();
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        if let (Some(guild), None) = (guild.and_then(|guild| self.guilds.get(&guild)), message.only_for) {
            event["guild_id"] = ids::text(guild.id);
            if let Some(member) = guild.members.get(&message.author) {
                event["member"] = member.partial_json();
            }
        }
        event["channel_type"] = json!(i32::from(guild.is_none()));
        event
    }
}
