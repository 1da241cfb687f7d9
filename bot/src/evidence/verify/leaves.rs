//! What must be true of a single leaf and its fields.

use bellwether_tlog::disclosure;
use bellwether_tlog::erased;
use bellwether_tlog::kind::Kind;
use bellwether_tlog::leaf::Leaf;

use super::Reading;
use super::store::{DisclosureRow, LeafRow};
use crate::evidence::report::Finding;

impl Reading {
    /// Checks the leaf by itself and against those before it.
    pub(super) fn leaf(&mut self, row: &LeafRow) -> Result<Leaf, Finding> {
        let index = self.walk.size();
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
        let before = self.walk.at();
        self.walk.leaf(at, leaf.of, leaf.is_of_log().then_some(&leaf))?;
        if index == self.signed {
            self.before = before;
        }
        match self.walk.ring() {
            Some(ring) if ring.origin() == self.vkey.name() => Ok(leaf),
            _ => Err(Finding::Genesis),
        }
    }

    /// Checks that the kept fields are those that the leaf commits to. Returns their names and values.
    pub(super) fn fields(&mut self, leaf: &Leaf, kept: Vec<DisclosureRow>) -> Result<Vec<(String, String)>, Finding> {
        let index = self.walk.size();
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
            // Leaves from `of` on were brought back, with the fields that the source had.
            self.report.lost += self.unexplained.lost_from(of);
        }
        Ok(fields)
    }
}
