//! Why the gateway gave up: each a sentence with its remedy.

/// Session starts of the day that are left unused, so that an operator can try again after fixing the problem.
pub(super) const RESERVE: u64 = 20;
/// Session starts in 24 h that this program allows itself. Discord resets the token after 1,000.
pub(super) const STARTS_A_DAY: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fatal {
    #[error(
        "Discord refuses the bot token (4004). Set DISCORD_TOKEN or DISCORD_TOKEN_FILE to the token on the Bot page of Discord's developer portal and start again."
    )]
    TokenRefused,
    #[error(
        "Discord refuses the intents (4014). Switch on \"Server Members Intent\" on the Bot page of Discord's developer portal, or set discord.members_intent = false and name people in the people file."
    )]
    IntentsDisallowed,
    #[error("Discord does not know the intents asked for (4013). This version of the program is too old or too new.")]
    IntentsUnknown,
    #[error(
        "Nearly all of today's session starts are spent; more would make Discord reset the token. Find out what restarts the program, and start it again in {hours} h."
    )]
    StartsSpent { hours: u64 },
    #[error(
        "The program began {STARTS_A_DAY} sessions within a day and stops, before Discord resets the token. Look for a second process with the same token and for an unsteady network."
    )]
    TooManyStarts,
    #[error("The gateway ended: {0}.")]
    Refused(String),
    #[error("The gateway's supervisor ended without saying why. This is a bug; start the program again.")]
    Broken,
}
