//! Gateway intents (events/gateway.mdx).

pub const GUILDS: u64 = 1;
/// Privileged.
pub const GUILD_MEMBERS: u64 = 1 << 1;
/// Privileged.
pub const GUILD_PRESENCES: u64 = 1 << 8;
pub const GUILD_MESSAGES: u64 = 1 << 9;
pub const DIRECT_MESSAGES: u64 = 1 << 12;
/// Privileged.
pub const MESSAGE_CONTENT: u64 = 1 << 15;

/// Intents that must be switched on in the developer portal.
pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
/// Every intent there is: bits 0 to 16, 20, 21, 24, 25.
pub const ALL: u64 = 0x1_FFFF | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
