//! What a salted digest in a leaf stands for; deleting the row erases the value.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_disclosure")]
pub struct Model {
    /// Record id of the leaf.
    #[sea_orm(primary_key, auto_increment = false)]
    pub rec: String,
    /// Field name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// SD-JWT disclosure, base64url.
    pub disclosure: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
