//! Guilds, roles, channels and members as Discord writes them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::State;
use crate::ids::{self, Id};

/// Keys of the guild object that are null in every guild here.
const ABSENT: &[&str] = &[
    "icon",
    "icon_hash",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "hub_type",
    "latest_onboarding_question_id",
    "incidents_data",
];

/// A guild.
#[derive(Debug, Clone)]
pub(crate) struct Guild {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) owner: Id,
    pub(crate) locale: String,
    /// The role with the guild's own id is @everyone.
    pub(crate) roles: BTreeMap<Id, Role>,
    pub(crate) channels: BTreeSet<Id>,
    pub(crate) members: BTreeMap<Id, Member>,
}

#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) position: usize,
    /// The bot this role was made for.
    pub(crate) bot: Option<Id>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Member {
    pub(crate) roles: BTreeSet<Id>,
    pub(crate) nick: Option<String>,
    /// UTC ms.
    pub(crate) joined_at: i64,
}

/// A text channel of a guild, or a DM.
#[derive(Debug, Clone, Default)]
pub(crate) struct Channel {
    pub(crate) id: Id,
    pub(crate) guild: Option<Id>,
    pub(crate) name: String,
    pub(crate) position: usize,
    /// Role or user to (allow, deny).
    pub(crate) overwrites: BTreeMap<Id, (u64, u64)>,
    /// The two people of a DM: the bot first.
    pub(crate) recipients: Vec<Id>,
    /// Messages everyone in the channel sees, oldest first.
    pub(crate) messages: Vec<Id>,
}

impl Role {
    pub(crate) fn json(&self) -> Value {
        let mut role = json!({
            "id": ids::text(self.id),
            "name": self.name,
            "description": null,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false,
            "icon": null,
            "unicode_emoji": null,
            "position": self.position,
            "permissions": self.permissions.to_string(),
            "managed": self.bot.is_some(),
            "mentionable": false,
            "flags": 0,
        });
        if let Some(bot) = self.bot {
            role["tags"] = json!({"bot_id": ids::text(bot)});
        }
        role
    }
}

impl Member {
    /// The member without its user.
    pub(crate) fn partial_json(&self) -> Value {
        json!({
            "avatar": null,
            "banner": null,
            "communication_disabled_until": null,
            "deaf": false,
            "flags": 0,
            "joined_at": ids::timestamp(self.joined_at),
            "mute": false,
            "nick": self.nick,
            "pending": false,
            "premium_since": null,
            "roles": self.roles.iter().map(|role| ids::text(*role)).collect::<Vec<_>>(),
        })
    }
}

impl Channel {
    pub(crate) fn dm(id: Id, bot: Id, user: Id) -> Self {
        Self {
            id,
            recipients: vec![bot, user],
            ..Self::default()
        }
    }

    /// The person a bot talks to in this DM.
    pub(crate) fn other(&self, bot: Id) -> Option<Id> {
        self.recipients.iter().copied().find(|user| *user != bot)
    }
}

impl Guild {
    /// The guild as `GET /guilds/{id}` answers it.
    pub(crate) fn json(&self) -> Value {
        let mut json = json!({
            "id": ids::text(self.id), "name": self.name, "owner_id": ids::text(self.owner), "features": [],
            "region": "deprecated", "afk_timeout": 300, "system_channel_flags": 0, "widget_enabled": false,
            "verification_level": 1, "roles": self.roles.values().map(Role::json).collect::<Vec<_>>(), "emojis": [],
            "stickers": [], "default_message_notifications": 0, "mfa_level": 0, "explicit_content_filter": 0,
            "max_members": 25_000_000, "max_stage_video_channel_users": 50, "max_video_channel_users": 25,
            "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": self.locale,
            "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
        });
        for absent in ABSENT {
            json[*absent] = Value::Null;
        }
        json
    }
}

impl State {
    /// A member as JSON, with its user.
    pub(crate) fn member_json(&self, guild: &Guild, user: Id) -> Option<Value> {
        let mut member = guild.members.get(&user)?.partial_json();
        member["user"] = self.user_json(user);
        Some(member)
    }

    /// A channel as `viewer` (a bot) sees it.
    pub(crate) fn channel_json(&self, channel: &Channel, viewer: Id) -> Value {
        let last = channel.messages.last().map_or(Value::Null, |id| ids::text(*id));
        let Some(guild) = channel.guild else {
            let recipients: Vec<Value> = channel
                .recipients
                .iter()
                .filter(|user| **user != viewer)
                .map(|user| self.user_json(*user))
                .collect();
            return json!({"id": ids::text(channel.id), "type": 1, "flags": 0, "last_message_id": last, "recipients": recipients});
        };
        let overwrites: Vec<Value> = channel
            .overwrites
            .iter()
            .map(|(id, (allow, deny))| {
                let is_role = self.guilds.get(&guild).is_some_and(|guild| guild.roles.contains_key(id));
                json!({"id": ids::text(*id), "type": i32::from(!is_role), "allow": allow.to_string(), "deny": deny.to_string()})
            })
            .collect();
        json!({
            "id": ids::text(channel.id), "type": 0, "guild_id": ids::text(guild), "name": channel.name,
            "position": channel.position, "permission_overwrites": overwrites, "nsfw": false, "topic": null,
            "last_message_id": last, "rate_limit_per_user": 0, "parent_id": null, "flags": 0,
            "last_pin_timestamp": null,
        })
    }

    /// The guild as GUILD_CREATE carries it; `all_members` as Discord decides by intent and size.
    pub(crate) fn guild_create_json(&self, guild: &Guild, bot: Id, all_members: bool) -> Value {
        let mut event = guild.json();
        let members: Vec<Value> = if all_members {
            guild
                .members
                .keys()
                .filter_map(|user| self.member_json(guild, *user))
                .collect()
        } else {
            self.member_json(guild, bot).into_iter().collect()
        };
        let channels: Vec<Value> = guild
            .channels
            .iter()
            .filter_map(|id| self.channels.get(id))
            .map(|channel| self.channel_json(channel, bot))
            .collect();
        let joined = guild.members.get(&bot).map_or(0, |member| member.joined_at);
        for (key, value) in [
            ("joined_at", json!(ids::timestamp(joined))),
            ("large", json!(guild.members.len() > 250)),
            ("unavailable", json!(false)),
            ("member_count", json!(guild.members.len())),
            ("members", Value::Array(members)),
            ("channels", Value::Array(channels)),
        ] {
            event[key] = value;
        }
        for empty in [
            "voice_states",
            "threads",
            "presences",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds",
        ] {
            event[empty] = json!([]);
        }
        event
    }
}
