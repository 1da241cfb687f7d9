//! Writing a pack from one snapshot of the database, beside a running bot, a page at a time.

use std::path::Path;

use anyhow::{Context, ensure};
use tokio::sync::mpsc;

use super::gaps::Lacking;
use super::head::{Found, Head};
use super::outside::Spoilt;
use super::press::{Pressed, press};
use super::proofs::Prover;
use super::reading::{Export, Progress};
use super::register::{Register, Registered};
use super::sink::Sink;
use super::store::Handed;
use super::{Order, Packed, Summary, head};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::{Connection, Db};
use crate::evidence::policy::Policy;
use crate::evidence::ring;
use crate::evidence::store as log;

/// Pieces on their way from the database to the disk.
const UNDER_WAY: usize = 4;

/// Writes the pack that was ordered.
///
/// # Errors
/// When the database or the disk fails, or the log does not have the root that was signed.
pub async fn export(db: &Db, order: &Order, chance: &Chance, progress: Progress<'_>) -> anyhow::Result<Packed> {
    if occupied(&order.out, order.tar)? {
        return Ok(Packed::Occupied);
    }
    let policy = policy(order.policy.as_deref())?;
    let snapshot = db.snapshot().await?;
    let packed = export_from(&snapshot, policy, order, chance, progress).await;
    snapshot.rollback().await?;
    packed
}

async fn export_from(
    connection: &impl Connection,
    policy: Option<(Vec<u8>, Policy)>,
    order: &Order,
    chance: &Chance,
    progress: Progress<'_>,
) -> anyhow::Result<Packed> {
    let Some(ring) = ring(connection).await? else {
        return Ok(Packed::NoLog);
    };
    let head = match head::find(connection, &ring, policy.as_ref().map(|(_, policy)| policy)).await {
        Ok(Found::Head(head)) => head,
        Ok(Found::NoLog) => return Ok(Packed::NoLog),
        Ok(Found::NoQuorum) => return Ok(Packed::NoQuorum),
        Err(error) => return error.downcast::<Spoilt>().map(Packed::Spoilt),
    };
    let sink = Sink::begin(&order.out, order.tar, &chance.id()[..8])?;
    let (pieces, coming) = mpsc::channel(UNDER_WAY);
    let pressing = tokio::task::spawn_blocking(move || press(sink, coming));
    let register = order.disclosing.as_ref();
    let mut export = Export {
        connection,
        prover: Prover::new(log::edge(connection, head.checkpoint.size).await?),
        head,
        summary: Summary::default(),
        given: None,
        pieces,
        register: register.map(|disclosing| Register::new(disclosing.ledger.clone(), chance.id())),
        lacking: Lacking::default(),
    };
    let policy = policy.map_or_else(|| Policy::text_of(ring.current()).into_bytes(), |(bytes, _)| bytes);
    let read = export.read(order, &ring, policy, progress).await;
    let Export {
        head,
        summary,
        register,
        pieces,
        ..
    } = export;
    drop(pieces);
    // The reason why the writing stopped says more than the reading, which only found that nobody takes its pieces.
    let pressed = pressing.await??;
    if let Err(error) = read {
        return error.downcast::<Spoilt>().map(Packed::Spoilt);
    }
    if !summary.missing.is_empty() && !order.incomplete {
        return Ok(Packed::Missing(summary.missing));
    }
    finish(pressed, &head, summary, register, order).await
}

/// Checks the tree, enters what is disclosed into the register, and gives the pack its name.
async fn finish(
    pressed: Pressed,
    head: &Head,
    mut summary: Summary,
    register: Option<Register>,
    order: &Order,
) -> anyhow::Result<Packed> {
    let Pressed { sink, edge } = pressed;
    ensure!(
        edge.size() == head.checkpoint.size && edge.root() == head.checkpoint.root,
        "the log in the database does not have the root that was signed over its {} leaves. No pack was made; run \
         `bellwether evidence verify` to find the place",
        head.checkpoint.size
    );
    let finished = sink.finish()?;
    summary.origin.clone_from(&head.checkpoint.origin);
    summary.size = head.checkpoint.size;
    summary.root = head.checkpoint.root;
    summary.newer = head.newer;
    summary.files = finished.files;
    summary.sums = finished.sums;
    if let (Some(register), Some(disclosing), Some(scope)) = (register, &order.disclosing, &order.scope)
        && register.records > 0
    {
        let pack = Handed {
            rec: register.rec.clone(),
            origin: summary.origin.clone(),
            at: Millis(0),
            to_whom: disclosing.to_whom.clone(),
            scope: scope.to_string(),
            fields: disclosing.fields.join(", "),
            size: summary.size,
            records: summary.records,
            sha256: hex::encode(summary.sums),
        };
        match register.enter(pack).await? {
            Registered::Done => {}
            Registered::ErasedMeanwhile => return Ok(Packed::ErasedMeanwhile),
        }
    }
    finished.name()?;
    Ok(Packed::Done(summary))
}

/// Whether something that must not be overwritten has the pack's name.
fn occupied(out: &Path, tar: bool) -> anyhow::Result<bool> {
    match std::fs::symlink_metadata(out) {
        Ok(found) if found.is_dir() && !tar => {
            let mut entries = std::fs::read_dir(out).with_context(|| format!("looking into {}", out.display()))?;
            Ok(entries.next().is_some())
        }
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("looking at {}", out.display())),
    }
}

/// The policy in a file: its bytes, and what they say.
fn policy(path: Option<&Path>) -> anyhow::Result<Option<(Vec<u8>, Policy)>> {
    let Some(path) = path else {
        return Ok(None);
    };
    let shown = path.display();
    let bytes = std::fs::read(path).with_context(|| format!("reading the policy {shown}"))?;
    let policy = Policy::parse(&bytes).with_context(|| format!("the policy {shown}"))?;
    Ok(Some((bytes, policy)))
}
