//! Recovering the log of a restored database: what is missing comes from a pack or a replica, or the log is closed and
//! another one begun.

mod begin_anew;
mod refill;
mod source;
mod store;

use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::keyring::Keyring;

use super::guard::{Guard, GuardError, continues};
use super::keys::Keys;
use super::state::State;
use crate::config;
use crate::db::{Connection, Db};

pub use begin_anew::{Begun, NewLog, Reason, begin_anew, next_origin};
pub use refill::{Refill, Refilled, refill};
pub use source::Source;

/// How the log in the database relates to what was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It continues what was signed: there is nothing to recover.
    Whole { size: u64 },
    /// It is older than what was signed.
    Short { size: u64, signed: u64 },
    /// It is another log than the signed one.
    Contradicts { size: u64, signed: u64 },
    /// Nobody can tell: there is no signing guard.
    Unguarded { size: u64 },
}

/// Compares the database with the signing guard, and changes nothing.
///
/// # Errors
/// When the log in the database is damaged, or guard or keys cannot be read.
pub async fn standing(db: &Db, settings: &config::Evidence) -> anyhow::Result<Standing> {
    let snapshot = db.snapshot().await?;
    let standing = compare(&snapshot, settings).await;
    snapshot.rollback().await?;
    standing
}

async fn compare(connection: &impl Connection, settings: &config::Evidence) -> anyhow::Result<Standing> {
    let state = State::read(connection).await?;
    let size = state.edge.size();
    let Some(last) = last_signed(settings, &state)? else {
        return Ok(Standing::Unguarded { size });
    };
    let signed = last.size;
    match continues(connection, &settings.guard_file, &last, &state.edge).await {
        Ok(()) => Ok(Standing::Whole { size }),
        Err(error) => match error.downcast_ref() {
            Some(GuardError::Shrunk { .. }) => Ok(Standing::Short { size, signed }),
            Some(GuardError::Rewritten { .. }) => Ok(Standing::Contradicts { size, signed }),
            _ => Err(error),
        },
    }
}

fn last_signed(settings: &config::Evidence, state: &State) -> anyhow::Result<Option<Checkpoint>> {
    last_signed_by(settings, state.ring.as_ref())
}

fn last_signed_by(settings: &config::Evidence, ring: Option<&Keyring>) -> anyhow::Result<Option<Checkpoint>> {
    let trusted = Keys::load(settings)?.trusted(ring);
    Guard::read(&settings.guard_file, &trusted)
}

#[cfg(test)]
mod tests;
