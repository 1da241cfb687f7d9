//! A warning that went out, so that none goes twice.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_notice")]
pub struct Model {
    /// Discord guild id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: i64,
    /// Case it is about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: String,
    /// Which clock ran.
    #[sea_orm(primary_key, auto_increment = false)]
    pub clock: String,
    /// Which warning of that clock.
    #[sea_orm(primary_key, auto_increment = false)]
    pub step: String,
    /// When it was promised.
    pub sent_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
