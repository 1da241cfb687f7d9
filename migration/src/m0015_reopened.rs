//! The last day on which a case was opened again, and when its reporter was first told the outcome, so that the next
//! outcome has a deadline of its own.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = ColumnDef::new(Alias::new("reopened_on")).text().null().to_owned();
        manager.alter_table(case().add_column(on).to_owned()).await?;
        let told = ColumnDef::new(Alias::new("first_feedback_at"))
            .big_integer()
            .null()
            .to_owned();
        manager.alter_table(case().add_column(told).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["reopened_on", "first_feedback_at"] {
            let table = case().drop_column(Alias::new(column)).to_owned();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

fn case() -> TableAlterStatement {
    Table::alter().table(Alias::new("concern_case")).to_owned()
}
