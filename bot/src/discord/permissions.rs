//! Who may use which command. Checked in the handler; Discord's own settings are only a help.

use std::collections::BTreeSet;

use super::bot::Bot;
use super::router::Call;
use crate::config::{Organisation, Role};
use crate::ids::MemberId;
use crate::people;

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Pending,
    Record,
    Streaks,
    Away,
}

impl Command {
    pub const ALL: [Self; 4] = [Self::Pending, Self::Record, Self::Streaks, Self::Away];

    /// The name that Discord sends, whatever the reader's language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Record => "record",
            Self::Streaks => "streaks",
            Self::Away => "away",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.name() == name)
    }

    /// The role that it takes; none means everybody, who then sees only their own.
    pub const fn needs(self) -> Option<Role> {
        match self {
            Self::Pending | Self::Away => Some(Role::Manager),
            Self::Record => None,
            Self::Streaks => Some(Role::Owner),
        }
    }

    /// # Errors
    /// The role that is missing.
    pub fn allows(self, roles: &BTreeSet<Role>) -> Result<(), Role> {
        match self.needs() {
            Some(role) if !roles.contains(&role) => Err(role),
            Some(_) | None => Ok(()),
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
}

/// In a server the roles that the event carries count; in direct messages, what is known of the person.
pub async fn place(bot: &Bot, call: &Call) -> anyhow::Result<Result<Asker, Unplaced>> {
    if let Some(server) = call.server {
        let Some(organisation) = bot.organisation(server) else {
            return Ok(Err(Unplaced::ForeignServer));
        };
        let held = |role: &Role| {
            organisation
                .discord_roles(*role)
                .any(|id| call.discord_roles.contains(&id))
        };
        return Ok(Ok(Asker {
            organisation: organisation.clone(),
            member: call.member,
            roles: Role::ALL.into_iter().filter(held).collect(),
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
    Ok(match (found.pop(), found.is_empty()) {
        (None, _) => Err(Unplaced::NoOrganisation),
        (Some(asker), true) => Ok(asker),
        (Some(_), false) => Err(Unplaced::SeveralOrganisations),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_opens_for_its_role_alone() {
        let table = [
            (Command::Pending, [false, false, true, false, false]),
            (Command::Record, [true, true, true, true, true]),
            (Command::Streaks, [false, false, false, true, false]),
            (Command::Away, [false, false, true, false, false]),
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
