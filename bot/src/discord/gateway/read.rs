//! Reading an event.

use serenity::all::{Event, Member};

use super::pared;
use super::told::{Person, Told, Unread};
use crate::discord::edge::call;
use crate::ids::{OrganisationId, RoleId};

/// What came, and whether the library could not read it but this program could.
///
/// # Errors
/// When neither can.
pub(super) fn read(event: Event) -> Result<(Told, bool), Unread> {
    let told = match event {
        Event::Unknown(unknown) => {
            let told = pared::read(&unknown.kind, &unknown.value)?;
            let pared = !matches!(told, Told::Nothing);
            return Ok((told, pared));
        }
        Event::Ready(event) => Told::Ready {
            application: event.ready.application.id.get().cast_signed(),
            servers: Some(event.ready.guilds.iter().map(|guild| server(guild.id)).collect()),
        },
        Event::Resumed(_) => Told::Resumed,
        Event::InteractionCreate(event) => Told::Interaction(Box::new(event.interaction)),
        Event::MessageCreate(event) => Told::Written(Box::new(event.message)),
        Event::GuildCreate(event) => Told::Server {
            server: server(event.guild.id),
            count: Some(event.guild.member_count),
            members: event.guild.members.values().map(person).collect(),
        },
        // Without that word the server is only unavailable for a while.
        Event::GuildDelete(event) if !event.guild.unavailable => Told::Removed {
            server: server(event.guild.id),
        },
        Event::GuildMemberAdd(event) => Told::Member {
            server: server(event.member.guild_id),
            person: person(&event.member),
        },
        Event::GuildMemberUpdate(event) => Told::Member {
            server: server(event.guild_id),
            person: Person {
                member: call::member_id(event.user.id),
                bot: event.user.bot,
                roles: roles(&event.roles),
            },
        },
        Event::GuildMemberRemove(event) => Told::Left {
            server: server(event.guild_id),
            member: call::member_id(event.user.id),
        },
        Event::GuildRoleDelete(event) => Told::RoleGone {
            server: server(event.guild_id),
            role: role(event.role_id),
        },
        _ => Told::Nothing,
    };
    Ok((told, false))
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
