//! How a step of checking ends.

use super::verdict::Broken;

/// Why checking ended before the end.
pub(super) enum Stop {
    Broken(Broken),
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// A step of checking.
pub(super) type Step<T> = Result<T, Stop>;

/// A file that is wrong.
pub(super) fn broken<T>(file: &impl ToString, reason: &impl ToString) -> Step<T> {
    Err(Stop::Broken(Broken {
        file: file.to_string(),
        reason: reason.to_string(),
    }))
}
