//! An entry of the evidence log. Append-only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_leaf")]
pub struct Model {
    /// Index in the log, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub idx: i64,
    /// Record id, unique.
    pub rec: String,
    /// Kind of the leaf.
    pub kind: String,
    /// The exact bytes that are hashed.
    pub leaf: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
