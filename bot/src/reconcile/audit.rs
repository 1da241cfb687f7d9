//! The tables are held against the log whenever the whole log was checked and holds, and a leaf says what came of it.

use std::sync::Arc;

use anyhow::Context;

use super::{Tables, live};
use crate::clock::Millis;
use crate::db::Connection;
use crate::evidence::{self, Auditor, Kind, NewLeaf};
use crate::ids::RecordId;

/// When the tables were last held against the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub at: Millis,
    /// How many columns did not agree.
    pub differences: u64,
}

/// Holds the tables against the log, beside the running program. Of a log that does not hold nothing is told.
///
/// # Errors
/// When it cannot be read, or the outcome not be written down.
pub async fn audit(auditor: &Auditor) -> anyhow::Result<Option<Tables>> {
    let (db, settings) = (auditor.db.clone(), Arc::clone(&auditor.settings));
    // In a task of its own, so that hashing keeps nobody waiting.
    let (report, tables) = tokio::spawn(async move { live(&db, &settings.evidence).await }).await??;
    let Some(tables) = tables.filter(|_| report.finding.is_none()) else {
        return Ok(None);
    };
    for difference in &tables.named {
        let (table, column, row) = (difference.table, difference.column, &difference.row);
        tracing::error!(table, column, row, "a row is not what the evidence log says");
    }
    let leaf = NewLeaf {
        kind: Kind::TablesChecked,
        rec: RecordId::new(auditor.chance.id()),
        of: None,
        values: vec![
            report.leaves.to_string(),
            tables.rows.to_string(),
            tables.differences.to_string(),
        ],
    };
    let noted = auditor.ledger.write(|tx| {
        Box::pin(async move {
            tx.evidence(leaf);
            Ok(())
        })
    });
    noted
        .await
        .context("writing down that the tables were held against the log")?;
    Ok(Some(tables))
}

/// When the tables were last held against the log; none where they never were.
///
/// # Errors
/// When the log cannot be read.
pub async fn last_held(connection: &impl Connection) -> anyhow::Result<Option<Held>> {
    let Some((at, fields)) = evidence::newest_of(connection, Kind::TablesChecked).await? else {
        return Ok(None);
    };
    let mut fields = fields.iter();
    let differences = fields.find(|(name, _)| name == "differences");
    // Where the number was lost nothing can be relied on.
    let differences = differences.and_then(|(_, count)| count.parse().ok()).unwrap_or(1);
    Ok(Some(Held { at, differences }))
}
