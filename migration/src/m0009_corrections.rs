//! Corrections and withdrawals of answers are rows of their own. What an erasure may empty, and nothing else, can be
//! emptied: texts are removed, the choice becomes `erased`, and ids are replaced by negative numbers without meaning.

use sea_orm_migration::prelude::*;

use crate::append_only::{self, Rule};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Text and reason may only be removed, once; a choice may only become `erased`; an id may only become negative.
const EMPTYING: &str = "(NEW.detail IS NOT NULL AND (OLD.detail IS NULL OR OLD.detail <> NEW.detail)) \
     OR (NEW.reason IS NOT NULL AND (OLD.reason IS NULL OR OLD.reason <> NEW.reason)) \
     OR (OLD.choice <> NEW.choice AND NEW.choice <> 'erased') \
     OR (OLD.member <> NEW.member AND (OLD.member < 0 OR NEW.member >= 0)) \
     OR (OLD.interaction <> NEW.interaction AND (OLD.interaction < 0 OR NEW.interaction >= 0))";

const NOW: Rule = Rule {
    table: "answer",
    frozen: &["id", "cycle", "revision", "act", "answered_at", "late", "rec"],
    refuse_when: Some(EMPTYING),
};

/// As the table was protected when it was made.
const BEFORE: Rule = Rule {
    table: "answer",
    frozen: &[
        "id",
        "cycle",
        "revision",
        "member",
        "choice",
        "answered_at",
        "late",
        "interaction",
        "rec",
    ],
    refuse_when: Some("NEW.detail IS NOT NULL AND (OLD.detail IS NULL OR OLD.detail <> NEW.detail)"),
};

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::release(manager, "answer").await?;
        for column in [
            ColumnDef::new(Alias::new("act"))
                .text()
                .not_null()
                .default("answered")
                .to_owned(),
            ColumnDef::new(Alias::new("reason")).text().null().to_owned(),
        ] {
            manager
                .alter_table(Table::alter().table(Alias::new("answer")).add_column(column).to_owned())
                .await?;
        }
        append_only::protect(manager, &NOW).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::release(manager, "answer").await?;
        for column in ["act", "reason"] {
            manager
                .alter_table(
                    Table::alter()
                        .table(Alias::new("answer"))
                        .drop_column(Alias::new(column))
                        .to_owned(),
                )
                .await?;
        }
        append_only::protect(manager, &BEFORE).await
    }
}
