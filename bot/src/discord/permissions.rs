//! Who may use which command. Checked in the handler; Discord's own settings are only a help.

use std::collections::BTreeSet;
use std::time::Duration;

use super::bot::Bot;
use super::rest::RestError;
use super::router::Call;
use crate::config::{Organisation, Role};
use crate::ids::{MemberId, RoleId};
use crate::people::{self, Seen};

/// How long Discord is waited for when it is asked for somebody's roles. "Thinking" goes out long before.
const LOOK_UP: Duration = Duration::from_secs(10);

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Pending,
    Record,
    Streaks,
    Away,
    Case,
}

impl Command {
    pub const ALL: [Self; 5] = [Self::Pending, Self::Record, Self::Streaks, Self::Away, Self::Case];

    /// The name that Discord sends, whatever the reader's language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Record => "record",
            Self::Streaks => "streaks",
            Self::Away => "away",
            Self::Case => "case",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.name() == name)
    }

    /// The roles of which it takes one; none means everybody, who then sees only their own. Handlers work on cases;
    /// owners agree to keys, and look after the leaves of others.
    pub const fn needs(self) -> &'static [Role] {
        match self {
            Self::Pending => &[Role::Manager],
            Self::Away => &[Role::Manager, Role::Owner],
            Self::Record => &[],
            Self::Streaks => &[Role::Owner],
            Self::Case => &[Role::Handler, Role::IndependentHandler, Role::Owner],
        }
    }

    /// Whether it shows what belongs to others.
    pub const fn shows_others(self) -> bool {
        match self {
            Self::Pending | Self::Record => false,
            Self::Streaks | Self::Away | Self::Case => true,
        }
    }

    /// # Errors
    /// The role that is missing, or the first of those that would do.
    pub fn allows(self, roles: &BTreeSet<Role>) -> Result<(), Role> {
        match self.needs() {
            [first, ..] if !self.needs().iter().any(|role| roles.contains(role)) => Err(*first),
            _ => Ok(()),
        }
    }
}

/// Who uses a command, in which organisation.
#[derive(Clone, Debug)]
pub struct Asker {
    pub organisation: Organisation,
    pub member: MemberId,
    pub roles: BTreeSet<Role>,
}

/// Why it is not known for which organisation somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplaced {
    /// The server is not in the configuration.
    ForeignServer,
    /// In direct messages: known in no organisation.
    NoOrganisation,
    /// In direct messages: known in several.
    SeveralOrganisations,
    /// In direct messages: the roles that are known may be old, and Discord does not say what they are now.
    Unsure,
}

/// In a server the roles that the event carries count; in direct messages, what is known of the person. Where no events
/// tell of roles, Discord is asked before anybody sees what belongs to others.
pub async fn place(bot: &Bot, call: &Call, command: Command) -> anyhow::Result<Result<Asker, Unplaced>> {
    if let Some(server) = call.server {
        let Some(organisation) = bot.organisation(server) else {
            return Ok(Err(Unplaced::ForeignServer));
        };
        return Ok(Ok(Asker {
            organisation: organisation.clone(),
            member: call.member,
            roles: roles(organisation, &call.discord_roles),
        }));
    }
    let mut found = Vec::new();
    for organisation in &bot.asking.config.organisations {
        let standing = people::find(bot.asking.db.reader(), organisation, call.member).await?;
        found.extend(standing.filter(|standing| !standing.left).map(|standing| Asker {
            organisation: organisation.clone(),
            member: call.member,
            roles: standing.roles,
        }));
    }
    match (found.pop(), found.is_empty()) {
        (None, _) => Ok(Err(Unplaced::NoOrganisation)),
        (Some(asker), true) if command.shows_others() && !bot.asking.config.discord.members_intent => {
            look_up(bot, asker).await
        }
        (Some(asker), true) => Ok(Ok(asker)),
        (Some(_), false) => Ok(Err(Unplaced::SeveralOrganisations)),
    }
}

fn roles(organisation: &Organisation, held: &[RoleId]) -> BTreeSet<Role> {
    let stands_for = |role: &Role| organisation.discord_roles(*role).any(|id| held.contains(&id));
    Role::ALL.into_iter().filter(stands_for).collect()
}

/// With the roles that Discord says the person has now, which are also kept.
async fn look_up(bot: &Bot, asker: Asker) -> anyhow::Result<Result<Asker, Unplaced>> {
    let Asker {
        organisation, member, ..
    } = asker;
    let came = bot.arrivals.next();
    let (db, ledger) = (&bot.asking.db, &bot.asking.ledger);
    let asked = bot.rest.patiently(|| bot.rest.get_member(organisation.id, member));
    match tokio::time::timeout(LOOK_UP, asked).await {
        Ok(Ok(found)) => {
            let seen = Seen {
                member,
                discord_roles: found.roles.clone(),
                locale: None,
            };
            people::see_again(db, ledger, &organisation, seen, came).await?;
            Ok(Ok(Asker {
                roles: roles(&organisation, &found.roles),
                organisation,
                member,
            }))
        }
        Ok(Err(RestError::Refused { status: 404, .. })) => {
            people::leave(ledger, &organisation, member, came).await?;
            Ok(Err(Unplaced::NoOrganisation))
        }
        Ok(Err(error)) => {
            tracing::warn!(organisation.id = %organisation.id, "the roles of an asker could not be looked up: {error}");
            Ok(Err(Unplaced::Unsure))
        }
        Err(_) => Ok(Err(Unplaced::Unsure)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_opens_for_its_role_alone() {
        let table = [
            (Command::Pending, [false, false, true, false, false, false, false]),
            (Command::Record, [true; 7]),
            (Command::Streaks, [false, false, false, true, false, false, false]),
            (Command::Away, [false, false, true, true, false, false, false]),
            (Command::Case, [false, true, false, true, false, true, false]),
        ];
        for (command, allowed) in table {
            for (role, allowed) in Role::ALL.into_iter().zip(allowed) {
                assert_eq!(
                    command.allows(&BTreeSet::from([role])).is_ok(),
                    allowed,
                    "{command:?} {role:?}"
                );
            }
            assert_eq!(
                command.allows(&BTreeSet::new()).is_ok(),
                command == Command::Record,
                "{command:?}"
            );
        }
    }
}
