//! A cycle that opens: its row, its leaf and the promise to post it.

use std::collections::{BTreeMap, BTreeSet};

use super::board::Entry;
use super::close_cycle::Ending;
use super::cycle::{Cycle, State, Wording};
use super::plan::{Fate, Planned};
use super::store::{self, CycleRow};
use crate::catalogue::CadenceKind;
use crate::clock::Millis;
use crate::config::{Delivery, Organisation};
use crate::core::Core;
use crate::evidence::{NewLeaf, fields};
use crate::ids::{CycleId, MemberId, RecordId};
use crate::ledger::Tx;
use crate::outbox::{self, Message, NewOutbound};

/// One weekly confirmation in this many must be shown.
const FOLLOW_UP_ONE_IN: u64 = 3;
/// One cycle in this many asks the variant, and at least one of this many in a row.
const VARIANT_ONE_IN: u64 = 4;

/// A cycle to be written.
#[derive(Clone, Debug)]
pub(super) struct NewCycle {
    pub assignment: String,
    pub member: MemberId,
    pub prompt: String,
    pub zone: String,
    pub planned: Planned,
    /// When to post the question; none when it is not to be posted.
    pub send_at: Option<Millis>,
}

impl NewCycle {
    /// `send_at` is decided by `at`, when the question could go out.
    pub fn new(entry: &Entry, planned: Planned, at: Millis) -> Self {
        Self {
            assignment: entry.assignments[planned.candidate].clone(),
            member: entry.member,
            prompt: entry.diary.candidates[planned.candidate].prompt.clone(),
            zone: entry.zone.clone(),
            send_at: (planned.fate == Fate::Open)
                .then(|| entry.send_at(&planned, at))
                .flatten(),
            planned,
        }
    }
}

/// A piece of openings on its way into the transaction.
pub(super) struct Opening<'a> {
    tx: &'a Tx,
    core: &'a Core,
    organisation: &'a Organisation,
    taken: BTreeSet<(String, String)>,
    /// For each assignment its last ordinal and whether each of its newest cycles was a variant, oldest first.
    past: BTreeMap<String, (i32, Vec<bool>)>,
}

impl<'a> Opening<'a> {
    pub(super) async fn prepare(
        tx: &'a Tx,
        core: &'a Core,
        organisation: &'a Organisation,
        piece: &[NewCycle],
    ) -> anyhow::Result<Self> {
        let ids: BTreeSet<String> = piece.iter().map(|new| new.assignment.clone()).collect();
        let ids: Vec<String> = ids.into_iter().collect();
        let periods: BTreeSet<String> = piece.iter().map(|new| new.planned.period.key.clone()).collect();
        let periods: Vec<String> = periods.into_iter().collect();
        let mut past: BTreeMap<String, (i32, Vec<bool>)> = BTreeMap::new();
        for row in store::newest_of(tx.connection(), &ids).await? {
            let wording: Wording = serde_json::from_str(&row.wording)?;
            let entry = past.entry(row.assignment).or_default();
            entry.0 = row.ordinal;
            entry.1.push(wording.variant);
        }
        Ok(Self {
            taken: store::taken(tx.connection(), &ids, &periods)
                .await?
                .into_iter()
                .collect(),
            tx,
            core,
            organisation,
            past,
        })
    }

    pub(super) async fn write(mut self, piece: Vec<NewCycle>) -> anyhow::Result<()> {
        let mut rows = Vec::with_capacity(piece.len());
        let mut promises = Vec::new();
        for new in piece {
            let key = (new.assignment.clone(), new.planned.period.key.clone());
            if !self.taken.insert(key) {
                continue;
            }
            let Some(row) = self.row(&new)? else { continue };
            self.evidence(&row, new.planned.fate);
            let (cycle, member) = (CycleId::new(row.id.clone()), MemberId::from_i64(row.member));
            let closes_at = Millis(row.closes_at);
            promises.extend(
                new.send_at
                    .map(|at| promise(self.organisation, (cycle, member), at, closes_at)),
            );
            rows.push(row);
        }
        store::insert_cycles(self.tx.connection(), rows).await?;
        for promise in promises {
            outbox::promise(self.tx, &self.core.chance, promise).await?;
        }
        Ok(())
    }

    /// The row to write; none when the prompt has left the catalogue in the meantime.
    fn row(&mut self, new: &NewCycle) -> anyhow::Result<Option<CycleRow>> {
        let Core {
            catalogue,
            chance,
            config,
            ..
        } = self.core;
        let Some(prompt) = catalogue.prompt(&new.prompt) else {
            return Ok(None);
        };
        let open = new.planned.fate == Fate::Open;
        let past = self.past.entry(new.assignment.clone()).or_default();
        let variant = open && draws_variant(&past.1, || chance.below(VARIANT_ONE_IN) == 0);
        past.0 += 1;
        past.1.push(variant);
        let always = prompt.cadence != CadenceKind::Weekly;
        let wording = Wording::freeze(
            prompt,
            &catalogue.language,
            variant,
            config.schedule.first_month_of_year,
        );
        let ending = ending(new.planned.fate);
        Ok(Some(CycleRow {
            id: chance.id(),
            assignment: new.assignment.clone(),
            organisation: self.organisation.id.get(),
            member: new.member.get(),
            prompt: prompt.id.clone(),
            period: new.planned.period.key.clone(),
            ordinal: past.0,
            zone: new.zone.clone(),
            opens_at: new.planned.opens_at.0,
            due_at: new.planned.due_at.0,
            closes_at: new.planned.closes_at.0,
            wording: serde_json::to_string(&wording)?,
            catalogue: catalogue.sha256.clone(),
            follow_up: open && (always || chance.below(FOLLOW_UP_ONE_IN) == 0),
            state: ending
                .as_ref()
                .map_or(State::Open, |ending| ending.state)
                .word()
                .to_owned(),
            reason: ending.as_ref().and_then(|ending| ending.reason.clone()),
            rec: chance.id(),
            delivered_at: None,
            draft_choice: None,
            draft_at: None,
            answered_at: None,
            choice: None,
            closed_at: ending.map(|_| self.tx.now().0),
            created_at: self.tx.now().0,
        }))
    }

    fn evidence(&self, row: &CycleRow, fate: Fate) {
        let rec = RecordId::new(row.rec.clone());
        let said = fields::CycleOpened {
            organisation: row.organisation.to_string(),
            member: row.member.to_string(),
            prompt: row.prompt.clone(),
            catalogue: row.catalogue.clone(),
            period: row.period.clone(),
            ordinal: row.ordinal.to_string(),
            zone: row.zone.clone(),
            opens: Millis(row.opens_at).rfc3339(),
            due: Millis(row.due_at).rfc3339(),
            closes: Millis(row.closes_at).rfc3339(),
            follow_up: row.follow_up.to_string(),
        };
        self.tx.evidence(NewLeaf::new(rec.clone(), said));
        let leaf = ending(fate).and_then(|ending| ending.leaf(&self.core.chance, &rec));
        if let Some(leaf) = leaf {
            self.tx.evidence(leaf);
        }
    }
}

/// The message that puts a question, from `at` on.
pub(super) fn promise(
    organisation: &Organisation,
    (cycle, member): (CycleId, MemberId),
    at: Millis,
    closes_at: Millis,
) -> NewOutbound {
    NewOutbound {
        organisation: organisation.id,
        member: Some(member),
        channel: match organisation.delivery {
            Delivery::DirectMessage => None,
            Delivery::Channel => organisation.channels.prompts,
        },
        message: Message::Prompt { cycle },
        at,
        expires: Some(closes_at),
    }
}

/// What a cycle ends as that is recorded without being asked.
fn ending(fate: Fate) -> Option<Ending> {
    match fate {
        Fate::Open => None,
        Fate::Load => Some(Ending::of(State::Cancelled, Cycle::LOAD)),
        Fate::Outage => Some(Ending::of(State::Excused, Cycle::OUTAGE)),
    }
}

/// One in four, at least once in four askings, never twice in a row.
fn draws_variant(past: &[bool], draw: impl FnOnce() -> bool) -> bool {
    match past {
        [.., true] => false,
        [.., _, false, false, false] | [false, false, false] if !past[past.len() - 3..].contains(&true) => true,
        _ => draw(),
    }
}
