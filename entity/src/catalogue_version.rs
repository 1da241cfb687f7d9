//! A catalogue that was in force.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_version")]
pub struct Model {
    /// Hex digest of its bytes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sha256: String,
    /// Its id.
    pub catalogue: String,
    /// Its version.
    pub version: String,
    /// Its text.
    pub body: String,
    /// When it was first loaded.
    pub first_seen_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
