//! Finding out what an erasure would erase. Only reads.

use std::collections::BTreeSet;

use super::find::{self, Found, Records};
use super::plan::{Plan, Planned, Refusal, Request};
use super::store;
use crate::db::{Connection, Db};
use crate::evidence;

/// What this request would erase as the database is now.
///
/// # Errors
/// When the database cannot be read.
pub async fn plan(db: &Db, request: &Request) -> anyhow::Result<Result<Plan, Refusal>> {
    Ok(look(db, request, None).await?.map(|(plan, _)| plan))
}

/// As [`plan`], with what it was made from, for [`look_again`] and for the erasure itself.
pub(super) async fn look(
    db: &Db,
    request: &Request,
    before: Option<Found>,
) -> anyhow::Result<Result<(Plan, Found), Refusal>> {
    let snapshot = db.snapshot().await?;
    let looked = async {
        let since = match before {
            Some(found) => find::find_since(&snapshot, &request.scope, found, i64::MAX).await?,
            None => None,
        };
        let found = match since {
            Some(found) => found,
            None => match find::find(&snapshot, &request.scope).await? {
                Ok(found) => found,
                Err(refusal) => return Ok(Err(refusal)),
            },
        };
        let plan = plan_of(&snapshot, request, &found).await?;
        Ok(plan.map(|plan| (plan, found)))
    };
    let looked = looked.await;
    snapshot.rollback().await?;
    looked
}

/// What the request would erase now, inside a transaction: only what was added to the log since is read. None if that
/// is too much.
pub(super) async fn look_again(
    connection: &impl Connection,
    request: &Request,
    found: Found,
) -> anyhow::Result<Option<Result<Plan, Refusal>>> {
    match find::find_since(connection, &request.scope, found, find::MOST).await? {
        Some(found) => plan_of(connection, request, &found).await.map(Some),
        None => Ok(None),
    }
}

async fn plan_of(
    connection: &impl Connection,
    request: &Request,
    found: &Found,
) -> anyhow::Result<Result<Plan, Refusal>> {
    let known: BTreeSet<String> = found.records.values().flat_map(|wanted| wanted.known.clone()).collect();
    if let Some(field) = request.fields.iter().find(|field| !known.contains(*field))
        && !known.is_empty()
    {
        let field = field.clone();
        return Ok(Err(Refusal::UnknownField { field, known }));
    }
    let records = still_kept(connection, &found.records, &request.fields).await?;
    let rows = found.rows.clone();
    let plan = Plan { records, rows };
    Ok(if plan.is_empty() {
        Err(Refusal::NothingLeft)
    } else {
        Ok(plan)
    })
}

/// Those of the wanted fields that can still be read.
async fn still_kept(
    connection: &impl Connection,
    records: &Records,
    fields: &BTreeSet<String>,
) -> anyhow::Result<Vec<Planned>> {
    let recs: Vec<String> = records.values().map(|wanted| wanted.row.rec.clone()).collect();
    let kept = store::kept(connection, &recs).await?;
    let planned = records.values().filter_map(|wanted| {
        let there = kept.get(&wanted.row.rec)?;
        let meant = |name: &&String| {
            (fields.is_empty() || fields.contains(*name))
                && wanted.only.as_ref().is_none_or(|only| only.contains(*name))
        };
        let fields: BTreeSet<String> = there.iter().filter(meant).cloned().collect();
        (!fields.is_empty()).then(|| Planned {
            whole: fields.len() == there.len(),
            record: wanted.row.rec.clone(),
            log: wanted.row.log,
            index: wanted.row.idx as u64,
            at: evidence::recorded_at(&wanted.row.leaf),
            kind: wanted.row.kind.clone(),
            fields,
        })
    });
    Ok(planned.collect())
}
