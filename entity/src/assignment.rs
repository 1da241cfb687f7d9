//! A prompt that a member is asked again and again.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Discord guild id.
    pub organisation: i64,
    /// Discord user id; a negative number without meaning once erased.
    pub member: i64,
    /// Prompt id of the catalogue.
    pub prompt: String,
    /// Roles and audiences it is held for, comma separated and sorted.
    pub tags: String,
    /// When it first began.
    pub started_at: i64,
    /// When it ended; none while it runs.
    pub ended_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
