//! Which bot gets which events, and in which words (events/gateway-events.mdx).

use serde_json::{Value, json};

use super::intents::{DIRECT_MESSAGES, GUILD_MEMBERS, GUILD_MESSAGES, GUILDS, MESSAGE_CONTENT};
use super::sessions::{Audience, Out, control};
use crate::faults::EventFault;
use crate::ids::{self, Id};
use crate::server::Discord;
use crate::state::State;
use crate::state::permissions::VIEW_CHANNEL;

impl State {
    /// The address `GET /gateway` gives and READY repeats.
    pub(crate) fn gateway_url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.settings.port)
    }

    /// Identifies within the last 24 hours.
    pub(crate) fn identifies_today(&self, app: Id) -> u32 {
        let since = self.now() - 86_400_000;
        let count = self
            .applications
            .get(&app)
            .map_or(0, |app| app.identifies.iter().filter(|at| **at > since).count());
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// MESSAGE_CREATE and MESSAGE_UPDATE, to the bots that may see the message.
    pub(crate) fn tell_message(&mut self, name: &str, id: Id) {
        let Some(message) = self.messages.get(&id) else { return };
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let (listeners, to) = self.listeners(id);
        if listeners.is_empty() {
            return;
        }
        let event = self.message_event(message);
        for app in listeners {
            let hides = guild.is_some() && message.only_for.is_none() && !is_readable(message.author, &event, app);
            self.sessions.event(app, to, name, |intents| {
                if hides && intents & MESSAGE_CONTENT == 0 {
                    without_content(&event)
                } else {
                    event.clone()
                }
            });
        }
    }

    /// Removes a message.
    pub(crate) fn remove_message(&mut self, id: Id) {
        let (listeners, to) = self.listeners(id);
        let Some(message) = self.messages.get_mut(&id) else {
            return;
        };
        message.deleted = true;
        let mut event = json!({"id": ids::text(id), "channel_id": ids::text(message.channel)});
        if let Some(guild) = to.guild {
            event["guild_id"] = ids::text(guild);
        }
        for app in listeners {
            self.sessions.event(app, to, "MESSAGE_DELETE", |_| event.clone());
        }
    }

    /// Bots with a session that see a message, and by which intent.
    fn listeners(&self, message: Id) -> (Vec<Id>, Audience) {
        let direct = Audience {
            intent: DIRECT_MESSAGES,
            guild: None,
        };
        let Some(message) = self.messages.get(&message) else {
            return (Vec::new(), direct);
        };
        let Some(channel) = self.channels.get(&message.channel) else {
            return (Vec::new(), direct);
        };
        let apps = self.sessions.applications();
        if message.only_for.is_some() {
            return (apps.into_iter().filter(|app| *app == message.author).collect(), direct);
        }
        let seeing = apps
            .into_iter()
            .filter(|app| self.permissions_in(channel, *app) & VIEW_CHANNEL != 0)
            .collect();
        match channel.guild {
            Some(guild) => (
                seeing,
                Audience {
                    intent: GUILD_MESSAGES,
                    guild: Some(guild),
                },
            ),
            None => (seeing, direct),
        }
    }

    /// GUILD_MEMBER_ADD, _UPDATE or _REMOVE, to the bots of the guild that asked for GUILD_MEMBERS.
    pub(crate) fn tell_member(&mut self, name: &str, guild_id: Id, user: Id) {
        let Some(guild) = self.guilds.get(&guild_id) else {
            return;
        };
        let mut event = match self.member_json(guild, user) {
            Some(member) => member,
            None => json!({"user": self.user_json(user)}),
        };
        event["guild_id"] = ids::text(guild_id);
        self.tell_guild(name, guild_id, GUILD_MEMBERS, &event);
    }

    /// An event of a guild, to the bots in it.
    pub(crate) fn tell_guild(&mut self, name: &str, guild_id: Id, intent: u64, event: &Value) {
        let Some(guild) = self.guilds.get(&guild_id) else {
            return;
        };
        let apps: Vec<Id> = self
            .sessions
            .applications()
            .into_iter()
            .filter(|app| guild.members.contains_key(app))
            .collect();
        for app in apps {
            self.sessions.event(
                app,
                Audience {
                    intent,
                    guild: Some(guild_id),
                },
                name,
                |_| event.clone(),
            );
        }
    }

    /// GUILD_CREATE to one bot: it has joined, or its session begins.
    pub(crate) fn tell_guild_create(&mut self, guild: Id, bot: Id) {
        for session_id in self.sessions.of(bot) {
            self.guild_create_to(&session_id, guild, bot);
        }
    }

    /// GUILD_CREATE to one session, if the guild is on its shard.
    pub(crate) fn guild_create_to(&mut self, session: &str, guild_id: Id, bot: Id) {
        let Some((intents, shard, threshold)) = self
            .sessions
            .get(session)
            .map(|session| (session.intents, session.shard, session.large_threshold))
        else {
            return;
        };
        if (guild_id >> 22) % shard.1 != shard.0 || intents & GUILDS == 0 {
            return;
        }
        let Some(guild) = self.guilds.get(&guild_id) else {
            return;
        };
        let all = intents & GUILD_MEMBERS != 0 && guild.members.len() <= threshold;
        let event = self.guild_create_json(guild, bot, all);
        if let Some(session) = self.sessions.get(session) {
            session.send("GUILD_CREATE", &event);
        }
    }
}

/// Content is there without the intent for the bot's own messages and those that mention it.
fn is_readable(author: Id, event: &Value, app: Id) -> bool {
    let mentions = event["mentions"].as_array();
    author == app
        || mentions
            .into_iter()
            .flatten()
            .any(|user| ids::read(&user["id"]) == Some(app))
}

fn without_content(event: &Value) -> Value {
    let mut event = event.clone();
    event["content"] = json!("");
    for key in ["embeds", "attachments", "components"] {
        event[key] = json!([]);
    }
    event
}

impl Discord {
    /// Lets something happen to a bot's gateway connections, or to its next events.
    pub fn fail_gateway(&self, bot: Id, fault: EventFault) {
        let mut state = self.shared.state();
        let sessions = &mut state.sessions;
        match fault {
            EventFault::Reconnect => sessions.tell(bot, &Out::Payload(control(7, &Value::Null))),
            EventFault::InvalidSession(resumable) => {
                sessions.tell(bot, &Out::Payload(control(9, &json!(resumable))));
                if !resumable {
                    forget(sessions, bot);
                }
            }
            EventFault::Close(code) => {
                sessions.tell(bot, &Out::Close(Some(code)));
                if matches!(code, 1000 | 1001 | 4007 | 4009) {
                    forget(sessions, bot);
                }
            }
            EventFault::CloseWithoutCode => sessions.tell(bot, &Out::Close(None)),
            EventFault::Drop => sessions.tell(bot, &Out::Drop),
            EventFault::MuteAcks(mute) => sessions.faults(bot).mute_acks = mute,
            EventFault::Unanswered(count) => sessions.faults(bot).unanswered = count,
            EventFault::RefuseConnections(count) => sessions.refused_connections = count,
            EventFault::Unparseable => {
                let to = Audience { intent: 0, guild: None };
                sessions.event(
                    bot,
                    to,
                    "INTERACTION_CREATE",
                    |_| json!({"id": {"unexpected": true}, "type": 2}),
                );
            }
            EventFault::Duplicate(count) => sessions.faults(bot).duplicate = count,
            EventFault::Reorder => sessions.faults(bot).swap = true,
            EventFault::Lose(count) => sessions.faults(bot).lose = count,
        }
        drop(state);
        self.shared.changed();
    }
}

/// Ends every session of a bot; their connections go on until they are closed.
fn forget(sessions: &mut super::sessions::Sessions, bot: Id) {
    for id in sessions.of(bot) {
        sessions.remove(&id);
    }
}
