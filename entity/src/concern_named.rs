//! Whom to write back to if somebody raised a concern under their name.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_named")]
pub struct Model {
    /// Case it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: String,
    /// Discord user id.
    pub member: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
