//! An absence of a member: half-open span of time.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Discord guild id.
    pub organisation: i64,
    /// Discord user id.
    pub member: i64,
    /// First instant of the absence.
    pub from_at: i64,
    /// First instant after the absence, as it stands now.
    pub to_at: i64,
    /// When it was told to us.
    pub entered_at: i64,
    /// Who told us; a negative number without meaning once erased.
    pub entered_by: i64,
    /// Evidence record id of its entry; none in rows from before the column, until the next start has found it.
    pub rec: Option<String>,
    /// When it was withdrawn; none unless it was.
    pub withdrawn_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
