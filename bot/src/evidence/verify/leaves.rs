//! What holds for a single leaf and its fields.

use bellwether_tlog::disclosure;
use bellwether_tlog::erased;
use bellwether_tlog::keyring::Keyring;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::leaf::Leaf;
use bellwether_tlog::note::Vkey;

use super::Walk;
use super::store::{DisclosureRow, LeafRow};
use crate::evidence::report::Finding;

impl Walk {
    /// Checks the leaf for itself and against those before it.
    pub(super) fn leaf(&mut self, row: &LeafRow) -> Result<Leaf, Finding> {
        let index = self.edge.size();
        if row.idx < 0 {
            return Err(Finding::LeafIndex(row.idx));
        }
        if row.idx as u64 != index {
            return Err(Finding::LeafMissing(index));
        }
        let leaf = Leaf::parse(&row.leaf).ok_or(Finding::LeafForm(index))?;
        if leaf.rec != row.rec {
            return Err(Finding::LeafColumn { index, column: "rec" });
        }
        if leaf.kind != row.kind {
            return Err(Finding::LeafColumn { index, column: "kind" });
        }
        let at = leaf.recorded_at().ok_or(Finding::LeafForm(index))?;
        if at < self.at {
            return Err(Finding::LeafTime(index));
        }
        if index == self.signed {
            self.before = self.at;
        }
        self.at = at;
        if let Some(of) = leaf.of
            && of >= index
        {
            return Err(Finding::LeafReference { index, of });
        }
        self.keys(&leaf)?;
        Ok(leaf)
    }

    /// Checks what only entry 0 and rotations say, and takes in the keys that they name.
    fn keys(&mut self, leaf: &Leaf) -> Result<(), Finding> {
        let index = self.edge.size();
        let genesis = leaf.kind == Kind::LogGenesis.name();
        let rotation = leaf.kind == Kind::KeyRotated.name();
        let follows = leaf.prior.is_some() || leaf.reason.is_some();
        let fits = genesis == (index == 0)
            && genesis == leaf.origin.is_some()
            && rotation == leaf.retires.is_some()
            && (genesis || rotation) == leaf.vkey.is_some()
            && leaf.names_prior_whole()
            && (genesis || !follows);
        if !fits {
            return Err(Finding::Genesis);
        }
        if let Some(ring) = &mut self.ring {
            let taken = ring.take(index, leaf);
            return taken.map_err(|reason| Finding::Rotation { index, reason });
        }
        let first: Option<Vkey> = leaf.vkey.as_deref().and_then(|vkey| vkey.parse().ok());
        match first.filter(|vkey| Some(vkey.name()) == leaf.origin.as_deref() && vkey.name() == self.vkey.name()) {
            Some(vkey) => self.ring = Some(Keyring::start(vkey)),
            None => return Err(Finding::Genesis),
        }
        Ok(())
    }

    /// Checks that the kept fields are those that the leaf commits to. Returns their names and values.
    pub(super) fn fields(&mut self, leaf: &Leaf, kept: Vec<DisclosureRow>) -> Result<Vec<(String, String)>, Finding> {
        let index = self.edge.size();
        if !leaf.has_its_fields() {
            return Err(Finding::LeafFields(index));
        }
        let kind = Kind::named(&leaf.kind);
        self.unexplained
            .note(index, leaf, kept.iter().map(|row| row.name.as_str()));
        let mut fields = Vec::with_capacity(kept.len());
        for row in kept {
            let told = disclosure::read(&row.disclosure).filter(|(name, _)| *name == row.name);
            let known = kind.is_none_or(|kind| kind.has_field(&row.name));
            let Some(told) = told.filter(|_| known && leaf.commits_to(&row.disclosure)) else {
                return Err(Finding::Disclosure { index, name: row.name });
            };
            self.report.disclosed += 1;
            fields.push(told);
        }
        for told in erased::told(leaf, &fields) {
            self.report.erased += self.unexplained.erased(&told);
        }
        if kind == Some(Kind::LogRecovered)
            && let Some(of) = leaf.of
        {
            // Leaves from `of` on were brought back, with such fields as the source had.
            self.report.lost += self.unexplained.lost_from(of);
        }
        Ok(fields)
    }
}
