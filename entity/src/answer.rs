//! An answer, its corrections, its withdrawal, and notes after closing, each a row. Append-only, except that an erasure
//! may empty it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The cycle's id.
    pub cycle: String,
    /// 1 for the first answer, more for what came after it; 0 and less for notes after closing.
    pub revision: i32,
    /// answered, amended, retracted.
    pub act: String,
    /// Who answered; a negative number without meaning once erased.
    pub member: i64,
    /// Answer id of the catalogue; `retracted` if the answer was withdrawn, `erased` once erased.
    pub choice: String,
    /// What the second step said; none once erased.
    pub detail: Option<String>,
    /// Why it was corrected, in the member's words; none once erased.
    pub reason: Option<String>,
    /// Server receipt.
    pub answered_at: i64,
    /// After the due instant.
    pub late: bool,
    /// Discord interaction id; a second write is dropped. Negative once erased.
    pub interaction: i64,
    /// Evidence record id.
    pub rec: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
