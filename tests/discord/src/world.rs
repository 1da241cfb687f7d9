//! Building the world: applications, guilds, roles, channels, people; changes reach the gateway as events.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::gateway::intents::{GUILDS, PRIVILEGED};
use crate::ids::{self, Id};
use crate::limits::RateLimits;
use crate::people::Person;
use crate::server::Discord;
use crate::state::State;
use crate::state::application::Application;
use crate::state::guild::{Channel, Guild, Member, Role};
use crate::state::permissions::EVERYONE;
use crate::state::user::{DmPolicy, User, wear};

/// An application; `id` is also its bot user's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bot {
    pub id: Id,
    pub token: String,
}

/// A guild made in one go by [`Discord::add_guild_with`].
#[derive(Debug, Clone, Default)]
pub struct GuildSetup {
    pub id: Id,
    pub owner: Id,
    /// Name to id.
    pub roles: BTreeMap<String, Id>,
    /// Name to id.
    pub channels: BTreeMap<String, Id>,
}

/// Applications and their switches.
impl Discord {
    /// An application with a bot. `privileged` are the intents switched on in the developer portal
    /// ([`crate::intents::PRIVILEGED`] for all three). The token is as the bot sends it after `Bot `.
    pub fn add_application(&self, name: &str, token: &str, privileged: u64) -> Bot {
        let mut state = self.shared.state();
        let owner = state.add_user("developer", "en-US", false);
        let id = state.add_user(name, "en-US", true);
        let application = Application {
            id,
            name: name.to_owned(),
            owner,
            privileged: privileged & PRIVILEGED,
            quarantined: false,
            opens_dms_too_fast: false,
            commands: BTreeMap::new(),
            identifies: Vec::new(),
            command_creates: BTreeMap::new(),
        };
        state.applications.insert(id, application);
        state.tokens.insert(token.to_owned(), id);
        Bot {
            id,
            token: token.to_owned(),
        }
    }

    /// Every token of the bot is refused from now on: 401, 4004.
    pub fn revoke_token(&self, bot: Id) {
        self.shared.state().tokens.retain(|_, id| *id != bot);
    }

    /// The privileged intents switched on in the developer portal.
    pub fn set_privileged(&self, bot: Id, privileged: u64) {
        self.with_application(bot, |app| app.privileged = privileged & PRIVILEGED);
    }

    /// While `true`, opening a new DM is answered with 20026.
    pub fn quarantine(&self, bot: Id, quarantined: bool) {
        self.with_application(bot, |app| app.quarantined = quarantined);
    }

    /// While `true`, opening a new DM is answered with 40003.
    pub fn refuse_new_dms(&self, bot: Id, refuse: bool) {
        self.with_application(bot, |app| app.opens_dms_too_fast = refuse);
    }

    /// Changes the rate limits from now on.
    pub fn set_limits(&self, limits: RateLimits) {
        self.shared.limits().set(limits);
    }

    /// The commands registered globally (`None`) or for a guild, as Discord returns them.
    pub fn commands(&self, bot: Id, guild: Option<Id>) -> Vec<Value> {
        let state = self.shared.state();
        let app = state.applications.get(&bot);
        app.into_iter()
            .flat_map(|app| app.commands.range((guild, 0)..=(guild, Id::MAX)))
            .map(|(_, json)| json.clone())
            .collect()
    }

    fn with_application(&self, bot: Id, change: impl FnOnce(&mut Application)) {
        if let Some(app) = self.shared.state().applications.get_mut(&bot) {
            change(app);
        }
    }
}

/// People and guilds.
impl Discord {
    /// A person with the language of their client (`en-GB`, `de`, ...).
    pub fn add_user(&self, name: &str, locale: &str) -> Person {
        let id = self.shared.state().add_user(name, locale, false);
        self.person(id)
    }

    /// A person already there.
    pub fn person(&self, id: Id) -> Person {
        Person::new(&self.shared, id)
    }

    /// An empty guild with @everyone; the owner is its first member.
    pub fn add_guild(&self, name: &str, owner: Id) -> Id {
        let mut state = self.shared.state();
        let id = state.new_id();
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: EVERYONE,
            position: 0,
            bot: None,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            locale: "en-US".to_owned(),
            roles: BTreeMap::from([(id, everyone)]),
            channels: BTreeSet::new(),
            members: BTreeMap::new(),
        };
        state.guilds.insert(id, guild);
        state.join(id, owner, &[]);
        id
    }

    /// A guild with named roles (without permissions of their own) and text channels, and the bots in it.
    pub fn add_guild_with(
        &self,
        name: &str,
        owner: Id,
        roles: &[&str],
        channels: &[&str],
        bots: &[&Bot],
    ) -> GuildSetup {
        let id = self.add_guild(name, owner);
        let roles = roles
            .iter()
            .map(|role| ((*role).to_owned(), self.add_role(id, role, 0)))
            .collect();
        let channels = channels
            .iter()
            .map(|channel| ((*channel).to_owned(), self.add_channel(id, channel)))
            .collect();
        for bot in bots {
            self.add_bot(id, bot.id, EVERYONE);
        }
        GuildSetup {
            id,
            owner,
            roles,
            channels,
        }
    }

    /// The guild's preferred locale, which interactions carry as `guild_locale`.
    pub fn set_guild_locale(&self, guild: Id, locale: &str) {
        if let Some(guild) = self.shared.state().guilds.get_mut(&guild) {
            locale.clone_into(&mut guild.locale);
        }
    }

    /// A bot joins with a role of its own that has these permissions: GUILD_CREATE.
    pub fn add_bot(&self, guild: Id, bot: Id, permissions: u64) {
        let mut state = self.shared.state();
        let role = state.new_id();
        let name = state.users.get(&bot).map(|user| user.name.clone()).unwrap_or_default();
        if let Some(guild) = state.guilds.get_mut(&guild) {
            let position = guild.roles.len();
            guild.roles.insert(
                role,
                Role {
                    id: role,
                    name,
                    permissions,
                    position,
                    bot: Some(bot),
                },
            );
        }
        state.join(guild, bot, &[role]);
        state.tell_guild_create(guild, bot);
    }

    /// A role with permissions: GUILD_ROLE_CREATE.
    pub fn add_role(&self, guild: Id, name: &str, permissions: u64) -> Id {
        let mut state = self.shared.state();
        let id = state.new_id();
        if let Some(known) = state.guilds.get_mut(&guild) {
            let role = Role {
                id,
                name: name.to_owned(),
                permissions,
                position: known.roles.len(),
                bot: None,
            };
            let event = json!({"guild_id": ids::text(guild), "role": role.json()});
            known.roles.insert(id, role);
            state.tell_guild("GUILD_ROLE_CREATE", guild, GUILDS, &event);
        }
        id
    }

    /// Takes a role from the guild and its members: GUILD_ROLE_DELETE (and no GUILD_MEMBER_UPDATE, as with Discord).
    pub fn remove_role(&self, guild: Id, role: Id) {
        let mut state = self.shared.state();
        if let Some(known) = state.guilds.get_mut(&guild) {
            known.roles.remove(&role);
            for member in known.members.values_mut() {
                member.roles.remove(&role);
            }
        }
        let event = json!({"guild_id": ids::text(guild), "role_id": ids::text(role)});
        state.tell_guild("GUILD_ROLE_DELETE", guild, GUILDS, &event);
    }

    /// A text channel: CHANNEL_CREATE.
    pub fn add_channel(&self, guild: Id, name: &str) -> Id {
        let mut state = self.shared.state();
        let id = state.new_id();
        let channel = Channel {
            id,
            guild: Some(guild),
            name: name.to_owned(),
            ..Channel::default()
        };
        state.channels.insert(id, channel);
        if let Some(known) = state.guilds.get_mut(&guild) {
            known.channels.insert(id);
        }
        state.tell_channel("CHANNEL_CREATE", id);
        id
    }

    /// A channel overwrite for a role or a user: CHANNEL_UPDATE.
    pub fn set_overwrite(&self, channel: Id, role_or_user: Id, allow: u64, deny: u64) {
        let mut state = self.shared.state();
        if let Some(channel) = state.channels.get_mut(&channel) {
            channel.overwrites.insert(role_or_user, (allow, deny));
        }
        state.tell_channel("CHANNEL_UPDATE", channel);
    }

    /// Deletes a channel: CHANNEL_DELETE; later requests get 10003.
    pub fn remove_channel(&self, channel: Id) {
        let mut state = self.shared.state();
        state.tell_channel("CHANNEL_DELETE", channel);
        if let Some(guild) = state.channels.remove(&channel).and_then(|channel| channel.guild)
            && let Some(guild) = state.guilds.get_mut(&guild)
        {
            guild.channels.remove(&channel);
        }
    }

    /// A person joins with roles: GUILD_MEMBER_ADD.
    pub fn add_member(&self, guild: Id, user: Id, roles: &[Id]) {
        let mut state = self.shared.state();
        state.join(guild, user, roles);
        state.tell_member("GUILD_MEMBER_ADD", guild, user);
    }

    /// Many new people at once, without events: for a guild that was large before the bot came.
    pub fn add_members(&self, guild: Id, count: usize, roles: &[Id]) -> Vec<Id> {
        let mut state = self.shared.state();
        let mut join = |number| {
            let user = state.add_user(&format!("member-{number}"), "en-US", false);
            state.join(guild, user, roles);
            user
        };
        (0..count).map(&mut join).collect()
    }

    /// Gives a member exactly these roles: GUILD_MEMBER_UPDATE.
    pub fn set_member_roles(&self, guild: Id, user: Id, roles: &[Id]) {
        self.with_member(guild, user, |member| member.roles = roles.iter().copied().collect());
    }

    /// Sets a person's name if they have no nickname; at first it is their name. There is no event for it.
    pub fn set_global_name(&self, user: Id, name: &str) {
        if let Some(user) = self.shared.state().users.get_mut(&user) {
            name.clone_into(&mut user.global_name);
        }
    }

    /// Puts fields on a person's account, over the usual ones, as Discord allows and few clients expect.
    pub fn dress(&self, user: Id, worn: &Value) {
        let mut state = self.shared.state();
        let fields = worn.as_object().cloned().unwrap_or_default();
        if let Some(user) = state.users.get_mut(&user) {
            user.worn.extend(fields);
        }
    }

    /// The same for a message, as it is from now on.
    pub fn dress_message(&self, message: Id, worn: &Value) {
        let mut state = self.shared.state();
        let fields = worn.as_object().cloned().unwrap_or_default();
        if let Some(message) = state.messages.get_mut(&message) {
            wear(&mut message.json, &fields);
        }
    }

    /// Sets a member's nickname: GUILD_MEMBER_UPDATE.
    pub fn set_nick(&self, guild: Id, user: Id, nick: Option<&str>) {
        self.with_member(guild, user, |member| member.nick = nick.map(str::to_owned));
    }

    /// A member leaves: GUILD_MEMBER_REMOVE; a bot that leaves gets GUILD_DELETE.
    pub fn remove_member(&self, guild: Id, user: Id) {
        let mut state = self.shared.state();
        let is_bot = state.applications.contains_key(&user);
        if is_bot {
            let event = json!({"id": ids::text(guild)});
            let to = crate::gateway::sessions::Audience {
                intent: GUILDS,
                guild: Some(guild),
            };
            state.sessions.event(user, to, "GUILD_DELETE", |_| event.clone());
        }
        if let Some(known) = state.guilds.get_mut(&guild) {
            known.members.remove(&user);
        }
        if let Some(known) = state.users.get_mut(&user) {
            known.guilds.remove(&guild);
        }
        state.tell_member("GUILD_MEMBER_REMOVE", guild, user);
    }

    /// What happens to direct messages to this person.
    pub fn set_dm_policy(&self, user: Id, policy: DmPolicy) {
        if let Some(user) = self.shared.state().users.get_mut(&user) {
            user.dm_policy = policy;
        }
    }

    fn with_member(&self, guild: Id, user: Id, change: impl FnOnce(&mut Member)) {
        let mut state = self.shared.state();
        if let Some(member) = state
            .guilds
            .get_mut(&guild)
            .and_then(|guild| guild.members.get_mut(&user))
        {
            change(member);
        }
        state.tell_member("GUILD_MEMBER_UPDATE", guild, user);
    }
}

impl State {
    pub(crate) fn add_user(&mut self, name: &str, locale: &str, bot: bool) -> Id {
        let id = self.new_id();
        let user = User {
            id,
            name: name.to_owned(),
            global_name: name.to_owned(),
            bot,
            locale: locale.to_owned(),
            dm_policy: DmPolicy::Open,
            guilds: BTreeSet::new(),
            worn: Map::new(),
        };
        self.users.insert(id, user);
        id
    }

    fn join(&mut self, guild: Id, user: Id, roles: &[Id]) {
        let joined_at = self.now();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.members.insert(
                user,
                Member {
                    roles: roles.iter().copied().collect(),
                    nick: None,
                    joined_at,
                },
            );
        }
        if let Some(user) = self.users.get_mut(&user) {
            user.guilds.insert(guild);
        }
    }

    fn tell_channel(&mut self, name: &str, channel: Id) {
        let Some((guild, event)) = self
            .channels
            .get(&channel)
            .and_then(|channel| channel.guild.map(|guild| (guild, self.channel_json(channel, 0))))
        else {
            return;
        };
        self.tell_guild(name, guild, GUILDS, &event);
    }
}
