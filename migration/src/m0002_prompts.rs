//! Assignments, cycles and answers.

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
        assignments(manager).await?;
        Box::pin(cycles(manager)).await?;
        answers(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        append_only::drop_protected(manager, "answer").await?;
        manager
            .drop_table(Table::drop().table(Alias::new("cycle")).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Alias::new("assignment")).to_owned())
            .await?;
        Ok(())
    }
}

async fn assignments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Alias::new("assignment"))
                .col(ColumnDef::new(Alias::new("id")).text().not_null().primary_key())
                .col(ColumnDef::new(Alias::new("organisation")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("member")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("prompt")).text().not_null())
                .col(ColumnDef::new(Alias::new("tags")).text().not_null())
                .col(ColumnDef::new(Alias::new("started_at")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("ended_at")).big_integer().null())
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("assignment_once")
                .table(Alias::new("assignment"))
                .col(Alias::new("organisation"))
                .col(Alias::new("member"))
                .col(Alias::new("prompt"))
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn cycles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Alias::new("cycle"))
                .col(ColumnDef::new(Alias::new("id")).text().not_null().primary_key())
                .col(ColumnDef::new(Alias::new("assignment")).text().not_null())
                .col(ColumnDef::new(Alias::new("organisation")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("member")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("prompt")).text().not_null())
                .col(ColumnDef::new(Alias::new("period")).text().not_null())
                .col(ColumnDef::new(Alias::new("ordinal")).integer().not_null())
                .col(ColumnDef::new(Alias::new("zone")).text().not_null())
                .col(ColumnDef::new(Alias::new("opens_at")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("due_at")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("closes_at")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("wording")).text().not_null())
                .col(ColumnDef::new(Alias::new("catalogue")).text().not_null())
                .col(ColumnDef::new(Alias::new("follow_up")).boolean().not_null())
                .col(ColumnDef::new(Alias::new("state")).text().not_null())
                .col(ColumnDef::new(Alias::new("reason")).text().null())
                .col(ColumnDef::new(Alias::new("rec")).text().not_null())
                .col(ColumnDef::new(Alias::new("delivered_at")).big_integer().null())
                .col(ColumnDef::new(Alias::new("draft_choice")).text().null())
                .col(ColumnDef::new(Alias::new("draft_at")).big_integer().null())
                .col(ColumnDef::new(Alias::new("answered_at")).big_integer().null())
                .col(ColumnDef::new(Alias::new("choice")).text().null())
                .col(ColumnDef::new(Alias::new("closed_at")).big_integer().null())
                .col(ColumnDef::new(Alias::new("created_at")).big_integer().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .from(Alias::new("cycle"), Alias::new("assignment"))
                        .to(Alias::new("assignment"), Alias::new("id")),
                )
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("cycle_once_per_period")
                .table(Alias::new("cycle"))
                .col(Alias::new("assignment"))
                .col(Alias::new("period"))
                .unique()
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("cycle_ordinal")
                .table(Alias::new("cycle"))
                .col(Alias::new("assignment"))
                .col(Alias::new("ordinal"))
                .unique()
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("cycle_by_member")
                .table(Alias::new("cycle"))
                .col(Alias::new("organisation"))
                .col(Alias::new("member"))
                .col(Alias::new("due_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("cycle_by_state")
                .table(Alias::new("cycle"))
                .col(Alias::new("state"))
                .col(Alias::new("closes_at"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn answers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Alias::new("answer"))
                .col(ColumnDef::new(Alias::new("id")).text().not_null().primary_key())
                .col(ColumnDef::new(Alias::new("cycle")).text().not_null())
                .col(ColumnDef::new(Alias::new("revision")).integer().not_null())
                .col(ColumnDef::new(Alias::new("member")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("choice")).text().not_null())
                .col(ColumnDef::new(Alias::new("detail")).text().null())
                .col(ColumnDef::new(Alias::new("answered_at")).big_integer().not_null())
                .col(ColumnDef::new(Alias::new("late")).boolean().not_null())
                .col(
                    ColumnDef::new(Alias::new("interaction"))
                        .big_integer()
                        .not_null()
                        .unique_key(),
                )
                .col(ColumnDef::new(Alias::new("rec")).text().not_null())
                .foreign_key(
                    ForeignKey::create()
                        .from(Alias::new("answer"), Alias::new("cycle"))
                        .to(Alias::new("cycle"), Alias::new("id")),
                )
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("answer_revision")
                .table(Alias::new("answer"))
                .col(Alias::new("cycle"))
                .col(Alias::new("revision"))
                .unique()
                .to_owned(),
        )
        .await?;
    append_only::protect(
        manager,
        &append_only::Rule {
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
        },
    )
    .await?;
    Ok(())
}
