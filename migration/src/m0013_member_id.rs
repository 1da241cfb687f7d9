//! A random id for each member's row. It names nobody, so that what is kept outside the database can say that this row
//! was erased.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

const INDEX: &str = "member_by_id";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new(Alias::new("id")).text().null().to_owned();
        manager
            .alter_table(Table::alter().table(Alias::new("member")).add_column(column).to_owned())
            .await?;
        let connection = manager.get_connection();
        let random = match connection.get_database_backend() {
            DbBackend::Sqlite => "lower(hex(randomblob(16)))",
            _ => "replace(gen_random_uuid()::text, '-', '')",
        };
        connection
            .execute_unprepared(&format!("UPDATE member SET id = {random}"))
            .await?;
        let index = Index::create()
            .name(INDEX)
            .table(Alias::new("member"))
            .col(Alias::new("id"))
            .unique()
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name(INDEX).table(Alias::new("member")).to_owned();
        manager.drop_index(index).await?;
        let table = Table::alter()
            .table(Alias::new("member"))
            .drop_column(Alias::new("id"))
            .to_owned();
        manager.alter_table(table).await
    }
}
