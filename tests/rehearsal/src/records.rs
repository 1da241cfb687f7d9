//! Looking into the bot's database, as a story must to see what nobody is shown.

use anyhow::Context;
use discord_stand_in::Id;
use sea_orm::{EntityTrait, QueryOrder};

use crate::world::World;

/// A cycle as it stands in the database.
pub type CycleRow = entity::cycle::Model;
/// A member as it stands in the database.
pub type MemberRow = entity::member::Model;
/// An answer as it stands in the database.
pub type AnswerRow = entity::answer::Model;

impl World {
    /// All cycles in the order of their planned opening.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cycles(&self) -> anyhow::Result<Vec<CycleRow>> {
        let all = entity::cycle::Entity::find()
            .order_by_asc(entity::cycle::Column::OpensAt)
            .order_by_asc(entity::cycle::Column::Member);
        all.all(self.reader()).await.context("reading the cycles")
    }

    /// The states of a person's cycles, oldest first, with their reasons: `missed`, `excused (outage)`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn states(&self, person: Id) -> anyhow::Result<Vec<String>> {
        let own = self
            .cycles()
            .await?
            .into_iter()
            .filter(|cycle| cycle.member == person as i64);
        Ok(own
            .map(|cycle| match cycle.reason {
                Some(reason) => format!("{} ({reason})", cycle.state),
                None => cycle.state,
            })
            .collect())
    }

    /// All answers and notes in the order of their receipt.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn answers(&self) -> anyhow::Result<Vec<AnswerRow>> {
        let all = entity::answer::Entity::find().order_by_asc(entity::answer::Column::AnsweredAt);
        all.all(self.reader()).await.context("reading the answers")
    }

    /// The bytes of a leaf.
    ///
    /// # Errors
    /// When the database cannot be read, or has no such leaf.
    pub async fn leaf(&self, index: i64) -> anyhow::Result<Vec<u8>> {
        let leaf = entity::log_leaf::Entity::find_by_id(index).one(self.reader()).await?;
        Ok(leaf.context("the log has no such leaf")?.leaf)
    }

    /// The kinds of all leaves in the log's order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn leaves(&self) -> anyhow::Result<Vec<String>> {
        let all = entity::log_leaf::Entity::find().order_by_asc(entity::log_leaf::Column::Idx);
        let all = all.all(self.reader()).await.context("reading the log")?;
        Ok(all.into_iter().map(|leaf| leaf.kind).collect())
    }

    /// The kinds of the leaves about cycles and answers, in the log's order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cycle_leaves(&self) -> anyhow::Result<Vec<String>> {
        let mut kinds = self.leaves().await?;
        kinds.retain(|kind| kind.starts_with("cycle.") || kind.starts_with("answer."));
        Ok(kinds)
    }

    /// What is known of a person in every organisation.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn standings(&self, person: Id) -> anyhow::Result<Vec<MemberRow>> {
        let mut all = entity::member::Entity::find()
            .all(self.reader())
            .await
            .context("reading the members")?;
        all.retain(|row| row.member == person as i64);
        Ok(all)
    }

    fn reader(&self) -> &sea_orm::DatabaseConnection {
        self.app().bot().core.db.reader()
    }
}
