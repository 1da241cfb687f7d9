//! Bringing leaves into the log, inside the ledger's transaction.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, PaginatorTrait};

use super::leaf::NewLeaf;
use crate::clock::Millis;

/// The state of the log after a batch, before its transaction has committed.
#[derive(Debug)]
pub struct Head {
    pub size: i64,
}

/// The writing side of the log. Only the ledger has one.
#[derive(Debug, Default)]
pub struct Log {}

impl Log {
    pub(crate) async fn integrate(
        &mut self,
        connection: &impl ConnectionTrait,
        _now: Millis,
        leaves: Vec<NewLeaf>,
    ) -> anyhow::Result<Head> {
        let mut size = entity::log_leaf::Entity::find().count(connection).await? as i64;
        for leaf in leaves {
            let row = entity::log_leaf::ActiveModel {
                idx: Set(size),
                rec: Set(leaf.rec.as_str().to_owned()),
                kind: Set(leaf.kind.name().to_owned()),
                leaf: Set(leaf.kind.name().as_bytes().to_vec()),
            };
            entity::log_leaf::Entity::insert(row)
                .exec_without_returning(connection)
                .await?;
            size += 1;
        }
        Ok(Head { size })
    }

    pub(crate) fn committed(&mut self, _head: Head) -> anyhow::Result<()> {
        Ok(())
    }

    pub(crate) fn forget(&mut self) {}
}
