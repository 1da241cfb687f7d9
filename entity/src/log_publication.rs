//! A checkpoint as it was published: signed by the log, and by witnesses if there are any. Append-only.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_publication")]
pub struct Model {
    /// Number of leaves.
    #[sea_orm(primary_key, auto_increment = false)]
    pub size: i64,
    /// The signed note, exactly the bytes that went out.
    pub note: String,
    /// When these bytes were frozen.
    pub published_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
