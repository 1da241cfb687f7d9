//! Promises to post on Discord.

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
                    .table(Alias::new("outbound_message"))
                    .col(ColumnDef::new(Alias::new("id")).text().not_null().primary_key())
                    .col(ColumnDef::new(Alias::new("organisation")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("member")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("channel")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("message")).text().not_null())
                    .col(ColumnDef::new(Alias::new("nonce")).text().not_null().unique_key())
                    .col(ColumnDef::new(Alias::new("state")).text().not_null())
                    .col(ColumnDef::new(Alias::new("attempts")).integer().not_null())
                    .col(ColumnDef::new(Alias::new("next_at")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("expires_at")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("leased_until")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("uncertain_since")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("last_error")).text().null())
                    .col(ColumnDef::new(Alias::new("sent_channel")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("sent_message")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("created_at")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("settled_at")).big_integer().null())
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("outbound_message_due")
                    .table(Alias::new("outbound_message"))
                    .col(Alias::new("state"))
                    .col(Alias::new("next_at"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Alias::new("outbound_message")).to_owned())
            .await?;
        Ok(())
    }
}
