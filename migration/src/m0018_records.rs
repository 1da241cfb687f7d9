//! The record of an absence in its row, and rows found by their record: so that tables can be compared with the log.

use sea_orm_migration::prelude::*;

const ABSENCE: &str = "absence";
const REC: &str = "rec";
/// Not unique: somebody may have written a row twice outside the program, and that must not prevent the next migration.
const INDEXES: [(&str, &str); 3] = [
    ("absence", "absence_by_rec"),
    ("answer", "answer_by_rec"),
    ("cycle", "cycle_by_rec"),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new(Alias::new(REC)).text().null().to_owned();
        let table = Table::alter().table(Alias::new(ABSENCE)).add_column(column).to_owned();
        manager.alter_table(table).await?;
        for (table, name) in INDEXES {
            let index = Index::create()
                .name(name)
                .table(Alias::new(table))
                .col(Alias::new(REC))
                .to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name) in INDEXES {
            let index = Index::drop().name(name).table(Alias::new(table)).to_owned();
            manager.drop_index(index).await?;
        }
        let table = Table::alter()
            .table(Alias::new(ABSENCE))
            .drop_column(Alias::new(REC))
            .to_owned();
        manager.alter_table(table).await
    }
}
