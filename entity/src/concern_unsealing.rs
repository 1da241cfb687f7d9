//! A request to open an identity, which two handlers decide.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_unsealing")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Case it is about.
    pub case_id: String,
    /// Handler who asked.
    pub asked_by: i64,
    /// When it was asked.
    pub asked_at: i64,
    /// Why, as an age file.
    pub reason: Vec<u8>,
    /// Another handler, who agreed.
    pub agreed_by: Option<i64>,
    /// When it was agreed to.
    pub agreed_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
