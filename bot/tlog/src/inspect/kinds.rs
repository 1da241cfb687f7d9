//! Kinds of leaves that this version does not know.

use std::collections::BTreeMap;

use super::verdict::Remark;

/// Maximum number of kinds that are named.
const MOST: usize = 10;

/// How many leaves are of which unknown kind.
#[derive(Default)]
pub(super) struct UnknownKinds {
    named: BTreeMap<String, u64>,
    others: u64,
}

impl UnknownKinds {
    pub(super) fn see(&mut self, kind: String) {
        if self.named.len() < MOST || self.named.contains_key(&kind) {
            *self.named.entry(kind).or_default() += 1;
        } else {
            self.others += 1;
        }
    }

    pub(super) fn remarks(&self) -> impl Iterator<Item = Remark> {
        let named = self.named.iter().map(|(kind, leaves)| Remark::UnknownKind {
            kind: kind.clone(),
            leaves: *leaves,
        });
        let leaves = self.others;
        named.chain((leaves > 0).then_some(Remark::UnknownKinds { leaves }))
    }
}
