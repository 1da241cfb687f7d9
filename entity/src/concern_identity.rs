//! Who raised a confidential concern, sealed to one handler alone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_identity")]
pub struct Model {
    /// Case it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: String,
    /// An age file.
    pub sealed: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
