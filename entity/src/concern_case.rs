//! A concern as the channel keeps it: everything here is open to whoever reads the database, and leads to no author.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "concern_case")]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Discord guild id.
    pub organisation: i64,
    /// Six Crockford characters drawn at random; unique in the organisation.
    pub number: String,
    /// Hexadecimal SHA-256 of what the case key derives for finding the case.
    pub lookup: String,
    /// Public age key that the case key derives.
    pub reporter_recipient: String,
    /// named, confidential, anonymous.
    pub mode: String,
    /// Id of the catalogue's category.
    pub category: String,
    /// Whether it may fall under whistleblower law.
    pub formal: bool,
    /// now, today, this-week, routine.
    pub urgency: String,
    /// new, acknowledged, in-review, resolved, dismissed.
    pub state: String,
    /// Civil date in the organisation's zone, such as 2026-11-22. Never an instant.
    pub received_on: String,
    /// The reporter wishes no reply.
    pub no_contact: bool,
    /// The reporter asks to talk.
    pub wants_talk: bool,
    /// The reporter withdrew the concern.
    pub withdrawn: bool,
    /// Handler who works on it.
    pub handler: Option<i64>,
    /// Handler who alone can open the identity, if the mode is confidential.
    pub confidant: Option<i64>,
    /// When a handler first wrote.
    pub acknowledged_at: Option<i64>,
    /// When a handler told the outcome, since it was last opened.
    pub feedback_at: Option<i64>,
    /// When a handler closed it; the start of the day if the reporter did.
    pub closed_at: Option<i64>,
    /// Case that goes on in its place.
    pub merged_into: Option<String>,
    /// A declared exercise.
    pub drill: bool,
    /// Check-back after 30 days: asked, fine, worse.
    pub check_30: Option<String>,
    /// Check-back after 90 days: asked, fine, worse.
    pub check_90: Option<String>,
    /// HMAC-SHA-256 over what decides who reads it; none if nothing vouches for the row.
    pub vouch: Option<Vec<u8>>,
    /// Last day on which it was opened again, in the organisation's zone. Never an instant.
    pub reopened_on: Option<String>,
    /// When a handler first told the outcome, if it was opened again since.
    pub first_feedback_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
