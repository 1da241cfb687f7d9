//! When an absence was withdrawn. Its row stays, as its record does.

use sea_orm_migration::prelude::*;

const ABSENCE: &str = "absence";
const WITHDRAWN: &str = "withdrawn_at";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new(Alias::new(WITHDRAWN)).big_integer().null().to_owned();
        let table = Table::alter().table(Alias::new(ABSENCE)).add_column(column).to_owned();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table(Alias::new(ABSENCE))
            .drop_column(Alias::new(WITHDRAWN))
            .to_owned();
        manager.alter_table(table).await
    }
}
