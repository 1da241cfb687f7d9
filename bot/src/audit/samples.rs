//! Leaves for tests.

use crate::chance::Chance;
use crate::evidence::{Kind, NewLeaf, erasure_leaves};
use crate::ids::RecordId;
use crate::ledger::Ledger;

/// A leaf of a kind, with the field names as values.
pub(crate) fn leaf(chance: &Chance, kind: Kind) -> NewLeaf {
    NewLeaf {
        kind,
        rec: RecordId::new(chance.id()),
        of: None,
        values: kind.fields().iter().map(|name| format!("the {name}")).collect(),
    }
}

/// A leaf that continues another.
pub(crate) fn continuing(chance: &Chance, kind: Kind, of: &NewLeaf) -> NewLeaf {
    NewLeaf {
        of: Some(of.rec.clone()),
        ..leaf(chance, kind)
    }
}

/// A leaf that says that these fields of a record were erased, such as `text,choice`.
pub(crate) fn erasure(chance: &Chance, of: &RecordId, fields: &str) -> NewLeaf {
    let names = fields.split(',').map(str::to_owned).collect();
    erasure_leaves(chance, "the basis", [(of.as_str(), &names)]).remove(0)
}

/// The same as an earlier version has said it.
pub(crate) fn erasure_by_index(chance: &Chance, of: &RecordId, fields: &str) -> NewLeaf {
    NewLeaf {
        kind: Kind::RecordErased,
        rec: RecordId::new(chance.id()),
        of: Some(of.clone()),
        values: vec!["the basis".to_owned(), fields.to_owned()],
    }
}

/// Leaves so many missed cycles behind, in one batch.
pub(crate) async fn grow(ledger: &Ledger, chance: &Chance, count: usize) -> anyhow::Result<()> {
    write(ledger, (0..count).map(|_| leaf(chance, Kind::CycleMissed)).collect()).await
}

/// Writes the leaves as one piece of work.
pub(crate) async fn write(ledger: &Ledger, leaves: Vec<NewLeaf>) -> anyhow::Result<()> {
    ledger
        .write(|tx| {
            Box::pin(async move {
                for leaf in leaves {
                    tx.evidence(leaf);
                }
                Ok(())
            })
        })
        .await
}
