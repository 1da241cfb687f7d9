//! Writing a pack from one snapshot of the database, beside a running bot, a page at a time.

use std::path::Path;

use anyhow::{Context, anyhow, ensure};
use tokio::sync::mpsc;

use super::gaps::Lacking;
use super::head::{Found, Head};
use super::outside::Spoilt;
use super::press::{Piece, Pressed, press};
use super::proofs::Prover;
use super::register::{Register, Registered};
use super::select::select;
use super::sink::Sink;
use super::store::{self, Handed, PAGE};
use super::{Order, Packed, Summary, head, readme};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::{Connection, Db};
use crate::evidence::Keyring;
use crate::evidence::Kind;
use crate::evidence::Leaf;
use crate::evidence::checkpoint::Checkpoint;
use crate::evidence::pack_path::PackPath;
use crate::evidence::policy::Policy;
use crate::evidence::ring;
use crate::evidence::store as log;
use crate::evidence::tlog_proof::TlogProof;

/// Pieces on their way from the database to the disk.
const UNDER_WAY: usize = 4;

/// Told how many leaves are done, of how many.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// The reading side of an export.
pub(super) struct Export<'a, C> {
    pub(super) connection: &'a C,
    pub(super) head: Head,
    pub(super) prover: Prover,
    pub(super) summary: Summary,
    /// The published checkpoint that was given last.
    pub(super) given: Option<Checkpoint>,
    pieces: mpsc::Sender<Piece>,
    register: Option<Register>,
    lacking: Lacking,
}

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
    // What stopped the writing says more than that the reading found nobody to write.
    let pressed = pressing.await??;
    if let Err(error) = read {
        return error.downcast::<Spoilt>().map(Packed::Spoilt);
    }
    if !summary.missing.is_empty() && !order.incomplete {
        return Ok(Packed::Missing(summary.missing));
    }
    finish(pressed, &head, summary, register, order).await
}

impl<C: Connection> Export<'_, C> {
    async fn read(
        &mut self,
        order: &Order,
        ring: &Keyring,
        policy: Vec<u8>,
        progress: Progress<'_>,
    ) -> anyhow::Result<()> {
        self.file(PackPath::Checkpoint, self.head.note.clone().into_bytes())
            .await?;
        self.file(PackPath::Policy, policy).await?;
        for chain in &order.chains {
            let path = PackPath::Chain(chain.name.clone());
            self.file(path, chain.pem.clone().into_bytes()).await?;
        }
        self.history(ring).await?;
        let size = self.head.checkpoint.size;
        let mut next = 0;
        while next < size {
            let page = store::leaves(self.connection, next..size.min(next + PAGE)).await?;
            for (index, _) in &page {
                ensure!(
                    *index == next,
                    "leaf {next} is missing; run `bellwether evidence verify`"
                );
                next += 1;
            }
            ensure!(
                !page.is_empty(),
                "leaf {next} is missing; run `bellwether evidence verify`"
            );
            self.chosen(order, &page).await?;
            let leaves = page.into_iter().map(|(_, leaf)| leaf).collect();
            self.piece(Piece::Leaves(leaves)).await?;
            progress(next, size);
        }
        self.explain().await?;
        let text = readme::text(&self.head.checkpoint, ring, order, &self.summary);
        self.file(PackPath::Readme, text.into_bytes()).await
    }

    /// Proofs and disclosures for those leaves of the page that belong to the scope.
    async fn chosen(&mut self, order: &Order, page: &[(u64, Vec<u8>)]) -> anyhow::Result<()> {
        let Some(scope) = &order.scope else {
            return Ok(());
        };
        let mut leaves = Vec::with_capacity(page.len());
        for (index, bytes) in page {
            let leaf = Leaf::parse(bytes);
            leaves.push((*index, leaf.with_context(|| format!("leaf {index} cannot be read"))?));
        }
        let leaves = select(self.connection, scope, leaves).await?;
        let names = order
            .disclosing
            .as_ref()
            .map_or(&[][..], |disclosing| &disclosing.fields);
        let recs: Vec<String> = leaves.iter().map(|(_, leaf)| leaf.rec.clone()).collect();
        let mut fields = store::fields(self.connection, &recs, names).await?;
        for (index, leaf) in leaves {
            let proof = TlogProof {
                index,
                extra: None,
                hashes: self.prover.inclusion(self.connection, index).await?,
                checkpoint: self.head.note.clone(),
            };
            let path = PackPath::Inclusion(index, self.head.checkpoint.size);
            self.file(path, proof.text().into_bytes()).await?;
            self.summary.proofs += 1;
            let kept = fields.remove(&leaf.rec).unwrap_or_default();
            let committed = kept.iter().all(|(_, text)| leaf.commits_to(text));
            ensure!(
                committed,
                "a field of leaf {index} is not the one that the leaf commits to. No pack was made; run `bellwether \
                 evidence verify`"
            );
            self.lacking.note(index, &leaf, names, &kept);
            self.disclose(index, &leaf, kept).await?;
        }
        Ok(())
    }

    /// Gives what is kept of the leaf.
    async fn disclose(&mut self, index: u64, leaf: &Leaf, kept: Vec<store::Field>) -> anyhow::Result<()> {
        if kept.is_empty() {
            return Ok(());
        }
        self.summary.disclosed += kept.len() as u64;
        self.summary.records += 1;
        if let Some(register) = &mut self.register {
            register.hold(index).await?;
        }
        let lines: Vec<String> = kept.into_iter().map(|(_, text)| text).collect();
        if Kind::named(&leaf.kind).is_some_and(Kind::is_erasure) {
            // What it says of records that are lacking something comes to these lines at the end.
            self.lacking.hold(index, lines);
            return Ok(());
        }
        self.lines(index, &lines).await
    }

    /// For what is missing, what the log says of its erasure; no more of an erasure than that.
    async fn explain(&mut self) -> anyhow::Result<()> {
        let lacking = std::mem::take(&mut self.lacking);
        let explained = lacking.explain(self.connection, self.head.checkpoint.size).await?;
        self.summary.erased = explained.erased;
        self.summary.missing = explained.missing;
        for (index, lines) in explained.lines {
            self.lines(index, &lines).await?;
        }
        Ok(())
    }

    async fn lines(&self, index: u64, lines: &[String]) -> anyhow::Result<()> {
        let text = lines.join("\n") + "\n";
        self.file(PackPath::Disclosures(index), text.into_bytes()).await
    }

    pub(super) async fn file(&self, path: PackPath, bytes: Vec<u8>) -> anyhow::Result<()> {
        self.piece(Piece::File(path, bytes)).await
    }

    async fn piece(&self, piece: Piece) -> anyhow::Result<()> {
        let sent = self.pieces.send(piece).await;
        sent.map_err(|_| anyhow!("the pack is no longer written"))
    }
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

/// Whether something has the pack's name that must not be overwritten.
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
