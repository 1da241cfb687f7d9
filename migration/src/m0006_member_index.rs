//! Finds people by their id alone: direct messages are the same in all organisations.

use sea_orm_migration::prelude::*;

const NAME: &str = "member_by_member";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create()
            .name(NAME)
            .table(Alias::new("member"))
            .col(Alias::new("member"))
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name(NAME).table(Alias::new("member")).to_owned();
        manager.drop_index(index).await
    }
}
