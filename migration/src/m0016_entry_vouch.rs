//! What vouches for something said in a case: a code that nobody can make with only the database.

use sea_orm_migration::prelude::*;

const TABLE: &str = "concern_entry";
const COLUMN: &str = "vouch";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new(Alias::new(COLUMN)).blob().null().to_owned();
        let table = Table::alter().table(Alias::new(TABLE)).add_column(column).to_owned();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table(Alias::new(TABLE))
            .drop_column(Alias::new(COLUMN))
            .to_owned();
        manager.alter_table(table).await
    }
}
