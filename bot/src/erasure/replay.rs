//! Erasing again what a copy has brought back: in the copy before it takes the database's place, and at every start
//! before anything is served.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use super::back::{Back, Gone};
use super::store;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::{Connection, Db, Transaction};
use crate::erasable::{Basis, Journal, Line};
use crate::evidence::{self, Erased};
use crate::ledger::{Ledger, Tx};
use crate::settings;

/// The setting that says that something was erased when no leaf could be written about it.
const UNSAID: &str = "erasure.unsaid";

/// What had come back and was erased again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Records with fields that could be read again, or whose erasure was not in the log.
    pub records: usize,
    /// Persons, once for each organisation.
    pub members: usize,
}

/// Erases again whatever the journal names and the database holds. Harmless if nothing came back: then the journal and
/// a few queries are read, and nothing is written.
///
/// A person is found by the random ids of rows that named them.
///
/// # Errors
/// When the journal is damaged, or the database cannot be read or written.
pub async fn replay(db: &Db, ledger: &Ledger, chance: &Chance, journal: &Journal) -> anyhow::Result<Replayed> {
    let lines = journal.read()?;
    let mut replayed = Replayed::default();
    let mut again = false;
    for line in &lines {
        let gone = Gone::of_line(line);
        if Back::find(db.reader(), &gone).await?.is_empty() {
            continue;
        }
        let basis = basis_of(line)?;
        let chance = chance.clone();
        let back = ledger
            .write(move |tx| Box::pin(async move { erase_line(tx, &chance, basis, &gone).await }))
            .await
            .context("erasing again what a backup has brought back")?;
        again = true;
        replayed.members += back.people.len();
        replayed.records += back.fields.len();
    }
    replayed.records += say(db, ledger, chance, lines).await?;
    if again {
        let (records, members) = (replayed.records, replayed.members);
        tracing::warn!(records, members, "erased data had come back and was erased again");
        db.scrub().await?;
    }
    Ok(replayed)
}

fn basis_of(line: &Line) -> anyhow::Result<Basis> {
    Basis::named(&line.basis).context("a ground that this version does not know")
}

async fn erase_line(tx: &Tx, chance: &Chance, basis: Basis, gone: &Gone) -> anyhow::Result<Back> {
    let back = Back::find(tx.connection(), gone).await?;
    back.erase(tx.connection(), chance, tx.now()).await?;
    tell(tx, chance, basis, &back.fields).await?;
    Ok(back)
}

/// Leaves evidence about those of these records that the log or a closed one holds. Returns how many they are.
async fn tell(
    tx: &Tx,
    chance: &Chance,
    basis: Basis,
    fields: &BTreeMap<String, BTreeSet<String>>,
) -> anyhow::Result<usize> {
    let recs: Vec<String> = fields.keys().cloned().collect();
    let rows = store::leaves_of(tx.connection(), &recs).await?;
    let records = rows.iter().map(|row| (row.rec.as_str(), &fields[&row.rec]));
    for leaf in evidence::erasure_leaves(chance, basis.word(), records) {
        tx.evidence(leaf);
    }
    Ok(rows.len())
}

/// Adds the leaves that could not be written when a copy was restored. Returns for how many records.
async fn say(db: &Db, ledger: &Ledger, chance: &Chance, lines: Vec<Line>) -> anyhow::Result<usize> {
    if settings::read(db.reader(), UNSAID).await?.is_none() {
        return Ok(0);
    }
    let said = evidence::erased_records(db.reader()).await?;
    let mut said: BTreeSet<String> = said.into_iter().map(|one| one.record.as_str().to_owned()).collect();
    let mut records = 0;
    for line in lines {
        let basis = basis_of(&line)?;
        let mut unsaid = Gone::of_line(&line).fields;
        unsaid.retain(|rec, _| said.insert(rec.clone()));
        let chance = chance.clone();
        records += ledger
            .write(move |tx| Box::pin(async move { tell(tx, &chance, basis, &unsaid).await }))
            .await
            .context("saying what was erased from a copy")?;
    }
    ledger
        .write(move |tx| Box::pin(async move { settings::forget(tx.connection(), UNSAID).await }))
        .await?;
    Ok(records)
}

/// Erases from a database that is not served, and whose log cannot be signed yet, what the journal names and what
/// `erased` says was erased. The next start writes the missing leaves. Returns how many fields of the log were erased.
/// Harmless when repeated.
///
/// # Errors
/// When the journal is damaged, or the database cannot be read or written; then nothing is erased.
pub async fn forget_again(
    db: &Db,
    journal: &Journal,
    erased: &[Erased],
    (now, chance): (Millis, &Chance),
) -> anyhow::Result<u64> {
    let lines = journal.read()?;
    let transaction = db.begin().await?;
    let forgotten = forget_in(&transaction, &lines, erased, (now, chance)).await;
    match forgotten {
        Ok(None) => {
            transaction.rollback().await?;
            Ok(0)
        }
        Ok(Some(fields)) => {
            transaction.commit().await.context("erasing again")?;
            db.scrub().await?;
            Ok(fields)
        }
        Err(error) => {
            transaction.rollback().await?;
            Err(error)
        }
    }
}

/// Returns how many fields of the log were erased; none if nothing at all was there.
async fn forget_in(
    transaction: &Transaction,
    lines: &[Line],
    erased: &[Erased],
    (now, chance): (Millis, &Chance),
) -> anyhow::Result<Option<u64>> {
    let mut forgotten = None;
    let mut all: Vec<Gone> = lines.iter().map(Gone::of_line).collect();
    all.push(Gone::of_log(transaction, erased).await?);
    for gone in all {
        let back = Back::find(transaction, &gone).await?;
        if !back.is_empty() {
            *forgotten.get_or_insert(0) += back.erase(transaction, chance, now).await?;
        }
    }
    if forgotten.is_some_and(|fields| fields > 0) {
        settings::remember(transaction, UNSAID, "1", now).await?;
    }
    Ok(forgotten)
}

/// Whether something can be read that the journal says was erased.
///
/// # Errors
/// When the journal is damaged, or the database cannot be read.
pub async fn came_back(connection: &impl Connection, journal: &Journal) -> anyhow::Result<bool> {
    for line in journal.read()? {
        if !Back::find(connection, &Gone::of_line(&line)).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
