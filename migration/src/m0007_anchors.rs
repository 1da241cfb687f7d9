//! Published checkpoints with their exact bytes, and where copies of them went.

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
                    .table(Alias::new("log_publication"))
                    .col(
                        ColumnDef::new(Alias::new("size"))
                            .big_integer()
                            .not_null()
                            .primary_key(),
                    )
                    .col(ColumnDef::new(Alias::new("note")).text().not_null())
                    .col(ColumnDef::new(Alias::new("published_at")).big_integer().not_null())
                    .to_owned(),
            )
            .await?;
        append_only::protect(
            manager,
            &append_only::Rule {
                table: "log_publication",
                frozen: &["size", "note", "published_at"],
                refuse_when: None,
            },
        )
        .await?;
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("log_anchor"))
                    .col(ColumnDef::new(Alias::new("size")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("target")).text().not_null())
                    .col(ColumnDef::new(Alias::new("state")).text().not_null())
                    .col(ColumnDef::new(Alias::new("attempts")).integer().not_null())
                    .col(ColumnDef::new(Alias::new("next_at")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("settled_at")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("last_error")).text().null())
                    .col(ColumnDef::new(Alias::new("reference")).text().null())
                    .col(ColumnDef::new(Alias::new("token")).binary().null())
                    .primary_key(Index::create().col(Alias::new("size")).col(Alias::new("target")))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("log_anchor_due")
                    .table(Alias::new("log_anchor"))
                    .col(Alias::new("state"))
                    .col(Alias::new("next_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("log_anchor_target")
                    .table(Alias::new("log_anchor"))
                    .col(Alias::new("target"))
                    .col(Alias::new("state"))
                    .col(Alias::new("size"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Alias::new("log_anchor")).to_owned())
            .await?;
        append_only::drop_protected(manager, "log_publication").await
    }
}
