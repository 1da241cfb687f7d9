//! What a leaf says: compared with those before it, and what is remembered of it.

use super::super::entries::Brief;
use super::super::stop::{Step, broken};
use super::Reading;
use crate::pack_path::PackPath;

impl Reading<'_> {
    /// Checks a leaf against those before it.
    pub(super) fn leaf(&mut self, file: &PackPath, brief: Brief) -> Step<()> {
        let index = self.walk.size();
        if let Err(fault) = self.walk.leaf(brief.at, brief.of, brief.leaf.as_deref()) {
            return broken(file, &fault);
        }
        if self.states.last_key_value().map_or(0, |(size, _)| *size) == index {
            self.starts.insert(index, brief.at);
        }
        self.erased.extend(brief.erased.map(|of| (index, of)));
        if let Some(kind) = brief.unknown {
            self.kinds.see(kind);
        }
        self.records.see(brief.rec);
        Ok(())
    }
}
