//! Doing it: one transaction destroys salts and values, empties rows, and leaves a leaf for each record.

use anyhow::{Context, bail};

use super::basis::Basis;
use super::journal::Journal;
use super::plan::{self, Plan, Refusal, Request, Scope};
use super::store::{self, Whose};
use crate::chance::Chance;
use crate::db::Db;
use crate::evidence::{Kind, NewLeaf};
use crate::ids::{MemberId, OrganisationId, RecordId};
use crate::ledger::{Ledger, Tx};
use crate::people;

/// What became of an erasure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With what was erased.
    Erased(Plan),
    /// Something came in meanwhile: what would be erased is not what was agreed to. Nothing was erased.
    Changed(Plan),
    Refused(Refusal),
}

/// How often an erasure is planned anew when something comes in meanwhile.
const ATTEMPTS: usize = 5;

/// Erases what `agreed` stands for, the [token](Plan::token) of the plan that was shown; with none, whatever the
/// request means now.
///
/// What goes is written into the journal first: should the program die, the next start carries it out.
///
/// # Errors
/// When journal or database cannot be written. Unless the journal was written, nothing was erased.
pub async fn erase(
    (db, ledger, chance): (&Db, &Ledger, &Chance),
    journal: &Journal,
    request: Request,
    agreed: Option<String>,
) -> anyhow::Result<Outcome> {
    for _ in 0..ATTEMPTS {
        let plan = match plan::plan(db.reader(), &request).await? {
            Ok(plan) => plan,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        let token = plan.token();
        if agreed.as_ref().is_some_and(|agreed| *agreed != token) {
            return Ok(Outcome::Changed(plan));
        }
        journal.write(&plan, request.basis).await?;
        let (chance, request) = (chance.clone(), request.clone());
        let erased = ledger
            .write(move |tx| Box::pin(async move { erase_in(tx, &chance, &request, Some(token)).await }))
            .await
            .context("erasing; what was to go is in the journal, and the next start of the bot erases it")?;
        if let Some(plan) = erased {
            return Ok(Outcome::Erased(plan));
        }
        // Something came in after the journal was written: it must be in the journal, too.
    }
    bail!("people went on answering while it was planned; give the command again")
}

/// Erases within the transaction; none when nothing is left, or it is not what the journaled token stands for.
pub(super) async fn erase_in(
    tx: &Tx,
    chance: &Chance,
    request: &Request,
    journaled: Option<String>,
) -> anyhow::Result<Option<Plan>> {
    let Ok(plan) = plan::plan(tx.connection(), request).await? else {
        return Ok(None);
    };
    if journaled.is_some_and(|token| token != plan.token()) {
        return Ok(None);
    }
    apply(tx, chance, &plan, request.basis).await?;
    if let Scope::Member { member, organisation } = request.scope
        && request.fields.is_empty()
    {
        unname(tx, chance, (member, organisation), &plan).await?;
    }
    Ok(Some(plan))
}

async fn apply(tx: &Tx, chance: &Chance, plan: &Plan, basis: Basis) -> anyhow::Result<()> {
    let connection = tx.connection();
    for planned in &plan.records {
        store::delete_disclosures(connection, &planned.record, &planned.fields).await?;
        store::empty_answer(connection, &planned.record, &planned.fields, nobody(chance)).await?;
        let names: Vec<&str> = planned.fields.iter().map(String::as_str).collect();
        tx.evidence(NewLeaf {
            kind: Kind::RecordErased,
            rec: RecordId::new(chance.id()),
            of: Some(RecordId::new(planned.record.clone())),
            values: vec![basis.word().to_owned(), names.join(",")],
        });
    }
    store::delete_absences(connection, &plan.rows.absences).await
}

async fn unname(
    tx: &Tx,
    chance: &Chance,
    (member, organisation): (MemberId, Option<OrganisationId>),
    plan: &Plan,
) -> anyhow::Result<()> {
    let whose = Whose { member, organisation };
    store::unname(tx.connection(), whose, &plan.rows.cycles, nobody(chance), tx.now()).await?;
    for organisation in &plan.rows.standings {
        // The scheduler ends the assignments that are nobody's now.
        let organisation = OrganisationId::from_i64(*organisation);
        people::store::count_change(tx.connection(), organisation, tx.now()).await?;
    }
    Ok(())
}

/// A random number below zero: stands for somebody, and leads to nobody.
fn nobody(chance: &Chance) -> i64 {
    -1 - chance.below(i64::MAX as u64) as i64
}
