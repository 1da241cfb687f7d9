//! The course of a cycle: the columns that change while it runs, as its leaves report them one after the other.

use super::difference::Row;
use crate::clock::Millis;
use crate::evidence::Kind;
use crate::evidence::verify::Entry;
use crate::prompts::store::{AnswerRow, CycleRow};
use crate::prompts::{Cycle, State};

/// The place of a leaf: the number of the closed log that it is in, none for the living one, and its index.
pub(super) type Place = (Option<u32>, u64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Course {
    pub due_at: i64,
    pub closes_at: i64,
    pub state: String,
    pub reason: Option<String>,
    pub delivered_at: Option<i64>,
    pub answered_at: Option<i64>,
    pub choice: Option<String>,
    pub closed_at: Option<i64>,
}

/// A cycle whose row its leaves do not explain completely yet.
#[derive(Debug)]
pub(super) struct Running {
    pub id: String,
    pub row: Course,
    pub told: Course,
}

impl Course {
    /// As the row has it.
    pub(super) fn of_row(row: &CycleRow) -> Self {
        Self {
            due_at: row.due_at,
            closes_at: row.closes_at,
            state: row.state.clone(),
            reason: row.reason.clone(),
            delivered_at: row.delivered_at,
            answered_at: row.answered_at,
            choice: row.choice.clone(),
            closed_at: row.closed_at,
        }
    }

    /// As the leaf of its opening says. `row` is the final state in the table; it is used for what was erased.
    pub(super) fn opened(entry: &Entry, row: &Self) -> Self {
        Self {
            due_at: instant(entry, "due").unwrap_or(row.due_at),
            closes_at: instant(entry, "closes").unwrap_or(row.closes_at),
            state: State::Open.word().to_owned(),
            reason: None,
            delivered_at: None,
            answered_at: None,
            choice: None,
            closed_at: None,
        }
    }

    /// Whether leaves of this kind change it.
    pub(super) fn changes_by(kind: Kind) -> bool {
        matches!(
            kind,
            Kind::CycleDelivered
                | Kind::CycleUndelivered
                | Kind::CycleAnswered
                | Kind::CycleAnsweredLate
                | Kind::CycleMissed
                | Kind::CycleExcused
                | Kind::CycleCancelled
                | Kind::CycleExtended
                | Kind::AnswerRetracted
        )
    }

    /// Applies a leaf. `answer` is the row that the leaf is about.
    pub(super) fn go_on(&mut self, entry: &Entry, row: &Self, answer: Option<&AnswerRow>) {
        match entry.kind {
            Some(Kind::CycleDelivered) => self.delivered_at = Some(written(entry, row.delivered_at)),
            Some(Kind::CycleExtended) => {
                self.due_at = instant(entry, "due").unwrap_or(row.due_at);
                self.closes_at = instant(entry, "closes").unwrap_or(row.closes_at);
            }
            Some(Kind::CycleAnswered | Kind::CycleAnsweredLate) => self.answer(entry, row, answer),
            Some(Kind::AnswerRetracted) => self.take_back(entry, row),
            Some(Kind::CycleMissed) => self.end(State::Missed, entry, row),
            Some(Kind::CycleExcused) => self.end(State::Excused, entry, row),
            Some(Kind::CycleCancelled) => self.end(State::Cancelled, entry, row),
            // Also written as soon as it is known that nobody will be reached, while the question is still open.
            Some(Kind::CycleUndelivered) if !ends(entry, row) => self.reason = reason(entry, row),
            Some(Kind::CycleUndelivered) => self.end(State::Undelivered, entry, row),
            _ => {}
        }
    }

    fn answer(&mut self, entry: &Entry, row: &Self, answer: Option<&AnswerRow>) {
        let answered = instant(entry, "answered").or_else(|| answer.map(|answer| answer.answered_at));
        State::Answered.word().clone_into(&mut self.state);
        self.reason = None;
        self.choice = entry.field("choice").map(str::to_owned);
        self.answered_at = answered.or(row.answered_at);
        self.closed_at = Some(written(entry, row.closed_at));
    }

    fn take_back(&mut self, entry: &Entry, row: &Self) {
        let withdrawn = row.state == State::Answered.word() && row.reason.as_deref() == Some(Cycle::WITHDRAWN);
        let reopened = match entry.field("reopened") {
            Some(word) => word == "yes",
            None => entry.at.0 < self.closes_at || !withdrawn,
        };
        if !reopened {
            self.reason = Some(Cycle::WITHDRAWN.to_owned());
            return;
        }
        State::Open.word().clone_into(&mut self.state);
        self.reason = None;
        self.choice = None;
        self.answered_at = None;
        self.closed_at = None;
    }

    fn end(&mut self, state: State, entry: &Entry, row: &Self) {
        state.word().clone_into(&mut self.state);
        self.reason = reason(entry, row);
        self.closed_at = Some(written(entry, row.closed_at));
    }

    /// Whether the row is what the leaves say.
    pub(super) fn agrees(&self, row: &Self) -> bool {
        self == row || self.closed_in_silence(row).as_ref() == Some(row)
    }

    /// A question whose leaf `cycle.undelivered` came while it was open got no other one when it closed.
    fn closed_in_silence(&self, row: &Self) -> Option<Self> {
        let noted = self.state == State::Open.word() && self.reason.is_some();
        let closed = row.state == State::Undelivered.word() && row.closed_at.is_some_and(|at| at >= self.closes_at);
        (noted && closed).then(|| Self {
            state: row.state.clone(),
            closed_at: row.closed_at,
            ..self.clone()
        })
    }

    /// Names what differs. `choice_gone` is whether an erased answer has removed the choice as well.
    pub(super) fn compare(&self, found: &Self, row: &mut Row<'_>, choice_gone: bool) {
        let silent = self.closed_in_silence(found);
        let said = silent.as_ref().unwrap_or(self);
        row.at("due_at", Some(found.due_at), Some(said.due_at));
        row.at("closes_at", Some(found.closes_at), Some(said.closes_at));
        row.is("state", Some(found.state.clone()), Some(said.state.clone()));
        row.is("reason", found.reason.clone(), said.reason.clone());
        row.at("delivered_at", found.delivered_at, said.delivered_at);
        row.at("answered_at", found.answered_at, said.answered_at);
        if !(found.choice.is_none() && choice_gone) {
            row.is("choice", found.choice.clone(), said.choice.clone());
        }
        row.at("closed_at", found.closed_at, said.closed_at);
    }
}

/// Whether the leaf was written when the question ended in this way.
fn ends(entry: &Entry, row: &Course) -> bool {
    row.state == State::Undelivered.word() && row.closed_at.is_some_and(|at| at == written(entry, Some(at)))
}

/// The reason in the leaf; if it was erased, the row's.
fn reason(entry: &Entry, row: &Course) -> Option<String> {
    match entry.field("reason") {
        Some(reason) => Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
        None => row.reason.clone(),
    }
}

/// The instant in a field.
pub(super) fn instant(entry: &Entry, field: &str) -> Option<i64> {
    let at: jiff::Timestamp = entry.field(field)?.parse().ok()?;
    Some(Millis::from(at).0)
}

/// When a row was written with that leaf. If the clock had run back, the leaf's instant is later than the row's.
pub(super) fn written(entry: &Entry, found: Option<i64>) -> i64 {
    match found {
        Some(found) if !entry.on_time && found <= entry.at.0 => found,
        _ => entry.at.0,
    }
}
