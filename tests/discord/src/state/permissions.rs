//! Discord's permission bits and how they add up (topics/permissions.mdx).

use super::State;
use super::guild::{Channel, Guild};
use crate::ids::Id;

pub const ADMINISTRATOR: u64 = 1 << 3;
pub const MANAGE_CHANNELS: u64 = 1 << 4;
pub const MANAGE_GUILD: u64 = 1 << 5;
pub const VIEW_CHANNEL: u64 = 1 << 10;
pub const SEND_MESSAGES: u64 = 1 << 11;
pub const MANAGE_MESSAGES: u64 = 1 << 13;
pub const EMBED_LINKS: u64 = 1 << 14;
pub const ATTACH_FILES: u64 = 1 << 15;
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub const MENTION_EVERYONE: u64 = 1 << 17;
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;

/// Every bit documented today.
pub const ALL: u64 = (1 << 53) - 1;
/// What @everyone has in a new guild, for as much as the stand-in uses.
pub const EVERYONE: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MENTION_EVERYONE
    | USE_APPLICATION_COMMANDS;

/// What a member may do in the guild, before channel overwrites.
pub(crate) fn in_guild(guild: &Guild, user: Id) -> u64 {
    if guild.owner == user {
        return ALL;
    }
    let Some(member) = guild.members.get(&user) else {
        return 0;
    };
    let everyone = guild.roles.get(&guild.id).map_or(0, |role| role.permissions);
    let sum = member
        .roles
        .iter()
        .filter_map(|role| guild.roles.get(role))
        .fold(everyone, |sum, role| sum | role.permissions);
    if sum & ADMINISTRATOR == 0 { sum } else { ALL }
}

/// What a member may do in a channel.
pub(crate) fn in_channel(guild: &Guild, channel: &Channel, user: Id) -> u64 {
    let mut sum = in_guild(guild, user);
    if sum & ADMINISTRATOR != 0 {
        return ALL;
    }
    let Some(member) = guild.members.get(&user) else {
        return 0;
    };
    if let Some((allow, deny)) = channel.overwrites.get(&guild.id) {
        sum = (sum & !deny) | allow;
    }
    let (allow, deny) = member
        .roles
        .iter()
        .filter_map(|role| channel.overwrites.get(role))
        .fold((0, 0), |(allow, deny), overwrite| {
            (allow | overwrite.0, deny | overwrite.1)
        });
    sum = (sum & !deny) | allow;
    if let Some((allow, deny)) = channel.overwrites.get(&user) {
        sum = (sum & !deny) | allow;
    }
    sum
}

impl State {
    /// What a user may do in a channel of any kind; in a DM the two people may do everything that matters here.
    pub(crate) fn permissions_in(&self, channel: &Channel, user: Id) -> u64 {
        match channel.guild.and_then(|guild| self.guilds.get(&guild)) {
            Some(guild) => in_channel(guild, channel, user),
            None if channel.recipients.contains(&user) => EVERYONE,
            None => 0,
        }
    }
}
