//! What planning needs to know of an organisation: each manager's diary, read in a few queries for all.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::assign::asked_prompts;
use super::close_cycle;
use super::cycle::State;
use super::plan::{Candidate, Diary, Planned};
use super::rules::Rules;
use super::store::{self, AssignmentRow, Brief};
use crate::catalogue::{CadenceKind, Catalogue};
use crate::civil;
use crate::clock::Millis;
use crate::config::{Organisation, Role};
use crate::db::Connection;
use crate::ids::MemberId;
use crate::people::store::Absence;
use crate::people::{self, Standing};

/// How far back askings can still weigh on the load caps.
const LOOK_BACK: i64 = 9 * Millis::DAY;
/// The pack that a new manager is asked from.
const STARTER: &str = "starter";

/// A manager, and what may be asked of them.
#[derive(Debug)]
pub(super) struct Entry {
    pub member: MemberId,
    pub zone: String,
    pub diary: Diary,
    /// The assignments of the diary's candidates; empty where a dry run looks ahead of the scheduler.
    pub assignments: Vec<String>,
    /// Leaves that are not over, oldest first.
    pub absences: Vec<Absence>,
}

/// Which managers to look at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'a> {
    /// Those in these zones, with their running assignments.
    Running(&'a BTreeSet<String>),
    /// Everybody, also with assignments that are about to begin.
    Expected,
}

struct Known {
    assignments: BTreeMap<(MemberId, String), AssignmentRow>,
    briefs: BTreeMap<MemberId, Vec<Brief>>,
    /// When each assignment was really asked last.
    asked: BTreeMap<String, Millis>,
    absences: Vec<Absence>,
}

/// Reads the diaries of an organisation's managers as of `now`.
pub(super) async fn entries<C: Connection>(
    connection: &C,
    (catalogue, organisation, rules): (&Catalogue, &Organisation, &Rules),
    now: Millis,
    scope: Scope<'_>,
) -> anyhow::Result<Vec<Entry>> {
    let people = people::all(connection, organisation).await?;
    let rows = store::assignments(connection, organisation.id).await?;
    let running = rows.into_iter().filter(|row| row.ended_at.is_none());
    let mut known = Known {
        assignments: running
            .map(|row| ((MemberId::from_i64(row.member), row.prompt.clone()), row))
            .collect(),
        briefs: BTreeMap::new(),
        asked: store::last_asked(connection, organisation.id).await?,
        absences: people::store::absences(connection, organisation.id, None, now).await?,
    };
    for brief in store::briefs(connection, organisation.id, now - LOOK_BACK).await? {
        known.briefs.entry(brief.member).or_default().push(brief);
    }
    let inside = |person: &&Standing| match scope {
        Scope::Running(zones) => zones.contains(&person.zone),
        Scope::Expected => true,
    };
    let managers = people.iter().filter(|person| person.is(Role::Manager)).filter(inside);
    managers
        .map(|person| entry(person, (catalogue, organisation, rules), &known, (now, scope)))
        .collect()
}

fn entry(
    person: &Standing,
    (catalogue, organisation, rules): (&Catalogue, &Organisation, &Rules),
    known: &Known,
    (now, scope): (Millis, Scope<'_>),
) -> anyhow::Result<Entry> {
    let briefs = known.briefs.get(&person.member).map_or(&[][..], Vec::as_slice);
    let starter = catalogue
        .pack(STARTER)
        .filter(|_| organisation.packs.iter().any(|pack| pack == STARTER));
    let mut assignments = Vec::new();
    let mut candidates = Vec::new();
    for (place, prompt) in asked_prompts(catalogue, organisation) {
        let row = known.assignments.get(&(person.member, prompt.id.clone()));
        let (id, started_at) = match (row, scope) {
            (Some(row), _) => (row.id.clone(), Millis(row.started_at)),
            (None, Scope::Expected) if person.hears(organisation, &prompt.audience) => (String::new(), now),
            (None, Scope::Expected | Scope::Running(_)) => continue,
        };
        let own: Vec<&Brief> = briefs.iter().filter(|brief| brief.assignment == id).collect();
        candidates.push(Candidate {
            prompt: prompt.id.clone(),
            kind: prompt.cadence,
            place,
            starter: starter.is_none_or(|pack| pack.prompts.contains(&prompt.id)),
            started_at: started_at.max(person.manager_since.unwrap_or(started_at)),
            last_asked: known.asked.get(&id).copied(),
            periods: own.iter().map(|brief| brief.period.clone()).collect(),
            busy_until: busy_until(&own, prompt.cadence),
        });
        assignments.push(id);
    }
    let zone = civil::zone(&person.zone)?;
    Ok(Entry {
        member: person.member,
        zone: person.zone.clone(),
        absences: known
            .absences
            .iter()
            .filter(|absence| absence.member == person.member)
            .copied()
            .collect(),
        assignments,
        diary: diary(person, zone, candidates, briefs, rules.schedule.jitter),
    })
}

fn diary(person: &Standing, zone: TimeZone, candidates: Vec<Candidate>, briefs: &[Brief], jitter: i64) -> Diary {
    // A cycle that was opened long after its planned instant weighs from when the member was really asked.
    let asked_at = |brief: &Brief| {
        if brief.created_at > brief.opens_at + jitter {
            brief.created_at
        } else {
            brief.opens_at
        }
    };
    let was_asked = |brief: &&Brief| match brief.state {
        State::Open | State::Answered | State::Missed | State::Undelivered => true,
        State::Excused | State::Cancelled => brief.delivered,
    };
    let open = briefs.iter().filter(|brief| brief.state == State::Open);
    Diary {
        organisation: person.organisation,
        member: person.member,
        zone,
        manager_since: person.manager_since,
        candidates,
        open: open.map(|brief| brief.closes_at).collect(),
        asked: briefs.iter().filter(was_asked).map(asked_at).collect(),
        answers_at_once: false,
    }
}

/// Until when the open cycle of another cadence keeps a changed one waiting.
fn busy_until(own: &[&Brief], kind: CadenceKind) -> Option<Millis> {
    let other = |brief: &&&Brief| brief.state == State::Open && kind_of(&brief.period) != kind;
    own.iter().filter(other).map(|brief| brief.closes_at).max()
}

fn kind_of(period: &str) -> CadenceKind {
    if period.contains("-W") {
        CadenceKind::Weekly
    } else if period.contains("-Q") {
        CadenceKind::Quarterly
    } else {
        CadenceKind::Monthly
    }
}

impl Entry {
    /// When to post the question: when the cycle opens, after an absence that covers that instant, or never when the
    /// member is away for at least half of the time; the cycle then closes as excused unless it is answered.
    pub fn send_at(&self, planned: &Planned, at: Millis) -> Option<Millis> {
        send_at((planned.opens_at, planned.due_at), at, &self.absences, &self.diary.zone)
    }
}

/// As [`Entry::send_at`], for a question with these instants. `absences` are those of its member.
pub(super) fn send_at(
    (opens_at, due_at): (Millis, Millis),
    at: Millis,
    absences: &[Absence],
    zone: &TimeZone,
) -> Option<Millis> {
    if close_cycle::covers_half(opens_at, due_at, absences, zone) {
        return None;
    }
    let away = absences.iter().find(|absence| absence.from <= at && at < absence.to);
    Some(away.map_or(at, |absence| civil::out_of_quiet_hours(absence.to, zone)))
}
