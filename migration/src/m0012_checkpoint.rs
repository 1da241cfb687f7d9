//! A checkpoint never changes: that it was published, and when, is told by the publications.

use sea_orm_migration::prelude::*;

use crate::append_only::{self, Rule};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "log_checkpoint";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::release(manager, TABLE).await?;
        manager
            .alter_table(
                Table::alter()
                    .table(Alias::new(TABLE))
                    .drop_column(Alias::new("published_at"))
                    .to_owned(),
            )
            .await?;
        let rule = Rule {
            table: TABLE,
            frozen: &["size", "note"],
            refuse_when: None,
        };
        append_only::protect(manager, &rule).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::release(manager, TABLE).await?;
        let mut column = ColumnDef::new(Alias::new("published_at"));
        manager
            .alter_table(
                Table::alter()
                    .table(Alias::new(TABLE))
                    .add_column(column.big_integer().null())
                    .to_owned(),
            )
            .await?;
        let rule = Rule {
            table: TABLE,
            frozen: &["size", "note"],
            refuse_when: Some("OLD.published_at IS NOT NULL"),
        };
        append_only::protect(manager, &rule).await
    }
}
