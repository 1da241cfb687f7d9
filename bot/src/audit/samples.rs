//! Leaves for tests.

use crate::chance::Chance;
use crate::evidence::{Kind, NewLeaf, Said, erasure_leaves, fields};
use crate::ids::RecordId;
use crate::ledger::Ledger;

/// A leaf of a kind, with the field names as values.
pub(crate) fn leaf(chance: &Chance, kind: Kind) -> NewLeaf {
    let values = kind.fields().iter().map(|name| format!("the {name}")).collect();
    NewLeaf::new(RecordId::new(chance.id()), Said { kind, values })
}

/// Gives one of its fields another value.
pub(crate) fn say(leaf: &mut NewLeaf, field: &str, value: &str) {
    let place = leaf.kind().fields().iter().position(|name| *name == field);
    value.clone_into(&mut leaf.said.values[place.expect("the kind has the field")]);
}

/// A leaf that continues another.
pub(crate) fn continuing(chance: &Chance, kind: Kind, of: &NewLeaf) -> NewLeaf {
    leaf(chance, kind).continuing(of.rec.clone())
}

/// A leaf that says that these fields of a record were erased, such as `text,choice`.
pub(crate) fn erasure(chance: &Chance, of: &RecordId, fields: &str) -> NewLeaf {
    let names = fields.split(',').map(str::to_owned).collect();
    erasure_leaves(chance, "the basis", [(of.as_str(), &names)]).remove(0)
}

/// The same as an earlier version has said it.
pub(crate) fn erasure_by_index(chance: &Chance, of: &RecordId, names: &str) -> NewLeaf {
    let said = fields::RecordErased {
        basis: "the basis".to_owned(),
        fields: names.to_owned(),
    };
    NewLeaf::new(RecordId::new(chance.id()), said).continuing(of.clone())
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
