//! The commands of an auditor, as the programs `bellwether-verify` and `bellwether evidence` have them: arguments,
//! words and exit codes. They need no configuration, no database and no network.

use std::process::ExitCode;

use crate::kind::Kind;

pub mod pack;
pub mod receipt;
mod told;

pub use told::told;

/// How a command ends. The numbers are promised to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It was checked, and holds.
    Done = 0,
    /// It was checked, and does not hold.
    Found = 1,
    /// Arguments are wrong; a pack: it could not be checked, or not all of it.
    Usage = 2,
    /// It could not be done, as what was found could not be written.
    Failed = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A wrong input of the command for receipts: what was found, what is allowed, how to fix it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "evidence verify-receipt: 1 problem\n  {at}\n    found    {found}\n    allowed  {allowed}\n    fix      {mend}"
)]
pub struct Wrong {
    at: String,
    found: String,
    allowed: String,
    mend: String,
}

/// The name of a field, as an argument gives it.
///
/// # Errors
/// The names that there are, when no kind of leaf has such a field.
pub fn field(name: &str) -> Result<&'static str, String> {
    let mut known: Vec<&'static str> = Kind::ALL.into_iter().flat_map(Kind::fields).copied().collect();
    known.sort_unstable();
    known.dedup();
    let found = known.iter().find(|known| **known == name).copied();
    found.ok_or_else(|| format!("allowed are {}", known.join(", ")))
}
