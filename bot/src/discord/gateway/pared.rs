//! Events that the library cannot read, read again: only what this program needs of them, whatever else they hold.
//!
//! If one field somewhere in somebody's profile has another form than the library expects, the library loses the whole
//! event. The structures below name what is read here, and nothing else is looked at. Interactions and messages then
//! become the library's own, with something harmless in the fields that it insists on and that nobody reads.

mod interaction;
mod piece;

use serde::Deserialize;
use serde_json::Value;

use piece::{At, Member, Message, User, take};

use super::told::{Person, Told, Unread};
use crate::discord::edge::Lane;
use crate::discord::router;
use crate::ids::{MemberId, OrganisationId, RoleId};

/// The events that are listened to.
const KINDS: [&str; 10] = [
    "READY",
    "RESUMED",
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_UPDATE",
    "GUILD_MEMBER_REMOVE",
    "GUILD_ROLE_DELETE",
];

/// Reads an event by its kind and what it carries.
pub(super) fn read(kind: &str, event: &Value) -> Result<Told, Unread> {
    let Some(kind) = KINDS.into_iter().find(|known| *known == kind) else {
        return Ok(Told::Nothing);
    };
    let told = match kind {
        "READY" => take::<Ready>(event).map(Ready::told),
        "RESUMED" => Ok(Told::Resumed),
        "INTERACTION_CREATE" => interaction::read(event),
        "MESSAGE_CREATE" => take::<Message>(event).and_then(|message| {
            let message = serde_json::from_value(message.json()).map_err(|_| At("type".to_owned()))?;
            Ok(Told::Written(Box::new(message)))
        }),
        "GUILD_CREATE" => take::<Server>(event).map(Server::told),
        "GUILD_DELETE" => take::<Gone>(event).map(Gone::told),
        "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" => take::<Changed>(event).map(Changed::told),
        "GUILD_MEMBER_REMOVE" => take::<Left>(event).map(|left| Told::Left {
            server: left.guild_id,
            member: left.user.id,
        }),
        _ => take::<RoleGone>(event).map(|gone| Told::RoleGone {
            server: gone.guild_id,
            role: gone.role_id,
        }),
    };
    told.map_err(|At(path)| Unread {
        kind,
        path,
        lane: match kind {
            "INTERACTION_CREATE" => router::lane_of_unread(&event["data"]),
            _ => Lane::Noted,
        },
    })
}

#[derive(Deserialize)]
struct Ready {
    application: Application,
    guilds: Option<Value>,
}

#[derive(Deserialize)]
struct Application {
    id: MemberId,
}

impl Ready {
    fn told(self) -> Told {
        Told::Ready {
            application: self.application.id.get(),
            servers: self.guilds.as_ref().and_then(ids),
        }
    }
}

/// The ids in a list of servers, if all can be read.
fn ids(servers: &Value) -> Option<Vec<OrganisationId>> {
    let id = |server: &Value| OrganisationId::deserialize(server.get("id")?).ok();
    servers.as_array()?.iter().map(id).collect()
}

/// A server; one that cannot be reached has only its id.
#[derive(Deserialize)]
struct Server {
    id: OrganisationId,
    member_count: Option<u64>,
    members: Option<Vec<Member>>,
}

impl Server {
    fn told(self) -> Told {
        Told::Server {
            server: self.id,
            count: self.member_count,
            members: self.members.into_iter().flatten().map(Member::person).collect(),
        }
    }
}

/// A server by its id, and whether it is only unavailable for a while.
#[derive(Deserialize)]
struct Gone {
    id: OrganisationId,
    unavailable: Option<bool>,
}

impl Gone {
    fn told(self) -> Told {
        match self.unavailable {
            Some(true) => Told::Nothing,
            _ => Told::Removed { server: self.id },
        }
    }
}

#[derive(Deserialize)]
struct Changed {
    guild_id: OrganisationId,
    user: User,
    roles: Vec<RoleId>,
}

impl Changed {
    fn told(self) -> Told {
        Told::Member {
            server: self.guild_id,
            person: Person {
                member: self.user.id,
                bot: self.user.bot.unwrap_or_default(),
                roles: self.roles,
            },
        }
    }
}

#[derive(Deserialize)]
struct Left {
    guild_id: OrganisationId,
    user: User,
}

#[derive(Deserialize)]
struct RoleGone {
    guild_id: OrganisationId,
    role_id: RoleId,
}

#[cfg(test)]
mod tests;
