//! Who holds the roles that the configuration names.

use crate::cli::check::line::Lines;
use crate::config::{Organisation, Role};
use crate::discord::rest::{Guild, GuildMember, GuildRole};
use crate::ids::RoleId;

/// The people of a server, without bots, as far as they can be listed.
pub(super) type People<'a> = Option<&'a [GuildMember]>;

/// Whether each role is there, what it is called, and how many people hold it. A role that nobody holds is as good as
/// none.
pub(super) fn roles(organisation: &Organisation, guild: &Guild, people: People<'_>, lines: &mut Lines) {
    let named = organisation
        .roles
        .iter()
        .map(|(role, ids)| (format!("roles.{}", role.word()), *role == Role::Manager, ids));
    let audiences = organisation.audiences.iter();
    let audiences = audiences.map(|(audience, ids)| (format!("audiences.{audience}"), false, ids));
    for (key, asked, ids) in named.chain(audiences).filter(|(.., ids)| !ids.is_empty()) {
        let what = format!("organisation {}, {key}", guild.id);
        let found = |id: &RoleId| guild.roles.iter().find(|role| role.id == *id);
        let missing: Vec<String> = ids
            .iter()
            .filter(|id| found(id).is_none())
            .map(ToString::to_string)
            .collect();
        if !missing.is_empty() {
            lines.fail(
                what,
                format!("no such role in the server: {}", missing.join(", ")),
                "correct the ids: Server Settings, Roles, right-click, Copy Role ID",
            );
            continue;
        }
        let names: Vec<String> = ids.iter().filter_map(found).map(name).collect();
        let names = names.join(", ");
        let Some(people) = people else {
            lines.ok(
                what,
                format!("{names}; its holders cannot be listed without the Server Members Intent"),
            );
            continue;
        };
        match people.iter().filter(|person| holds(person, ids.iter())).count() {
            0 => lines.fail(
                what,
                format!(
                    "{names}: nobody holds it{}",
                    if asked { ", so nobody would be asked" } else { "" }
                ),
                "give the role to the right people, or name another one",
            ),
            count => lines.ok(what, format!("{names}: {}", head_count(count))),
        }
    }
}

/// On one line, and not so long that it hides the rest.
fn name(role: &GuildRole) -> String {
    let plain = role.name.chars().filter(|character| !character.is_control());
    format!("@{}", plain.take(40).collect::<String>())
}

/// A number of people, in words.
pub(super) fn head_count(count: usize) -> String {
    if count == 1 {
        "1 person".to_owned()
    } else {
        format!("{count} people")
    }
}

pub(super) fn holds<'a>(person: &GuildMember, mut ids: impl Iterator<Item = &'a RoleId>) -> bool {
    ids.any(|id| person.roles.contains(id))
}

/// Those who are asked.
pub(super) fn asked<'a>(organisation: &Organisation, people: &'a [GuildMember]) -> Vec<&'a GuildMember> {
    let managers: Vec<RoleId> = organisation.discord_roles(Role::Manager).collect();
    people.iter().filter(|person| holds(person, managers.iter())).collect()
}
