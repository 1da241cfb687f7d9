//! The evidence log: leaves, full tiles, signed heads, and what their digests stand for.

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
                    .table(Alias::new("log_leaf"))
                    .col(ColumnDef::new(Alias::new("idx")).big_integer().not_null().primary_key())
                    .col(ColumnDef::new(Alias::new("rec")).text().not_null().unique_key())
                    .col(ColumnDef::new(Alias::new("kind")).text().not_null())
                    .col(ColumnDef::new(Alias::new("leaf")).binary().not_null())
                    .to_owned(),
            )
            .await?;
        append_only::protect(
            manager,
            &append_only::Rule {
                table: "log_leaf",
                frozen: &["idx", "rec", "kind", "leaf"],
                refuse_when: None,
            },
        )
        .await?;
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("log_tile"))
                    .col(ColumnDef::new(Alias::new("level")).integer().not_null())
                    .col(ColumnDef::new(Alias::new("n")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("data")).binary().not_null())
                    .primary_key(Index::create().col(Alias::new("level")).col(Alias::new("n")))
                    .to_owned(),
            )
            .await?;
        append_only::protect(
            manager,
            &append_only::Rule {
                table: "log_tile",
                frozen: &["level", "n", "data"],
                refuse_when: None,
            },
        )
        .await?;
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("log_checkpoint"))
                    .col(
                        ColumnDef::new(Alias::new("size"))
                            .big_integer()
                            .not_null()
                            .primary_key(),
                    )
                    .col(ColumnDef::new(Alias::new("note")).text().not_null())
                    .col(ColumnDef::new(Alias::new("published_at")).big_integer().null())
                    .to_owned(),
            )
            .await?;
        append_only::protect(
            manager,
            &append_only::Rule {
                table: "log_checkpoint",
                frozen: &["size", "note"],
                refuse_when: Some("OLD.published_at IS NOT NULL"),
            },
        )
        .await?;
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("log_disclosure"))
                    .col(ColumnDef::new(Alias::new("rec")).text().not_null())
                    .col(ColumnDef::new(Alias::new("name")).text().not_null())
                    .col(ColumnDef::new(Alias::new("disclosure")).text().not_null())
                    .primary_key(Index::create().col(Alias::new("rec")).col(Alias::new("name")))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Alias::new("log_disclosure")).to_owned())
            .await?;
        append_only::drop_protected(manager, "log_checkpoint").await?;
        append_only::drop_protected(manager, "log_tile").await?;
        append_only::drop_protected(manager, "log_leaf").await?;
        Ok(())
    }
}
