//! What the bot may do in a channel, from Discord's roles and overwrites. Pure.

use std::collections::BTreeSet;

use crate::discord::rest::{Channel, Guild, GuildMember, Overwrite};
use crate::ids::RoleId;

/// Bit and name of each permission that the bot needs in its channels.
pub(super) const NEEDED: [(u64, &str); 5] = [
    (VIEW, "View Channel"),
    (SEND, "Send Messages"),
    (1 << 14, "Embed Links"),
    (1 << 15, "Attach Files"),
    (HISTORY, "Read Message History"),
];
const ADMINISTRATOR: u64 = 1 << 3;
const VIEW: u64 = 1 << 10;
const SEND: u64 = 1 << 11;
const HISTORY: u64 = 1 << 16;
const ROLE: u8 = 0;
const MEMBER: u8 = 1;

/// All needed bits, as an invitation asks for them.
pub(super) fn all_needed() -> u64 {
    NEEDED.iter().map(|(bit, _)| bit).sum()
}

/// Names of the needed permissions that `bot` lacks in `channel`. Without View Channel all others are lacking, too.
pub(super) fn lacking(guild: &Guild, bot: &GuildMember, channel: &Channel) -> Vec<&'static str> {
    let held = held(guild, bot, channel);
    NEEDED
        .iter()
        .filter(|(bit, _)| held & bit == 0 || held & NEEDED[0].0 == 0)
        .map(|(_, name)| *name)
        .collect()
}

/// Whether a member sees the channel and what was posted there.
pub(super) fn sees(guild: &Guild, member: &GuildMember, channel: &Channel) -> bool {
    may(guild, member, channel, &[VIEW, HISTORY])
}

/// Whether a member can post in the channel.
pub(super) fn writes(guild: &Guild, member: &GuildMember, channel: &Channel) -> bool {
    may(guild, member, channel, &[VIEW, SEND])
}

/// Whether a member can do anything in the server, whatever a channel says.
pub(super) fn administers(guild: &Guild, member: &GuildMember) -> bool {
    base(guild, member) & ADMINISTRATOR != 0 || guild.owner_id == member.user.id
}

fn may(guild: &Guild, member: &GuildMember, channel: &Channel, bits: &[u64]) -> bool {
    let held = held(guild, member, channel);
    bits.iter().all(|bit| held & bit != 0)
}

/// Discord's order: everybody's role, own roles, then overwrites for everybody, for own roles together, for the bot.
fn held(guild: &Guild, bot: &GuildMember, channel: &Channel) -> u64 {
    if administers(guild, bot) {
        return u64::MAX;
    }
    let everybody = guild.id.to_string();
    let own = bot.roles.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let base = base(guild, bot);
    let user = bot.user.id.to_string();
    let overwrites = &channel.permission_overwrites;
    let held = apply(base, overwrites, |one| one.kind == ROLE && one.id == everybody);
    let held = apply(held, overwrites, |one| one.kind == ROLE && own.contains(&one.id));
    apply(held, overwrites, |one| one.kind == MEMBER && one.id == user)
}

/// What everybody's role and the own ones give. The role of everybody has the guild's id.
fn base(guild: &Guild, member: &GuildMember) -> u64 {
    let given = |id: RoleId| id.get() == guild.id.get() || member.roles.contains(&id);
    let roles = guild.roles.iter().filter(|role| given(role.id));
    roles.fold(0, |held, role| held | bits(&role.permissions))
}

fn apply(held: u64, overwrites: &[Overwrite], applies: impl Fn(&Overwrite) -> bool) -> u64 {
    let (allow, deny) = overwrites
        .iter()
        .filter(|one| applies(one))
        .fold((0, 0), |(allow, deny), one| {
            (allow | bits(&one.allow), deny | bits(&one.deny))
        });
    (held & !deny) | allow
}

fn bits(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn guild(everybody: u64, own: u64) -> Guild {
        serde_json::from_value(json!({
            "id": "1", "name": "Example", "owner_id": "9",
            "roles": [
                { "id": "1", "name": "@everyone", "permissions": everybody.to_string() },
                { "id": "2", "name": "Bot", "permissions": own.to_string() },
                { "id": "3", "name": "Other", "permissions": u64::MAX.to_string() },
            ],
        }))
        .expect("a guild")
    }

    fn bot() -> GuildMember {
        serde_json::from_value(json!({ "user": { "id": "5" }, "roles": ["2"] })).expect("a member")
    }

    fn channel(overwrites: &[(&str, u8, u64, u64)]) -> Channel {
        let overwrites = overwrites
            .iter()
            .map(|(id, kind, allow, deny)| {
                json!({ "id": id, "type": kind, "allow": allow.to_string(), "deny": deny.to_string() })
            })
            .collect::<Vec<_>>();
        serde_json::from_value(json!({ "id": "7", "type": 0, "permission_overwrites": overwrites })).expect("a channel")
    }

    #[test]
    fn roles_add_up() {
        assert_eq!(lacking(&guild(1 << 10, all_needed()), &bot(), &channel(&[])), [""; 0]);
        assert_eq!(
            lacking(&guild(1 << 10 | 1 << 11, 0), &bot(), &channel(&[])),
            ["Embed Links", "Attach Files", "Read Message History"]
        );
        assert_eq!(lacking(&guild(0, 0), &bot(), &channel(&[])).len(), 5);
        assert_eq!(
            lacking(&guild(0, ADMINISTRATOR), &bot(), &channel(&[("1", 0, 0, u64::MAX)])),
            [""; 0]
        );
    }

    #[test]
    fn the_nearer_overwrite_wins() {
        let guild = guild(all_needed(), 0);
        let denied = [("1", 0, 0, 1 << 11)];
        assert_eq!(lacking(&guild, &bot(), &channel(&denied)), ["Send Messages"]);
        let allowed_by_role = [("2", 0, 1 << 11, 0), ("1", 0, 0, 1 << 11)];
        assert_eq!(lacking(&guild, &bot(), &channel(&allowed_by_role)), [""; 0]);
        let denied_to_the_bot = [("5", 1, 0, 1 << 11), ("2", 0, 1 << 11, 0)];
        assert_eq!(lacking(&guild, &bot(), &channel(&denied_to_the_bot)), ["Send Messages"]);
        let hidden = [("1", 0, 0, 1 << 10)];
        assert_eq!(
            lacking(&guild, &bot(), &channel(&hidden)).len(),
            5,
            "hidden means nothing works"
        );
        let of_another = [("3", 0, 0, u64::MAX)];
        assert_eq!(lacking(&guild, &bot(), &channel(&of_another)), [""; 0]);
    }
}
