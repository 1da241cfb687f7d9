//! Members and their absences.

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
                    .table(Alias::new("member"))
                    .col(ColumnDef::new(Alias::new("organisation")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("member")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("roles")).text().not_null())
                    .col(ColumnDef::new(Alias::new("audiences")).text().not_null())
                    .col(ColumnDef::new(Alias::new("zone")).text().null())
                    .col(ColumnDef::new(Alias::new("locale")).text().null())
                    .col(ColumnDef::new(Alias::new("manager_since")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("left_at")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("dm_channel")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("dm_refused_at")).big_integer().null())
                    .col(ColumnDef::new(Alias::new("updated_at")).big_integer().not_null())
                    .primary_key(
                        Index::create()
                            .col(Alias::new("organisation"))
                            .col(Alias::new("member")),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("absence"))
                    .col(ColumnDef::new(Alias::new("id")).text().not_null().primary_key())
                    .col(ColumnDef::new(Alias::new("organisation")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("member")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("from_at")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("to_at")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("entered_at")).big_integer().not_null())
                    .col(ColumnDef::new(Alias::new("entered_by")).big_integer().not_null())
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("absence_by_member")
                    .table(Alias::new("absence"))
                    .col(Alias::new("organisation"))
                    .col(Alias::new("member"))
                    .col(Alias::new("to_at"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Alias::new("absence")).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Alias::new("member")).to_owned())
            .await?;
        Ok(())
    }
}
