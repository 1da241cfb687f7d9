//! Concerns: cases without an author, what was said in them sealed, and the keys that it is sealed to.
//!
//! No table here keeps the order in which rows came: keys are drawn at random, and on SQLite there is no hidden row
//! number beside them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What a column holds. A `?` after the type in the lists below means that it may be empty.
const TABLES: [(&str, &[&str], &str); 11] = [
    (
        "concern_case",
        &["id"],
        "id text, organisation long, number text, lookup text, reporter_recipient text, mode text, \
         category text, formal flag, urgency text, state text, received_on text, no_contact flag, \
         wants_talk flag, withdrawn flag, handler long?, confidant long?, acknowledged_at long?, \
         feedback_at long?, closed_at long?, merged_into text?, drill flag, check_30 text?, \
         check_90 text?",
    ),
    (
        "concern_entry",
        &["id"],
        "id text, case_id text, seq int, kind text, sealed bytes, for_reporter flag, handler long?, \
         at long?, on_day text",
    ),
    ("concern_file", &["id"], "id text, case_id text, seq int, sealed bytes"),
    ("concern_identity", &["case_id"], "case_id text, sealed bytes"),
    ("concern_named", &["case_id"], "case_id text, member long"),
    ("concern_barred", &["case_id", "member"], "case_id text, member long"),
    (
        "concern_unsealing",
        &["id"],
        "id text, case_id text, asked_by long, asked_at long, reason bytes, agreed_by long?, \
         agreed_at long?",
    ),
    (
        "concern_event",
        &["id"],
        "id text, organisation long, on_day text, case_id text?, kind text, actor long?, at long?, \
         salt text, sha256 text",
    ),
    (
        "concern_digest",
        &["organisation", "on_day"],
        "organisation long, on_day text, rec text, hashes bytes",
    ),
    (
        "concern_notice",
        &["organisation", "case_id", "clock", "step"],
        "organisation long, case_id text, clock text, step text, sent_at long",
    ),
    (
        "handler_key",
        &["id"],
        "id text, organisation long, member long, recipient text, custody text, kept bytes?, \
         state text, proposed_at long, agreed_by long?, agreed_at long?, ended_by long?, \
         ended_at long?",
    ),
];

/// Table, columns, and whether their values are unique together.
const INDEXES: [(&str, &[&str], bool); 7] = [
    ("concern_case", &["lookup"], true),
    ("concern_case", &["organisation", "number"], true),
    ("concern_entry", &["case_id", "seq"], true),
    ("concern_file", &["case_id", "seq"], true),
    ("concern_unsealing", &["case_id"], false),
    ("concern_event", &["organisation", "on_day"], false),
    ("handler_key", &["organisation", "member"], false),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = manager.get_connection().get_database_backend() == DbBackend::Sqlite;
        for (name, key, columns) in TABLES {
            let mut table = Table::create().table(Alias::new(name)).to_owned();
            for column in columns.split(", ") {
                table.col(column_of(column));
            }
            let mut primary = Index::create();
            for part in key {
                primary.col(Alias::new(*part));
            }
            table.primary_key(&mut primary);
            if sqlite {
                table.extra("WITHOUT ROWID");
            }
            manager.create_table(table).await?;
        }
        for (table, columns, unique) in INDEXES {
            let mut index = Index::create()
                .name(format!("{table}_by_{}", columns.join("_")))
                .table(Alias::new(table))
                .to_owned();
            for column in columns {
                index.col(Alias::new(*column));
            }
            if unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, ..) in TABLES {
            manager
                .drop_table(Table::drop().table(Alias::new(name)).to_owned())
                .await?;
        }
        Ok(())
    }
}

/// A column from its name and type, such as `handler long?`.
fn column_of(text: &str) -> ColumnDef {
    let (name, kind) = text.split_once(' ').unwrap_or((text, "text"));
    let (kind, may_be_empty) = kind.strip_suffix('?').map_or((kind, false), |kind| (kind, true));
    let mut column = ColumnDef::new(Alias::new(name));
    match kind {
        "long" => column.big_integer(),
        "int" => column.integer(),
        "flag" => column.boolean(),
        "bytes" => column.binary(),
        _ => column.text(),
    };
    if may_be_empty {
        column.null();
    } else {
        column.not_null();
    }
    column
}
