//! INTERACTION_CREATE as Discord sends it (interactions/receiving-and-responding.mdx).

use serde_json::{Value, json};

use crate::gateway::sessions::Audience;
use crate::ids::{self, Id};
use crate::state::State;
use crate::state::guild::Channel;
use crate::state::interaction::{Interaction, Kind, Progress};

/// Something a person does that a bot should answer.
pub(crate) struct Happening {
    pub(crate) kind: Kind,
    pub(crate) application: Id,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    pub(crate) source: Option<Id>,
    pub(crate) data: Value,
}

impl State {
    /// Makes the interaction and sends it; gives its id.
    pub(crate) fn interact(&mut self, happening: &Happening) -> Id {
        let (id, created_at) = (self.new_id(), self.now());
        let token = self.ids.interaction_token(id);
        let event = self.interaction_event(id, &token, happening);
        let Happening {
            kind,
            application,
            user,
            channel,
            source,
            ..
        } = *happening;
        let interaction = Interaction {
            id,
            token: token.clone(),
            application,
            kind,
            user,
            channel,
            source,
            created_at,
            progress: Progress::Open,
            acknowledged_at: None,
            callback: Value::Null,
            original: None,
            followups: Vec::new(),
            event,
        };
        self.interactions.insert(id, interaction);
        self.interaction_order.push(id);
        self.interaction_tokens.insert(token, id);
        self.send_interaction(id);
        id
    }

    /// Sends the event of an interaction (again).
    pub(crate) fn send_interaction(&mut self, id: Id) {
        let Some(interaction) = self.interactions.get(&id) else {
            return;
        };
        let guild = self
            .channels
            .get(&interaction.channel)
            .and_then(|channel| channel.guild);
        let event = &interaction.event;
        self.sessions.event(
            interaction.application,
            Audience { intent: 0, guild },
            "INTERACTION_CREATE",
            |_| event.clone(),
        );
    }

    fn interaction_event(&self, id: Id, token: &str, what: &Happening) -> Value {
        let app = what.application;
        let locale = self.users.get(&what.user).map_or("en-US", |user| user.locale.as_str());
        let mut event = json!({
            "id": ids::text(id), "application_id": ids::text(app), "type": what.kind.number(), "data": what.data,
            "channel_id": ids::text(what.channel), "token": token, "version": 1, "locale": locale,
            "entitlements": [], "attachment_size_limit": 10_485_760,
        });
        let Some(channel) = self.channels.get(&what.channel) else {
            return event;
        };
        event["channel"] = self.partial_channel(channel, what.user, app);
        if let Some(guild) = channel.guild.and_then(|guild| self.guilds.get(&guild)) {
            let mut member = self.member_json(guild, what.user).unwrap_or_default();
            member["permissions"] = json!(self.permissions_in(channel, what.user).to_string());
            event["member"] = member;
            event["guild_id"] = ids::text(guild.id);
            event["guild"] = json!({"id": ids::text(guild.id), "locale": guild.locale, "features": []});
            event["guild_locale"] = json!(guild.locale);
            event["context"] = json!(0);
            event["authorizing_integration_owners"] = json!({"0": ids::text(guild.id)});
            event["app_permissions"] = json!(self.permissions_in(channel, app).to_string());
        } else {
            event["user"] = self.user_json(what.user);
            event["context"] = json!(1);
            event["authorizing_integration_owners"] = json!({"0": "0"});
            event["app_permissions"] = json!(self.permissions_in(channel, app).to_string());
        }
        if let Some(message) = what.source.and_then(|source| self.messages.get(&source)) {
            event["message"] = message.json.clone();
        }
        event
    }

    fn partial_channel(&self, channel: &Channel, user: Id, app: Id) -> Value {
        let mut json = self.channel_json(channel, app);
        json["permissions"] = json!(self.permissions_in(channel, user).to_string());
        json
    }
}
