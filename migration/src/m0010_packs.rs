//! The register of evidence packs that disclosed something: to whom, what, and of which leaves.

use sea_orm_migration::prelude::*;

use crate::append_only;

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
                    .table(Alias::new("log_pack"))
                    .col(ColumnDef::new(Alias::new("rec")).text().not_null().primary_key())
                    .col(ColumnDef::new(Alias::new("origin")).text().not_null())
                    .col(ColumnDef::new(Alias::new("at")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("to_whom")).text().not_null())
                    .col(ColumnDef::new(Alias::new("scope")).text().not_null())
                    .col(ColumnDef::new(Alias::new("fields")).text().not_null())
                    .col(ColumnDef::new(Alias::new("size")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("records")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("sha256")).text().not_null())
                    .to_owned(),
            )
            .await?;
        append_only::protect(
            manager,
            &append_only::Rule {
                table: "log_pack",
                frozen: &["rec", "origin", "at", "scope", "fields", "size", "records", "sha256"],
                refuse_when: None,
            },
        )
        .await?;
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("log_pack_span"))
                    .col(ColumnDef::new(Alias::new("pack")).text().not_null())
                    .col(ColumnDef::new(Alias::new("first")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("last")).big_integer().not_null())
                    .primary_key(Index::create().col(Alias::new("pack")).col(Alias::new("first")))
                    .to_owned(),
            )
            .await?;
        append_only::protect(
            manager,
            &append_only::Rule {
                table: "log_pack_span",
                frozen: &["pack", "first", "last"],
                refuse_when: None,
            },
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::drop_protected(manager, "log_pack_span").await?;
        append_only::drop_protected(manager, "log_pack").await
    }
}
