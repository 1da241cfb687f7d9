//! Something that happened in the channel, for the daily digest.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_event")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Discord guild id.
    pub organisation: i64,
    /// Civil date in the organisation's zone.
    pub on_day: String,
    /// Case it is about.
    pub case_id: Option<String>,
    /// What happened, such as received.
    pub kind: String,
    /// Handler who acted; none for reporters.
    pub actor: Option<i64>,
    /// When a handler acted; none for reporters.
    pub at: Option<i64>,
    /// Random; 64 hexadecimal digits.
    pub salt: String,
    /// Hexadecimal SHA-256 of the sealed file that it is about; may be empty.
    pub sha256: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
