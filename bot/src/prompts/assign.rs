//! Bringing assignments in line with people, packs and audiences: start, end, start again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::close_cycle::{self, Ending};
use super::cycle::{Cycle, State};
use super::store::{self, AssignmentRow};
use crate::catalogue::{Catalogue, Prompt};
use crate::chance::Chance;
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::core::Core;
use crate::ids::{MemberId, OrganisationId};
use crate::ledger::Tx;
use crate::people::{self, Standing};
use crate::settings;

/// Maximum number of assignments in one piece of work for the ledger.
const PIECE: usize = 400;

/// The prompts that an organisation asks, with their places in the catalogue: those of its packs.
pub(super) fn asked_prompts<'a>(catalogue: &'a Catalogue, organisation: &Organisation) -> Vec<(usize, &'a Prompt)> {
    let packs = organisation.packs.iter().filter_map(|id| catalogue.pack(id));
    let wanted: BTreeSet<&str> = packs.flat_map(|pack| pack.prompts.iter().map(String::as_str)).collect();
    let prompts = catalogue.prompts.iter().enumerate();
    prompts
        .filter(|(_, prompt)| wanted.contains(prompt.id.as_str()))
        .collect()
}

/// What would be assigned: member and prompt, with the tags it is held for.
fn wanted(
    catalogue: &Catalogue,
    organisation: &Organisation,
    people: &[Standing],
) -> BTreeMap<(MemberId, String), String> {
    let prompts = asked_prompts(catalogue, organisation);
    let managers = people.iter().filter(|person| person.is(Role::Manager));
    managers
        .flat_map(|person| prompts.iter().map(move |(_, prompt)| (person, *prompt)))
        .filter(|(person, prompt)| person.hears(organisation, &prompt.audience))
        .map(|(person, prompt)| {
            let tags = BTreeSet::from([prompt.audience.as_str(), Role::Manager.word()]);
            let tags: Vec<&str> = tags.into_iter().collect();
            ((person.member, prompt.id.clone()), tags.join(","))
        })
        .collect()
}

#[derive(Debug, Default)]
struct Changes {
    new: Vec<AssignmentRow>,
    again: Vec<String>,
    /// With whether the prompt itself was withdrawn.
    ended: Vec<(String, bool)>,
}

/// The setting that tells by what the assignments of an organisation were brought in line last.
pub(super) fn setting(organisation: OrganisationId) -> String {
    format!("assignments.{organisation}")
}

/// Brings the assignments of an organisation in line, unless nothing has changed since the last time.
pub(super) async fn assign(
    core: &Core,
    organisation: &Organisation,
    known: &BTreeMap<String, String>,
    now: Millis,
) -> anyhow::Result<()> {
    let name = setting(organisation.id);
    // Read before people are, so that a change in between is found by the next step.
    let count = known.get(&people::store::changes(organisation.id));
    let mark = format!(
        "{} {}",
        count.map_or("0", String::as_str),
        fingerprint(core, organisation)
    );
    if known.get(&name) == Some(&mark) {
        return Ok(());
    }
    let people = people::all(core.db.reader(), organisation).await?;
    let known = store::assignments(core.db.reader(), organisation.id).await?;
    let changes = changes(core, organisation, &people, known, now);
    write(core, organisation.id, changes).await?;
    core.ledger
        .write(move |tx| Box::pin(async move { settings::remember(tx.connection(), &name, &mark, tx.now()).await }))
        .await
}

fn fingerprint(core: &Core, organisation: &Organisation) -> String {
    let mut text = core.catalogue.sha256.clone();
    for part in [
        format!("{:?}", organisation.packs),
        format!("{:?}", organisation.audiences),
    ] {
        write!(text, " {part}").expect("writing to a text cannot fail");
    }
    hex::encode(&Sha256::digest(text)[..8])
}

fn changes(
    core: &Core,
    organisation: &Organisation,
    people: &[Standing],
    known: Vec<AssignmentRow>,
    now: Millis,
) -> Changes {
    let mut wanted = wanted(&core.catalogue, organisation, people);
    let prompts = asked_prompts(&core.catalogue, organisation);
    let asked: BTreeSet<&str> = prompts.iter().map(|(_, prompt)| prompt.id.as_str()).collect();
    let mut changes = Changes::default();
    for row in known {
        let key = (MemberId::from_i64(row.member), row.prompt.clone());
        match (wanted.remove(&key), row.ended_at) {
            (Some(_), Some(_)) => changes.again.push(row.id),
            (None, None) => changes.ended.push((row.id, !asked.contains(row.prompt.as_str()))),
            (Some(_), None) | (None, Some(_)) => {}
        }
    }
    let new = wanted.into_iter().map(|((member, prompt), tags)| AssignmentRow {
        id: core.chance.id(),
        organisation: organisation.id.get(),
        member: member.get(),
        prompt,
        tags,
        started_at: now.0,
        ended_at: None,
    });
    changes.new.extend(new);
    changes
}

async fn write(core: &Core, organisation: OrganisationId, changes: Changes) -> anyhow::Result<()> {
    for piece in changes.new.chunks(PIECE).map(<[AssignmentRow]>::to_vec) {
        core.ledger
            .write(move |tx| Box::pin(async move { store::insert_assignments(tx.connection(), piece).await }))
            .await?;
    }
    for piece in changes.again.chunks(PIECE).map(<[String]>::to_vec) {
        core.ledger
            .write(move |tx| Box::pin(async move { store::set_ended(tx.connection(), &piece, None).await }))
            .await?;
    }
    for piece in changes.ended.chunks(PIECE).map(<[(String, bool)]>::to_vec) {
        let chance = core.chance.clone();
        core.ledger
            .write(move |tx| Box::pin(async move { end(tx, &chance, organisation, piece).await }))
            .await?;
    }
    Ok(())
}

async fn end(tx: &Tx, chance: &Chance, organisation: OrganisationId, ended: Vec<(String, bool)>) -> anyhow::Result<()> {
    let ids: Vec<String> = ended.iter().map(|(id, _)| id.clone()).collect();
    let withdrawn: BTreeSet<&String> = ended
        .iter()
        .filter(|(_, withdrawn)| *withdrawn)
        .map(|(id, _)| id)
        .collect();
    let mut cancelled = Vec::new();
    let mut past_due = Vec::new();
    for cycle in store::running_of(tx.connection(), &ids, tx.now()).await? {
        match fate(
            &cycle,
            withdrawn.contains(&cycle.assignment.as_str().to_owned()),
            tx.now(),
        ) {
            Some(reason) => cancelled.push((Ending::of(State::Cancelled, reason), cycle)),
            None if cycle.state == State::Open => past_due.push(cycle),
            None => {}
        }
    }
    close_cycle::close_as(tx, chance, cancelled).await?;
    // The late window ends with the assignment.
    close_cycle::close_by_rule(tx, chance, organisation, past_due).await?;
    store::set_ended(tx.connection(), &ids, Some(tx.now())).await
}

/// Why a cycle of an ended assignment is cancelled; none when it stands.
fn fate(cycle: &Cycle, withdrawn: bool, now: Millis) -> Option<&'static str> {
    if withdrawn {
        return Some("withdrawn");
    }
    // Also when it was answered: cancelled goes before answered.
    (cycle.due_at > now).then_some("assignment-ended")
}
