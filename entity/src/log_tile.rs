//! A full Merkle tile: 256 hashes of 32 bytes. Append-only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_tile")]
pub struct Model {
    /// Level, 0 holds leaf hashes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i32,
    /// Number within the level.
    #[sea_orm(primary_key, auto_increment = false)]
    pub n: i64,
    /// 8,192 bytes.
    pub data: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
