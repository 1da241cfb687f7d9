//! An evidence pack that disclosed something to somebody. Append-only, except the recipient's name.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log_pack")]
pub struct Model {
    /// Record id of its leaf.
    #[sea_orm(primary_key, auto_increment = false)]
    pub rec: String,
    /// Name of the log.
    pub origin: String,
    /// When it was made.
    pub at: i64,
    /// Who got it, as the operator wrote.
    pub to_whom: String,
    /// Which records were asked for, in words.
    pub scope: String,
    /// Names of the disclosed fields, with commas between.
    pub fields: String,
    /// Leaves of the log that it holds.
    pub size: i64,
    /// Records of which it discloses something.
    pub records: i64,
    /// SHA-256 of its SHA256SUMS, hexadecimal.
    pub sha256: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
