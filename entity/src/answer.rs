//! An answer; the first valid one of a cycle has revision 1. Append-only, save that a detail may be erased.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The cycle's id.
    pub cycle: String,
    /// 1 for the answer, more for amendments.
    pub revision: i32,
    /// Who answered.
    pub member: i64,
    /// Answer id of the catalogue.
    pub choice: String,
    /// What the second step said; none once erased.
    pub detail: Option<String>,
    /// Server receipt.
    pub answered_at: i64,
    /// After the due instant.
    pub late: bool,
    /// Discord interaction id; a second write is dropped.
    pub interaction: i64,
    /// Evidence record id.
    pub rec: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
