//! Deleting a case with all that belongs to it.

use anyhow::Context;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};

use crate::concerns::erasable::WITH_THE_CASE;
use crate::db::Connection;
use crate::ids::CaseId;

/// Deletes the case's rows in all tables.
pub(crate) async fn delete_case(connection: &impl Connection, case: &CaseId) -> anyhow::Result<()> {
    let tables = WITH_THE_CASE.into_iter().map(|table| (table, "case_id"));
    for (table, column) in tables.chain([("concern_case", "id")]) {
        let of_case = Expr::col(column).eq(case.as_str());
        let delete = Query::delete().from_table(table).and_where(of_case).to_owned();
        connection.execute(&delete).await.context("deleting a case")?;
    }
    Ok(())
}
