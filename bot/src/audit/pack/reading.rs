//! The reading side of a pack: what goes into it, from the database a page at a time.

use anyhow::{Context, anyhow, ensure};
use tokio::sync::mpsc;

use super::gaps::Lacking;
use super::head::Head;
use super::press::Piece;
use super::proofs::Prover;
use super::register::Register;
use super::select::select;
use super::store::{self, PAGE};
use super::{Order, Summary, readme};
use crate::db::Connection;
use crate::evidence::checkpoint::Checkpoint;
use crate::evidence::pack_path::PackPath;
use crate::evidence::tlog_proof::TlogProof;
use crate::evidence::{Keyring, Kind, Leaf};

/// Told how many leaves are done, and how many there are.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// The reading side of an export.
pub(super) struct Export<'a, C> {
    pub(super) connection: &'a C,
    pub(super) head: Head,
    pub(super) prover: Prover,
    pub(super) summary: Summary,
    /// The published checkpoint that was given last.
    pub(super) given: Option<Checkpoint>,
    pub(super) pieces: mpsc::Sender<Piece>,
    pub(super) register: Option<Register>,
    pub(super) lacking: Lacking,
}

impl<C: Connection> Export<'_, C> {
    pub(super) async fn read(
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

    /// Proofs and disclosures for the leaves of the page that belong to the scope.
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
            // What it says about records with missing fields is added to these lines at the end.
            self.lacking.hold(index, lines);
            return Ok(());
        }
        self.lines(index, &lines).await
    }

    /// For what is missing, what the log says about its erasure, and nothing more about that erasure.
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
