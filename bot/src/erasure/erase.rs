//! The erasing itself: one transaction destroys salts and values, empties rows, and leaves a leaf that shows nobody
//! which records they were.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};

use super::find::Found;
use super::look;
use super::plan::{Plan, Refusal, Request};
use super::store;
use crate::chance::Chance;
use crate::clock::Millis;
use crate::db::{Connection, Db};
use crate::erasable::{Journal, Whose};
use crate::evidence;
use crate::ledger::{Ledger, Tx};
use crate::{outbox, people};

/// The outcome of an erasure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With what was erased.
    Erased(Plan),
    /// Something was written in the meantime: what would be erased is not what was agreed to. Nothing was erased.
    Changed(Plan),
    Refused(Refusal),
}

/// How often an erasure is planned anew if something is written in the meantime.
const ATTEMPTS: usize = 5;

/// Erases what `agreed` stands for, the [token](Plan::token) of the plan that was shown; without one, whatever the
/// request means now.
///
/// What will be erased is written into the journal first: if the program dies, the next start carries it out.
///
/// # Errors
/// When journal or database cannot be written. Unless the journal was written, nothing was erased.
pub async fn erase(
    (db, ledger, chance): (&Db, &Ledger, &Chance),
    journal: &Journal,
    request: Request,
    agreed: Option<String>,
) -> anyhow::Result<Outcome> {
    let mut before = None;
    for _ in 0..ATTEMPTS {
        let (plan, found) = match look::look(db, &request, before).await? {
            Ok(looked) => looked,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        before = Some(found.clone());
        let token = plan.token();
        if agreed.as_ref().is_some_and(|agreed| *agreed != token) {
            return Ok(Outcome::Changed(plan));
        }
        journal.add(&plan.line(&request)).await?;
        let (chance, request) = (chance.clone(), request.clone());
        let erased = ledger
            .write(move |tx| Box::pin(async move { erase_in(tx, &chance, &request, (found, token)).await }))
            .await
            .context("erasing; what was to go is in the journal, and the next start of the bot erases it")?;
        if let Some(plan) = erased {
            return Ok(Outcome::Erased(plan));
        }
        // Something was written after the journal: it must be in the journal, too.
    }
    bail!("people went on answering while it was planned; run the command again")
}

/// Erases within the transaction; none if the plan is no longer what the journaled token stands for.
async fn erase_in(
    tx: &Tx,
    chance: &Chance,
    request: &Request,
    (found, journaled): (Found, String),
) -> anyhow::Result<Option<Plan>> {
    let Some(Ok(plan)) = look::look_again(tx.connection(), request, found).await? else {
        return Ok(None);
    };
    if journaled != plan.token() {
        return Ok(None);
    }
    apply(tx.connection(), chance, &plan).await?;
    if let Some(whose) = request.unnames() {
        unname(tx.connection(), chance, whose, tx.now()).await?;
    }
    store::delete_rows(tx.connection(), &people::ABSENCE, request.leaves(&plan)).await?;
    let records = plan
        .records
        .iter()
        .map(|planned| (planned.record.as_str(), &planned.fields));
    for leaf in evidence::erasure_leaves(chance, request.basis.word(), records) {
        tx.evidence(leaf);
    }
    Ok(Some(plan))
}

async fn apply(connection: &impl Connection, chance: &Chance, plan: &Plan) -> anyhow::Result<()> {
    let mut alike: BTreeMap<&BTreeSet<String>, Vec<String>> = BTreeMap::new();
    for planned in &plan.records {
        alike.entry(&planned.fields).or_default().push(planned.record.clone());
    }
    for (fields, recs) in alike {
        store::delete_disclosures(connection, &recs, fields).await?;
        store::empty(connection, chance, &recs, fields).await?;
    }
    Ok(())
}

/// Removes the person from all tables, and what was promised to them from the outbox.
pub(super) async fn unname(
    connection: &impl Connection,
    chance: &Chance,
    whose: Whose,
    now: Millis,
) -> anyhow::Result<()> {
    outbox::cancel(connection, whose, now).await?;
    // The scheduler ends the assignments that belong to nobody now.
    people::store::count_change_of(connection, whose, now).await?;
    store::unname(connection, chance, whose).await
}
