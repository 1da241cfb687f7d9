//! Which checkpoint a pack ends with.

use super::outside::Spoilt;
use super::store;
use crate::db::Connection;
use crate::evidence::Keyring;
use crate::evidence::checkpoint::Checkpoint;
use crate::evidence::policy::Policy;
use crate::evidence::store as log;

/// The checkpoint of a pack.
pub(super) struct Head {
    pub note: String,
    pub checkpoint: Checkpoint,
    /// Leaves that are in the log, but not covered by it.
    pub newer: u64,
}

/// What to look for.
pub(super) enum Found {
    Head(Head),
    NoLog,
    NoQuorum,
}

fn spoilt(size: u64, reason: &impl ToString) -> Spoilt {
    let reason = reason.to_string();
    Spoilt { size, reason }
}

/// The newest checkpoint; if the policy asks for witnesses, the newest that enough of them cosigned. Published bytes
/// are preferred to those that were only signed.
pub(super) async fn find(
    connection: &impl Connection,
    ring: &Keyring,
    policy: Option<&Policy>,
) -> anyhow::Result<Found> {
    let Some(newest) = log::last_checkpoint(connection).await? else {
        return Ok(Found::NoLog);
    };
    let size = newest.size as u64;
    let mut published = store::publication_before(connection, size + 1).await?;
    let (covered, note) = match policy.filter(|policy| policy.needs_witnesses()) {
        None => match published {
            Some((found, note)) if found == size => (size, note),
            _ => (size, newest.note),
        },
        Some(policy) => loop {
            let Some((found, note)) = published else {
                return Ok(Found::NoQuorum);
            };
            let quorum = policy.quorum_met(&note).map_err(|refusal| spoilt(found, &refusal))?;
            if quorum.met {
                break (found, note);
            }
            published = store::publication_before(connection, found).await?;
        },
    };
    let checkpoint = ring.open(&note).map_err(|error| spoilt(covered, &error))?;
    if checkpoint.size != covered {
        let reason = format!("covers {} leaves", checkpoint.size);
        return Err(spoilt(covered, &reason).into());
    }
    let newer = size - checkpoint.size;
    Ok(Found::Head(Head {
        note,
        checkpoint,
        newer,
    }))
}
