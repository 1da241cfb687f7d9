//! The hashes of a day's events, as one leaf of the log commits to them.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_digest")]
pub struct Model {
    /// Discord guild id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: i64,
    /// Civil date in the organisation's zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub on_day: String,
    /// Record id of the leaf.
    pub rec: String,
    /// 32 bytes each, shuffled with dummies to a multiple of 8.
    pub hashes: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
