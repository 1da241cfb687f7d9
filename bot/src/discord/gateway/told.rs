//! What an event tells, as far as this program listens.

use serenity::all::{Event, Interaction, Member, Message};

use super::pared::{self, Unread};
use crate::discord::call;
use crate::ids::{MemberId, OrganisationId, RoleId};

#[derive(Debug)]
pub(super) enum Told {
    Ready {
        application: i64,
        /// The servers that the bot is in, where Discord says it.
        servers: Option<Vec<OrganisationId>>,
    },
    Resumed,
    Interaction(Box<Interaction>),
    Written(Box<Message>),
    /// A server is there, with some or all of its members.
    Server {
        server: OrganisationId,
        /// Bots count, too. None of a server that cannot be reached.
        count: Option<u64>,
        members: Vec<Person>,
    },
    /// A member joined or was changed.
    Member {
        server: OrganisationId,
        person: Person,
    },
    Left {
        server: OrganisationId,
        member: MemberId,
    },
    /// The bot was taken out of a server.
    Removed {
        server: OrganisationId,
    },
    RoleGone {
        server: OrganisationId,
        role: RoleId,
    },
    /// Nothing that matters here.
    Nothing,
}

/// A member of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) member: MemberId,
    pub(super) bot: bool,
    pub(super) roles: Vec<RoleId>,
}

impl Told {
    /// What came, and whether the library could not read it but this program could.
    ///
    /// # Errors
    /// When neither can.
    pub(super) fn of(event: Event) -> Result<(Self, bool), Unread> {
        let told = match event {
            Event::Unknown(unknown) => {
                let told = pared::read(&unknown.kind, &unknown.value)?;
                let pared = !matches!(told, Self::Nothing);
                return Ok((told, pared));
            }
            Event::Ready(event) => Self::Ready {
                application: event.ready.application.id.get().cast_signed(),
                servers: Some(event.ready.guilds.iter().map(|guild| server(guild.id)).collect()),
            },
            Event::Resumed(_) => Self::Resumed,
            Event::InteractionCreate(event) => Self::Interaction(Box::new(event.interaction)),
            Event::MessageCreate(event) => Self::Written(Box::new(event.message)),
            Event::GuildCreate(event) => Self::Server {
                server: server(event.guild.id),
                count: Some(event.guild.member_count),
                members: event.guild.members.values().map(person).collect(),
            },
            // Without that word the server is only out of order for a while.
            Event::GuildDelete(event) if !event.guild.unavailable => Self::Removed {
                server: server(event.guild.id),
            },
            Event::GuildMemberAdd(event) => Self::Member {
                server: server(event.member.guild_id),
                person: person(&event.member),
            },
            Event::GuildMemberUpdate(event) => Self::Member {
                server: server(event.guild_id),
                person: Person {
                    member: call::member_id(event.user.id),
                    bot: event.user.bot,
                    roles: roles(&event.roles),
                },
            },
            Event::GuildMemberRemove(event) => Self::Left {
                server: server(event.guild_id),
                member: call::member_id(event.user.id),
            },
            Event::GuildRoleDelete(event) => Self::RoleGone {
                server: server(event.guild_id),
                role: role(event.role_id),
            },
            _ => Self::Nothing,
        };
        Ok((told, false))
    }
}

fn person(member: &Member) -> Person {
    Person {
        member: call::member_id(member.user.id),
        bot: member.user.bot,
        roles: roles(&member.roles),
    }
}

fn server(guild: serenity::all::GuildId) -> OrganisationId {
    OrganisationId::from_i64(guild.get().cast_signed())
}

fn role(role: serenity::all::RoleId) -> RoleId {
    RoleId::from_i64(role.get().cast_signed())
}

fn roles(held: &[serenity::all::RoleId]) -> Vec<RoleId> {
    held.iter().copied().map(role).collect()
}
