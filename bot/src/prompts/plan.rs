//! Who is asked what, slot by slot. Pure: the scheduler and the dry run decide with the same function.
//!
//! The first free slot of a period opens its cycle. Where several compete, the rarest cadence goes first, then the
//! least recently asked, then the catalogue's order; who finds no free slot in the period is recorded as load.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::period::Period;
use super::rules::{Opening, Rules, Slot};
use super::schedule;
use crate::catalogue::CadenceKind;
use crate::clock::Millis;
use crate::ids::{MemberId, OrganisationId};

/// How long somebody counts as a new manager.
const NEW_MANAGER: i64 = 28 * Millis::DAY;
/// Most prompts of a new manager in seven days.
const NEW_MANAGER_PROMPTS: usize = 1;
/// Least time to answer for somebody who joined when the period's slots had passed.
const LEAST_TIME: i64 = 48 * Millis::HOUR;

/// A prompt that a member may be asked.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub prompt: String,
    pub kind: CadenceKind,
    /// Place in the catalogue.
    pub place: usize,
    /// Whether a new manager may be asked it.
    pub starter: bool,
    /// Slots before this instant are not for this member.
    pub started_at: Millis,
    pub last_asked: Option<Millis>,
    /// Keys of periods that have their cycle.
    pub periods: Vec<String>,
    /// A cycle of another cadence is open until then; the new cadence waits for it.
    pub busy_until: Option<Millis>,
}

/// What is known of a member for deciding what to ask.
#[derive(Clone, Debug)]
pub struct Diary {
    pub organisation: OrganisationId,
    pub member: MemberId,
    pub zone: TimeZone,
    pub manager_since: Option<Millis>,
    pub candidates: Vec<Candidate>,
    /// When the member was asked in the last days.
    pub asked: Vec<Millis>,
    /// Until when each open cycle counts as open.
    pub open: Vec<Millis>,
    /// For a dry run: what is asked is answered at once.
    pub answers_at_once: bool,
}

/// What is decided for a candidate in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Index in the diary's candidates.
    pub candidate: usize,
    pub period: Period,
    pub opens_at: Millis,
    pub due_at: Millis,
    pub closes_at: Millis,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Open,
    /// No slot of the period was free.
    Load,
    /// The bot was away, and the asking cannot be made up for.
    Outage,
}

impl Diary {
    fn is_new(&self, at: Millis) -> bool {
        self.manager_since.is_some_and(|since| at < since + NEW_MANAGER)
    }

    /// Whether the load caps allow another prompt.
    pub(super) fn is_free(&self, rules: &Rules, opening: Opening) -> bool {
        let schedule = &rules.schedule;
        let asked: Vec<DateTime> = self.asked.iter().map(|at| schedule::civil(*at, &self.zone)).collect();
        let apart = |other: &DateTime| opening.civil.duration_since(*other).abs().as_millis();
        let within_week = |other: &&DateTime| (opening.civil.date() - other.date()).get_days().abs() < 7;
        let most = if self.is_new(opening.at) {
            NEW_MANAGER_PROMPTS
        } else {
            schedule.max_prompts_per_person_7d as usize
        };
        let open = self.open.iter().filter(|until| **until > opening.at).count();
        open < schedule.max_open_prompts as usize
            && asked
                .iter()
                .all(|other| apart(other) >= i128::from(schedule.min_gap_between_prompts))
            && asked.iter().filter(within_week).count() < most
    }

    /// Candidates of a cadence that await a cycle in a period, in the order in which they are served.
    pub(super) fn waiting(&self, kind: CadenceKind, period: &Period, at: Millis) -> Vec<usize> {
        let new = self.is_new(at);
        let waits = |candidate: &Candidate| {
            candidate.kind == kind
                && candidate.started_at <= at
                && (!new || candidate.starter)
                && !candidate.periods.contains(&period.key)
                && candidate.busy_until.is_none_or(|until| until <= at)
        };
        let mut waiting: Vec<usize> = (0..self.candidates.len())
            .filter(|index| waits(&self.candidates[*index]))
            .collect();
        waiting.sort_by_key(|index| (self.candidates[*index].last_asked, self.candidates[*index].place));
        waiting
    }

    /// Enters a decision, so that the next ones heed it.
    pub(super) fn enter(&mut self, planned: &Planned, asked_at: Millis) {
        let candidate = &mut self.candidates[planned.candidate];
        candidate.periods.push(planned.period.key.clone());
        if planned.fate != Fate::Open {
            return;
        }
        candidate.last_asked = Some(asked_at);
        self.asked.push(asked_at);
        if !self.answers_at_once {
            self.open.push(planned.closes_at);
        }
    }
}

/// Decides the slots one after the other; they must be in order. Enters what it decides into the diary.
pub fn decide(rules: &Rules, diary: &mut Diary, slots: &[Slot]) -> Vec<Planned> {
    let mut decided = Vec::new();
    for slot in slots {
        let opening = rules.opening(slot, (diary.organisation, diary.member));
        for candidate in diary.waiting(slot.kind, &slot.period, slot.at) {
            let fate = match (diary.is_free(rules, opening), slot.last) {
                (true, _) => Fate::Open,
                (false, true) => Fate::Load,
                (false, false) => continue,
            };
            let planned = Planned {
                candidate,
                period: slot.period.clone(),
                opens_at: opening.at,
                due_at: slot.due_at,
                closes_at: slot.closes_at,
                fate,
            };
            diary.enter(&planned, opening.at);
            decided.push(planned);
        }
    }
    decided
}

/// Decides for somebody who joined after the last slot of a period: asked outside quiet hours at once, if at least
/// half of the time to answer and 48 hours remain; otherwise there is no cycle in that period.
pub fn decide_joining(rules: &Rules, diary: &mut Diary, now: Millis) -> Vec<Planned> {
    let at = schedule::out_of_quiet_hours(now, &diary.zone);
    let opening = Opening {
        at,
        civil: schedule::civil(at, &diary.zone),
    };
    let mut decided = Vec::new();
    for kind in CadenceKind::ALL.into_iter().rev() {
        let period = rules.period(kind, opening.civil.date());
        let Some(slot) = rules.first_slot(kind, &period, &diary.zone) else {
            continue;
        };
        let ended = slot.at <= now && !rules.has_slot_after(kind, &period, &diary.zone, now);
        let remains = slot.due_at.since(at) >= LEAST_TIME.max(slot.due_at.since(slot.at) / 2);
        if !ended || !remains {
            continue;
        }
        for candidate in diary.waiting(kind, &period, at) {
            let first =
                diary.candidates[candidate].last_asked.is_none() && diary.candidates[candidate].started_at > slot.at;
            if !first || !diary.is_free(rules, opening) {
                continue;
            }
            let planned = Planned {
                candidate,
                period: period.clone(),
                opens_at: at,
                due_at: slot.due_at,
                closes_at: slot.closes_at,
                fate: Fate::Open,
            };
            diary.enter(&planned, at);
            decided.push(planned);
        }
    }
    decided
}
