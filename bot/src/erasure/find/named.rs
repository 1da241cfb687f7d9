//! Records by what their fields say.

use std::collections::{BTreeMap, BTreeSet};

use super::Wanted;
use crate::clock::Millis;
use crate::db::Connection;
use crate::erasable::Whose;
use crate::erasure::plan::Which;
use crate::erasure::store;
use crate::evidence::{self, Kind};
use crate::{outbox, people};

/// The row of an absence: it names its record, or is found by what the record says.
pub(super) async fn leave_of(connection: &impl Connection, rec: &str) -> anyhow::Result<Vec<String>> {
    let rows = people::store::absences_with(connection, rec).await?;
    if !rows.is_empty() {
        return Ok(rows);
    }
    let said = said(connection, rec).await?;
    let Some(member) = said.get("member").and_then(|member| member.parse().ok()) else {
        return Ok(Vec::new());
    };
    let organisation = None;
    let mut leaves = people::store::absences_of(connection, Whose { member, organisation }).await?;
    // It may have been shortened since.
    let began = |from: i64| said.get("from") == Some(&Millis(from).rfc3339());
    leaves.retain(|leave| leave.rec.is_none() && began(leave.from_at));
    Ok(leaves.into_iter().map(|leave| leave.id).collect())
}

async fn said(connection: &impl Connection, rec: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let disclosures = store::disclosures(connection, rec).await?;
    Ok(disclosures
        .iter()
        .filter_map(|text| evidence::disclosed(text))
        .collect())
}

fn is_leave(said: &BTreeMap<String, String>, from: i64, to: i64) -> bool {
    said.get("from") == Some(&Millis(from).rfc3339()) && said.get("to") == Some(&Millis(to).rfc3339())
}

/// Records outside the cycles that name the member: the member's own leaves whole, of other people's only the field
/// that names the member.
pub(super) async fn elsewhere(
    connection: &impl Connection,
    whose: Whose,
    among: Option<&[String]>,
) -> anyhow::Result<Vec<Wanted>> {
    let absences = people::store::absences_of(connection, whose).await?;
    let member = whose.member.to_string();
    let names: BTreeSet<&str> = Kind::ALL.into_iter().flat_map(Kind::fields).copied().collect();
    let fields: Vec<_> = names.into_iter().map(|name| (name, member.clone())).collect();
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (rec, name) in store::disclosing(connection, &fields, among).await? {
        named.entry(rec).or_default().insert(name);
    }
    let recs: Vec<String> = named.keys().cloned().collect();
    let mut found = Vec::new();
    for row in store::leaves_of(connection, &recs).await? {
        let names = named.remove(&row.rec).unwrap_or_default();
        // A record of an earlier version that does not say in which organisation.
        let leave = row.kind == Kind::AbsenceEntered.name();
        let own = names.contains("member") || names.contains("author");
        if whose.organisation.is_some() {
            // Only what is known to belong to this organisation.
            let said = said(connection, &row.rec).await?;
            let told = said.get("organisation").cloned() == whose.organisation.map(|id| id.to_string());
            let known = leave && absences.iter().any(|row| is_leave(&said, row.from_at, row.to_at));
            if !(own && (told || known)) {
                continue;
            }
        }
        let only = (!own).then_some(names);
        found.push(Wanted {
            only,
            ..Wanted::all(row)
        });
    }
    Ok(found)
}

/// Deliveries in the living log of questions that were asked in a closed one: they name no index that leads to them,
/// only a message to this person.
pub(super) async fn delivered_elsewhere(connection: &impl Connection, whose: Whose) -> anyhow::Result<Vec<Wanted>> {
    let sent = outbox::sent_to(connection, whose).await?;
    let fields: Vec<_> = sent.iter().map(|id| ("message_id", id.to_string())).collect();
    let found = store::disclosing(connection, &fields, None).await?;
    let recs: Vec<String> = found.into_iter().map(|(rec, _)| rec).collect();
    let rows = store::leaves_of(connection, &recs).await?.into_iter();
    let unlinked = rows.filter(|row| row.log == Which::Living && evidence::continues(&row.leaf).is_none());
    Ok(unlinked.map(Wanted::all).collect())
}
