//! How the program ends.

use std::process::ExitCode;

use bellwether_tlog::command;

/// How the program ends. The numbers are promised to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, and nothing is wrong.
    Done = 0,
    /// It ran, and found something wrong.
    Found = 1,
    /// Arguments, configuration or catalogue are wrong.
    Usage = 2,
    /// It could not be done: database, disk or network.
    Failed = 3,
    /// Discord refuses token or intents; starting again will not help.
    Refused = 4,
    /// The log must not be signed as it is; starting again will not help.
    Unsigned = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<command::Exit> for Exit {
    fn from(exit: command::Exit) -> Self {
        match exit {
            command::Exit::Done => Self::Done,
            command::Exit::Found => Self::Found,
            command::Exit::Usage => Self::Usage,
            command::Exit::Failed => Self::Failed,
        }
    }
}
