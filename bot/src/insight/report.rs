//! Streaks of persons, with the counts that belong beside them.

use jiff::ToSpan;

use super::streak::{self, Mark, Seen};
use crate::catalogue::Choice;
use crate::civil;
use crate::clock::Millis;
use crate::config::Organisation;
use crate::db::Connection;
use crate::ids::MemberId;
use crate::prompts::store::{self, Past};
use crate::prompts::{State, is_late};

/// Maximum number of people in one report: more than fit into a reply.
pub const MOST_PEOPLE: u64 = 200;
/// How many people's histories are read at once.
const PIECE: usize = 50;

/// One person's record until `as_of`. Private to the person and the programme owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonStreak {
    pub member: MemberId,
    /// n: cycles answered, on time or late.
    pub answered: u32,
    /// N: cycles on time, late, late-open or missed.
    pub expected: u32,
    pub on_time: u32,
    pub late: u32,
    pub missed: u32,
    pub excused: u32,
    pub cancelled: u32,
    /// Closed without an answer and not reached before they were due.
    pub undelivered: u32,
    /// Weeks kept since the last break.
    pub current: u32,
    pub longest: u32,
    /// Weeks that neither extended nor broke: held, late, or saved by a freeze.
    pub holds: u32,
    pub freezes_left: u32,
    /// False while every week is a hold: shown as "not started".
    pub started: bool,
    /// A week or a count in it may still change.
    pub provisional: bool,
    /// First due instant that was counted; none when there was no cycle.
    pub from: Option<Millis>,
    /// Cycles due until then were counted.
    pub as_of: Millis,
}

/// Streaks of an organisation's people, bounded: what is read does not grow with the number of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Streaks {
    /// In the order of their ids, at most [`MOST_PEOPLE`].
    pub people: Vec<PersonStreak>,
    /// How many more there are.
    pub more: u64,
    /// First due instant that was counted, of everybody; none when there was no cycle. Never after `as_of`: what is
    /// answered before it is due counts at once.
    pub from: Option<Millis>,
    /// Cycles due until then were counted.
    pub as_of: Millis,
}

/// A cycle's state at an as-of instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stood {
    /// Not due, and no answer yet.
    Ahead,
    LateOpen,
    /// With the first answer; none once it was erased.
    OnTime(Option<Choice>),
    Late(Option<Choice>),
    Missed,
    Excused,
    Cancelled,
    Undelivered,
}

/// The streaks of one member, or of all who were ever asked. Each is counted from that person's whole history. Whoever
/// was erased is nobody any more, and is not among them.
pub async fn streaks<C: Connection>(
    connection: &C,
    organisation: &Organisation,
    member: Option<MemberId>,
    as_of: Millis,
) -> anyhow::Result<Streaks> {
    let id = organisation.id;
    let (members, count) = match member {
        Some(member) => (vec![member], 1),
        None => store::ever_asked(connection, id, as_of, MOST_PEOPLE).await?,
    };
    let mut people = Vec::with_capacity(members.len());
    for piece in members.chunks(PIECE) {
        let history = store::history(connection, id, piece, as_of).await?;
        for own in history.chunk_by(|a, b| a.member == b.member) {
            people.push(person(own, as_of)?);
        }
    }
    let from = match member {
        Some(_) => people.iter().filter_map(|person| person.from).min(),
        None => store::first_due(connection, id, as_of).await?,
    };
    Ok(Streaks {
        more: count - members.len() as u64,
        people,
        from: from.map(|from| from.min(as_of)),
        as_of,
    })
}

fn person(cycles: &[Past], as_of: Millis) -> anyhow::Result<PersonStreak> {
    let mut seen = Vec::new();
    let mut report = PersonStreak {
        member: cycles[0].member,
        answered: 0,
        expected: 0,
        on_time: 0,
        late: 0,
        missed: 0,
        excused: 0,
        cancelled: 0,
        undelivered: 0,
        current: 0,
        longest: 0,
        holds: 0,
        freezes_left: 0,
        started: false,
        provisional: false,
        from: None,
        as_of,
    };
    for cycle in cycles {
        let stood = stood(cycle, as_of);
        if stood == Stood::Ahead {
            continue;
        }
        count(&mut report, cycle, stood);
        let zone = civil::zone(&cycle.zone)?;
        let day = civil::local(cycle.due_at, &zone).date();
        seen.push(Seen {
            assignment: cycle.assignment.clone(),
            ordinal: cycle.ordinal,
            week: day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            mark: mark(stood),
        });
    }
    let streak = streak::of_person(seen);
    report.current = streak.current;
    report.longest = streak.longest;
    report.holds = streak.holds();
    report.freezes_left = streak.freezes_left;
    report.started = streak.started();
    report.provisional = streak.provisional;
    Ok(report)
}

fn stood(cycle: &Past, as_of: Millis) -> Stood {
    let closed = cycle.closed_at.is_some_and(|at| at <= as_of);
    let answered = cycle.answered_at.filter(|at| *at <= as_of);
    match (cycle.state, closed, answered) {
        (State::Cancelled, true, _) => Stood::Cancelled,
        (_, _, Some(at)) if !is_late(at, cycle.due_at, cycle.delivered_at) => Stood::OnTime(cycle.choice),
        (_, _, Some(_)) => Stood::Late(cycle.choice),
        (State::Excused, true, None) => Stood::Excused,
        (State::Undelivered, true, None) => Stood::Undelivered,
        (State::Missed, true, None) => Stood::Missed,
        (_, _, None) if cycle.due_at <= as_of => Stood::LateOpen,
        (_, _, None) => Stood::Ahead,
    }
}

fn count(report: &mut PersonStreak, cycle: &Past, stood: Stood) {
    let eligible = match stood {
        Stood::Ahead => return,
        Stood::LateOpen => true,
        Stood::OnTime(_) => {
            report.on_time += 1;
            true
        }
        Stood::Late(_) => {
            report.late += 1;
            true
        }
        Stood::Missed => {
            report.missed += 1;
            true
        }
        Stood::Excused => {
            report.excused += 1;
            false
        }
        Stood::Cancelled => {
            report.cancelled += 1;
            false
        }
        Stood::Undelivered => {
            report.undelivered += 1;
            false
        }
    };
    report.answered = report.on_time + report.late;
    report.expected += u32::from(eligible);
    report.from = Some(report.from.map_or(cycle.due_at, |from| from.min(cycle.due_at)));
}

fn mark(stood: Stood) -> Option<Mark> {
    match stood {
        Stood::Ahead | Stood::LateOpen => None,
        Stood::OnTime(Some(Choice::NotApplicable)) | Stood::Late(Some(Choice::NotApplicable)) => Some(Mark::Hold),
        Stood::OnTime(Some(Choice::Done | Choice::NotYet | Choice::NeedHelp) | None) => Some(Mark::Keep),
        Stood::Late(Some(Choice::Done | Choice::NotYet | Choice::NeedHelp) | None) => Some(Mark::Late),
        Stood::Missed => Some(Mark::Missed),
        Stood::Excused | Stood::Cancelled | Stood::Undelivered => Some(Mark::Hold),
    }
}
