//! Leaves for tests.

use entity::log_anchor;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::chance::Chance;
use crate::evidence::{Erased, Kind, NewLeaf, Statement, erasure_leaves, fields, forget};
use crate::ids::RecordId;
use crate::ledger::Ledger;
use crate::trial::Trial;

/// A leaf of a kind, with the field names as values.
pub(crate) fn leaf(chance: &Chance, kind: Kind) -> NewLeaf {
    let values = kind.fields().iter().map(|name| format!("the {name}")).collect();
    NewLeaf::fresh(chance, Statement { kind, values })
}

/// Gives one of its fields another value.
pub(crate) fn say(leaf: &mut NewLeaf, field: &str, value: &str) {
    let place = leaf.kind().fields().iter().position(|name| *name == field);
    value.clone_into(&mut leaf.statement.values[place.expect("the kind has the field")]);
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

/// The same as an earlier version said it.
pub(crate) fn erasure_by_index(chance: &Chance, of: &RecordId, names: &str) -> NewLeaf {
    let said = fields::RecordErased {
        basis: "the basis".to_owned(),
        fields: names.to_owned(),
    };
    NewLeaf::fresh(chance, said).continuing(of.clone())
}

/// Erases a field of a record, as an erasure does: a leaf says so, and what was disclosed goes.
pub(crate) async fn erase(trial: &Trial, record: RecordId, field: &str) {
    let erased = erasure(&trial.chance, &record, field);
    write(&trial.ledger, vec![erased]).await.expect("an erasure");
    let gone = Erased {
        record,
        kept: Vec::new(),
    };
    forget(&trial.db, &[gone]).await.expect("the field goes");
}

/// A copy of the checkpoint of `size` leaves that has arrived. A time stamp is kept with it.
pub(crate) async fn anchor(trial: &Trial, size: u64, (target, reference): (&str, &str), token: Option<Vec<u8>>) {
    let row = log_anchor::ActiveModel {
        size: Set(size as i64),
        target: Set(target.to_owned()),
        state: Set("done".to_owned()),
        attempts: Set(1),
        next_at: Set(0),
        settled_at: Set(Some(0)),
        last_error: Set(None),
        reference: Set(Some(reference.to_owned())),
        token: Set(token),
    };
    let inserted = log_anchor::Entity::insert(row)
        .exec_without_returning(&trial.db.writer())
        .await;
    inserted.expect("an anchor");
}

/// Leaves that many missed cycles behind, in one batch.
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
