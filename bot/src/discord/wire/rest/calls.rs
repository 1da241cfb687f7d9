//! The requests that are about neither messages nor interactions, and what Discord answers.

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::error::RestError;
use super::payload::{Payload, with_files};
use super::{Ask, Rest};
use crate::discord::wire::limits::Route;
use crate::ids::{ChannelId, MemberId, OrganisationId, RoleId};

/// Null means the same as nothing.
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(value: D) -> Result<T, D::Error> {
    Option::deserialize(value).map(Option::unwrap_or_default)
}

/// Where the gateway is.
#[derive(Clone, Debug, Deserialize)]
pub struct Gateway {
    pub url: String,
}

/// Where the gateway is for this bot, and how often a session may begin.
#[derive(Clone, Debug, Deserialize)]
pub struct SessionStart {
    pub url: String,
    /// Null if the server sets no limit.
    #[serde(default)]
    pub session_start_limit: Value,
}

/// A user, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Me {
    pub id: MemberId,
    #[serde(default, deserialize_with = "or_default")]
    pub bot: bool,
}

/// The application that the bot belongs to.
#[derive(Clone, Debug, Deserialize)]
pub struct Application {
    pub id: MemberId,
    /// Bits 12 to 19 tell which privileged intents are switched on.
    #[serde(default, deserialize_with = "or_default")]
    pub flags: u64,
}

/// A member of a guild.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GuildMember {
    pub user: Me,
    pub roles: Vec<RoleId>,
}

/// A role of a guild.
#[derive(Clone, Debug, Deserialize)]
pub struct GuildRole {
    pub id: RoleId,
    pub name: String,
    /// A bit set, in decimal digits.
    pub permissions: String,
}

/// A guild.
#[derive(Clone, Debug, Deserialize)]
pub struct Guild {
    pub id: OrganisationId,
    pub name: String,
    pub owner_id: MemberId,
    pub roles: Vec<GuildRole>,
}

/// What a channel allows or denies a role (kind 0) or a member (kind 1).
#[derive(Clone, Debug, Deserialize)]
pub struct Overwrite {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: u8,
    pub allow: String,
    pub deny: String,
}

/// A channel.
#[derive(Clone, Debug, Deserialize)]
pub struct Channel {
    pub id: ChannelId,
    #[serde(rename = "type")]
    pub kind: u8,
    #[serde(default)]
    pub guild_id: Option<OrganisationId>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub permission_overwrites: Vec<Overwrite>,
}

impl Rest {
    /// Where the gateway is. Needs no valid token.
    pub async fn get_gateway(&self) -> Result<Gateway, RestError> {
        self.get("/gateway", 0, "/gateway".to_owned()).await
    }

    /// Where the gateway is, and how many sessions may begin today.
    pub async fn get_gateway_bot(&self) -> Result<SessionStart, RestError> {
        self.get("/gateway/bot", 0, "/gateway/bot".to_owned()).await
    }

    /// The bot's own user.
    pub async fn current_user(&self) -> Result<Me, RestError> {
        self.get("/users/@me", 0, "/users/@me".to_owned()).await
    }

    /// The bot's application.
    pub async fn current_application(&self) -> Result<Application, RestError> {
        self.get("/applications/@me", 0, "/applications/@me".to_owned()).await
    }

    /// Up to 1,000 members with ids above `after`, in the order of ids. Needs the GUILD_MEMBERS intent.
    pub async fn list_guild_members(
        &self,
        organisation: OrganisationId,
        after: Option<MemberId>,
    ) -> Result<Vec<GuildMember>, RestError> {
        let after = after.map_or(0, MemberId::get);
        let path = format!("/guilds/{organisation}/members?limit=1000&after={after}");
        self.get("/guilds/{}/members", organisation.get(), path).await
    }

    /// One member. Unknown ones are refused with 10007 or 10013.
    pub async fn get_member(&self, organisation: OrganisationId, member: MemberId) -> Result<GuildMember, RestError> {
        let path = format!("/guilds/{organisation}/members/{member}");
        self.get("/guilds/{}/members/{}", organisation.get(), path).await
    }

    /// A member's name in the server: the nickname, otherwise the name that the person uses.
    pub async fn display_name(&self, organisation: OrganisationId, member: MemberId) -> Result<String, RestError> {
        #[derive(Deserialize)]
        struct Called {
            nick: Option<String>,
            user: CalledUser,
        }
        #[derive(Deserialize)]
        struct CalledUser {
            global_name: Option<String>,
            username: String,
        }
        let path = format!("/guilds/{organisation}/members/{member}");
        let called: Called = self.get("/guilds/{}/members/{}", organisation.get(), path).await?;
        Ok(called.nick.or(called.user.global_name).unwrap_or(called.user.username))
    }

    pub async fn get_guild(&self, organisation: OrganisationId) -> Result<Guild, RestError> {
        self.get("/guilds/{}", organisation.get(), format!("/guilds/{organisation}"))
            .await
    }

    pub async fn get_channel(&self, channel: ChannelId) -> Result<Channel, RestError> {
        self.get("/channels/{}", channel.get(), format!("/channels/{channel}"))
            .await
    }

    /// Opens the direct messages with a person, or finds them when they are open.
    pub async fn create_dm(&self, member: MemberId) -> Result<Channel, RestError> {
        self.ask(Ask {
            method: Method::POST,
            route: Route {
                method: "POST",
                path: "/users/@me/channels",
                resource: 0,
            },
            path: "/users/@me/channels".to_owned(),
            payload: with_files(&json!({ "recipient_id": member }), Vec::new())?,
        })
        .await
    }

    /// Sets all commands of the application, for every guild and direct messages.
    pub async fn put_global_commands(&self, application: i64, body: &impl Serialize) -> Result<Value, RestError> {
        let path = format!("/applications/{application}/commands");
        self.put("/applications/{}/commands", 0, path, body).await
    }

    async fn get<T: DeserializeOwned>(
        &self,
        template: &'static str,
        resource: i64,
        path: String,
    ) -> Result<T, RestError> {
        self.ask(Ask {
            method: Method::GET,
            route: Route {
                method: "GET",
                path: template,
                resource,
            },
            path,
            payload: Payload::Nothing,
        })
        .await
    }

    async fn put(
        &self,
        template: &'static str,
        resource: i64,
        path: String,
        body: &impl Serialize,
    ) -> Result<Value, RestError> {
        self.ask(Ask {
            method: Method::PUT,
            route: Route {
                method: "PUT",
                path: template,
                resource,
            },
            path,
            payload: with_files(body, Vec::new())?,
        })
        .await
    }
}
