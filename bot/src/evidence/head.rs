//! The log's newest committed checkpoint, as others may see it.

use anyhow::{Context, ensure};
use bellwether_tlog::checkpoint::Checkpoint;
use bellwether_tlog::consistency::Consistency;
use bellwether_tlog::keyring::Keyring;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::leaf::Leaf;
use bellwether_tlog::note::Vkey;
use bellwether_tlog::proof::{Tiles, consistency};

use super::keys;
use super::store;
use crate::clock::Millis;
use crate::db::Connection;

/// A signed and committed checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub checkpoint: Checkpoint,
    /// The exact bytes.
    pub note: String,
}

/// The newest checkpoint that is in the database, signed by the keys that must sign it, and these keys; none before the
/// first leaf. `trusted` must be one of them, if it is given.
///
/// # Errors
/// When it cannot be read, or is not signed in this way.
pub async fn signed_head(
    connection: &impl Connection,
    trusted: Option<&Vkey>,
) -> anyhow::Result<Option<(Signed, Keyring)>> {
    // In this order: keys that are added in the meantime do no harm.
    let Some(row) = store::last_checkpoint(connection).await? else {
        return Ok(None);
    };
    let ring = keys::ring(connection).await?.context("the log has no entry 0")?;
    if let Some(trusted) = trusted {
        ensure!(
            ring.knows(trusted),
            "the log in the database is not signed by this program's key {trusted}"
        );
    }
    let checkpoint = ring
        .open(&row.note)
        .with_context(|| format!("the last checkpoint in the database, over {} leaves,", row.size))?;
    let note = row.note;
    Ok(Some((Signed { checkpoint, note }, ring)))
}

/// Whether the log holds a leaf from index `from` on that is not of this kind.
pub async fn holds_other_than(connection: &impl Connection, from: u64, kind: Kind) -> anyhow::Result<bool> {
    store::holds_other_than(connection, from, kind.name()).await
}

/// When the log began; none before its first leaf.
pub async fn began_at(connection: &impl Connection) -> anyhow::Result<Option<Millis>> {
    let first = store::first_leaf(connection).await?;
    Ok(first.and_then(|row| Leaf::parse(&row.leaf)?.recorded_at()))
}

/// The proof that a signed head continues the log's first `old` leaves, in the form for witnesses.
///
/// # Errors
/// When `old` is the larger, or the stored tree is not the signed one.
pub async fn continuation(connection: &impl Connection, old: u64, head: &Signed) -> anyhow::Result<Consistency> {
    let size = head.checkpoint.size;
    let spans =
        consistency(old, size).with_context(|| format!("{old} leaves are more than the {size} that are signed"))?;
    let edge = store::edge(connection, size).await?;
    ensure!(
        edge.root() == head.checkpoint.root,
        "the log in the database is damaged: its {size} leaves do not have the root that was signed. Run \
         `bellwether evidence verify` to find the place"
    );
    let full = store::tiles(connection, &Tiles::needed(&spans, size)).await?;
    let hashes = Tiles { edge: &edge, full }.proof(&spans);
    Ok(Consistency {
        old,
        hashes: hashes.context("a tile of the log is missing")?,
        checkpoint: head.note.clone(),
    })
}
