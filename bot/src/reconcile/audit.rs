//! The tables are compared with the log while the whole log is checked, and a leaf says whether they agree.

use anyhow::Context;

use super::{Tables, live};
use crate::audit::{self, Audit, Auditor};
use crate::clock::Millis;
use crate::core::Core;
use crate::db::Connection;
use crate::evidence::{Kind, Report, fields};

/// When the tables were last compared with the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub at: Millis,
    /// How many columns did not agree.
    pub differences: u64,
}

/// Checks the whole log if that is due, and compares the tables with it. If the log is not sound, nothing is said about
/// the tables.
///
/// # Errors
/// When it cannot be read, or the outcome cannot be written down.
pub async fn audit(auditor: &Auditor, now: Millis) -> anyhow::Result<Audit<Option<Tables>>> {
    let check = |core: Core| async move { live(&core.db, &core.config.evidence).await };
    let audited = audit::audit(auditor, now, check).await?;
    if let Audit::Sound {
        report,
        beside: Some(tables),
        ..
    } = &audited
    {
        note(auditor, report, tables).await?;
    }
    Ok(audited)
}

async fn note(auditor: &Auditor, report: &Report, tables: &Tables) -> anyhow::Result<()> {
    for difference in &tables.named {
        let (table, column, row) = (difference.table, difference.column, &difference.row);
        tracing::error!(table, column, row, "a row does not match the evidence log");
    }
    let said = fields::TablesChecked {
        leaves: report.leaves.to_string(),
        rows: tables.rows.to_string(),
        differences: tables.differences.to_string(),
    };
    let noted = auditor.core.note(said);
    noted
        .await
        .context("writing down that the tables were held against the log")
}

/// When the tables were last compared with the log, if they ever were.
///
/// # Errors
/// When the log cannot be read.
pub async fn last_held(connection: &impl Connection) -> anyhow::Result<Option<Held>> {
    let Some((at, fields)) = audit::newest_of(connection, Kind::TablesChecked).await? else {
        return Ok(None);
    };
    let mut fields = fields.iter();
    let differences = fields.find(|(name, _)| name == "differences");
    // If the number was lost, nothing can be relied on.
    let differences = differences.and_then(|(_, count)| count.parse().ok()).unwrap_or(1);
    Ok(Some(Held { at, differences }))
}
