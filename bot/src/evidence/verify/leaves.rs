//! What holds for a single leaf and its fields.

use super::Walk;
use super::store::{DisclosureRow, LeafRow};
use crate::evidence::disclosure;
use crate::evidence::kind::Kind;
use crate::evidence::leaf::Leaf;
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
        self.at = at;
        if let Some(of) = leaf.of
            && of >= index
        {
            return Err(Finding::LeafReference { index, of });
        }
        let genesis = index == 0;
        let names = (leaf.origin.as_deref(), leaf.vkey.as_deref());
        let vkey = self.vkey.to_string();
        let expected = if genesis {
            (Some(self.vkey.name()), Some(vkey.as_str()))
        } else {
            (None, None)
        };
        if names != expected || (leaf.kind == Kind::LogGenesis.name()) != genesis {
            return Err(Finding::Genesis);
        }
        Ok(leaf)
    }

    /// Checks that the kept fields are those that the leaf commits to.
    pub(super) fn fields(&mut self, leaf: &Leaf, kept: Vec<DisclosureRow>) -> Result<(), Finding> {
        let index = self.edge.size();
        // A kind of a later version has fields that this one cannot name.
        let names = Kind::named(&leaf.kind).map(Kind::fields);
        if names.is_some_and(|names| names.len() != leaf.sd.len()) {
            return Err(Finding::LeafFields(index));
        }
        let missing = leaf.sd.len().saturating_sub(kept.len()) as u64;
        for row in kept {
            let named = disclosure::read(&row.disclosure).is_some_and(|(name, _)| name == row.name);
            let known = names.is_none_or(|names| names.contains(&row.name.as_str()));
            if !named || !known || !leaf.sd.contains(&disclosure::digest(&row.disclosure)) {
                return Err(Finding::Disclosure { index, name: row.name });
            }
            self.report.disclosed += 1;
        }
        if missing > 0 {
            self.incomplete.insert(index, missing);
        }
        if leaf.kind == Kind::RecordErased.name()
            && let Some(of) = leaf.of
        {
            self.report.erased += self.incomplete.remove(&of).unwrap_or(0);
        }
        Ok(())
    }
}
