//! A handler who must not know about a case.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_barred")]
pub struct Model {
    /// Case it is about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: String,
    /// Discord user id of a handler.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
