//! Catalogues that were in force, and what the program remembers about itself.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("catalogue_version"))
                    .col(ColumnDef::new(Alias::new("sha256")).text().not_null().primary_key())
                    .col(ColumnDef::new(Alias::new("catalogue")).text().not_null())
                    .col(ColumnDef::new(Alias::new("version")).text().not_null())
                    .col(ColumnDef::new(Alias::new("body")).text().not_null())
                    .col(ColumnDef::new(Alias::new("first_seen_at")).big_integer().not_null())
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("setting"))
                    .col(ColumnDef::new(Alias::new("name")).text().not_null().primary_key())
                    .col(ColumnDef::new(Alias::new("value")).text().not_null())
                    .col(ColumnDef::new(Alias::new("updated_at")).big_integer().not_null())
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Alias::new("setting")).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Alias::new("catalogue_version")).to_owned())
            .await?;
        Ok(())
    }
}
