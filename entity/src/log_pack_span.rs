//! Leaves of which a pack discloses something, as ranges of their indexes. A pack that is in no register yet, or
//! never came to be, may have ranges, too. Append-only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_pack_span")]
pub struct Model {
    /// Record id of the pack's leaf.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pack: String,
    /// First index.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first: i64,
    /// Last index, which is part of the range.
    pub last: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
