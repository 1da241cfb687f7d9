//! One asking of an assignment, frozen when it is created.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cycle")]
pub struct Model {
    /// Random id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The assignment's id.
    pub assignment: String,
    /// Discord guild id.
    pub organisation: i64,
    /// Discord user id; a negative number without meaning once erased.
    pub member: i64,
    /// Prompt id.
    pub prompt: String,
    /// Period key, such as 2026-W53, 2026-11 or 2026-Q4.
    pub period: String,
    /// Place within the assignment, from 1.
    pub ordinal: i32,
    /// IANA zone its instants were computed in.
    pub zone: String,
    /// When it was planned to open.
    pub opens_at: i64,
    /// Last instant of an answer on time.
    pub due_at: i64,
    /// First instant at which no answer counts.
    pub closes_at: i64,
    /// The wording as asked, JSON.
    pub wording: String,
    /// SHA-256 of the catalogue it was asked from, hex.
    pub catalogue: String,
    /// Whether the follow-up was drawn after a confirmation.
    pub follow_up: bool,
    /// scheduled, open, answered, missed, excused, cancelled, undelivered.
    pub state: String,
    /// Why it was excused or cancelled; draft on a missed one; withdrawn on one whose answer was withdrawn after
    /// closing.
    pub reason: Option<String>,
    /// Evidence record id of its opening.
    pub rec: String,
    /// When the prompt first reached the member.
    pub delivered_at: Option<i64>,
    /// Button pressed without its second step.
    pub draft_choice: Option<String>,
    /// When that button was pressed.
    pub draft_at: Option<i64>,
    /// Server receipt of the first valid answer.
    pub answered_at: Option<i64>,
    /// That answer's id, whatever was corrected later; none once erased.
    pub choice: Option<String>,
    /// When its last state was written.
    pub closed_at: Option<i64>,
    /// When the row was created.
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
