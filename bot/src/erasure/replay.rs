//! Erasing again what a restored backup has brought back, before anything is served.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use super::basis::Basis;
use super::erase::erase_in;
use super::journal::{Journal, Line};
use super::plan::{Request, Scope};
use super::store;
use crate::chance::Chance;
use crate::db::Db;
use crate::ids::{MemberId, OrganisationId, RecordId};
use crate::ledger::Ledger;

/// What had come back and was erased again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    pub records: usize,
    /// Persons, once for each organisation.
    pub members: usize,
}

/// Erases again whatever the journal names and the database holds. Harmless when nothing came back: then the journal
/// and a few queries are read, and nothing is written.
///
/// A person is found by the random ids of rows that named them. Of whom there was nothing but the row of the member
/// itself is not found; Discord's list of members renews such rows anyway.
///
/// # Errors
/// When the journal is damaged, or the database cannot be read or written.
pub async fn replay(db: &Db, ledger: &Ledger, chance: &Chance, journal: &Journal) -> anyhow::Result<Replayed> {
    let mut replayed = Replayed::default();
    for line in journal.read()? {
        replay_line((db, ledger, chance), line, &mut replayed)
            .await
            .context("erasing again what a backup has brought back")?;
    }
    if replayed != Replayed::default() {
        let (records, members) = (replayed.records, replayed.members);
        tracing::warn!(records, members, "erased data had come back, and was erased again");
        db.scrub().await?;
    }
    Ok(replayed)
}

async fn replay_line(
    (db, ledger, chance): (&Db, &Ledger, &Chance),
    line: Line,
    replayed: &mut Replayed,
) -> anyhow::Result<()> {
    let basis = Basis::named(&line.basis).context("a ground that this version does not know")?;
    let erase = async |scope: Scope, fields: BTreeSet<String>| {
        let (chance, request) = (chance.clone(), Request { scope, fields, basis });
        ledger
            .write(move |tx| Box::pin(async move { erase_in(tx, &chance, &request, None).await }))
            .await
    };
    for (organisation, member) in store::named_by(db.reader(), &line.rows).await? {
        let scope = Scope::Member {
            member: MemberId::from_i64(member),
            organisation: Some(OrganisationId::from_i64(organisation)),
        };
        let erased = erase(scope, BTreeSet::new()).await?;
        replayed.members += 1;
        replayed.records += erased.map_or(0, |plan| plan.records.len());
    }
    for (record, fields) in back(db, &line.records).await? {
        let erased = erase(Scope::Exactly(RecordId::new(record)), fields).await?;
        replayed.records += erased.map_or(0, |plan| plan.records.len());
    }
    Ok(())
}

/// Which of these fields can be read again.
async fn back(db: &Db, records: &BTreeMap<String, Vec<String>>) -> anyhow::Result<Vec<(String, BTreeSet<String>)>> {
    let recs: Vec<String> = records.keys().cloned().collect();
    let kept = store::kept(db.reader(), &recs).await?;
    let back = kept.into_iter().filter_map(|(rec, kept)| {
        let erased: BTreeSet<String> = records[&rec].iter().cloned().collect();
        let back: BTreeSet<String> = kept.intersection(&erased).cloned().collect();
        (!back.is_empty()).then_some((rec, back))
    });
    Ok(back.collect())
}
