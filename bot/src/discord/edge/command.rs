//! The commands, and who may use which. Checked in the handler; Discord's own settings are only a help.

use std::collections::BTreeSet;

use crate::config::Role;

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

    /// The roles of which it takes one; none means everybody, who then only see what is their own. Handlers work on
    /// cases; owners agree to keys, and manage other people's absences.
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
    /// The missing role, or the first of those that would be enough.
    pub fn allows(self, roles: &BTreeSet<Role>) -> Result<(), Role> {
        match self.needs() {
            [first, ..] if !self.needs().iter().any(|role| roles.contains(role)) => Err(*first),
            _ => Ok(()),
        }
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
