//! Who is asked what, slot by slot. Pure: the scheduler and the dry run decide with the same function.
//!
//! The first free slot of a period opens its cycle. Where several compete, who has the fewest slots left in the period
//! goes first, then the rarest cadence, then the least recently asked, then the catalogue's order. Who has slots left
//! gives way to an asking whose last slot is near; who finds no free slot in the period is recorded as load.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::period::Period;
pub use super::planned::{Fate, Planned};
use super::rules::{Opening, Rules, Slot};
use crate::catalogue::CadenceKind;
use crate::civil;
use crate::clock::Millis;
use crate::ids::{MemberId, OrganisationId};

/// How long somebody counts as a new manager.
const NEW_MANAGER: i64 = 28 * Millis::DAY;
/// Maximum number of prompts of a new manager in seven days.
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

impl Diary {
    fn is_new(&self, at: Millis) -> bool {
        self.manager_since.is_some_and(|since| at < since + NEW_MANAGER)
    }

    /// Whether the load caps allow another prompt.
    pub(super) fn is_free(&self, rules: &Rules, opening: Opening) -> bool {
        let schedule = &rules.schedule;
        let asked: Vec<DateTime> = self.asked.iter().map(|at| civil::local(*at, &self.zone)).collect();
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

    /// Who awaits a cycle in slots of one instant, in the order in which they are served.
    fn queue<'a>(&self, slots: &'a [Slot]) -> Vec<(&'a Slot, usize)> {
        let waiting = |slot: &'a Slot| {
            let candidates = self.waiting(slot.kind, &slot.period, slot.at);
            candidates.into_iter().map(move |candidate| (slot, candidate))
        };
        let mut queue: Vec<(&Slot, usize)> = slots.iter().flat_map(waiting).collect();
        // Stable: candidates of one cadence stay in their order.
        queue.sort_by_key(|(slot, _)| (slot.left, std::cmp::Reverse(slot.kind)));
        queue
    }

    /// Whether asking in a slot now would take the last slot of its period, within the least gap from now, from
    /// somebody who is not in the queue now: those in it have had their turn.
    fn would_crowd_out(
        &self,
        rules: &Rules,
        (slot, opening): (&Slot, Opening),
        queued: &[usize],
        later: &[Slot],
    ) -> bool {
        let gap = i128::from(rules.schedule.min_gap_between_prompts);
        let mut after = self.clone();
        after.asked.push(opening.at);
        if !after.answers_at_once {
            after.open.push(slot.closes_at);
        }
        let near = later
            .iter()
            .take_while(|other| other.civil.duration_since(slot.civil).as_millis() <= gap);
        near.filter(|other| other.left == 0).any(|other| {
            let at = rules.opening(other, (self.organisation, self.member));
            let waits = self.waiting(other.kind, &other.period, other.at);
            waits.iter().any(|index| !queued.contains(index)) && self.is_free(rules, at) && !after.is_free(rules, at)
        })
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

/// How far beyond the slots that are decided [`decide`] needs to know the coming ones, in milliseconds: the least gap,
/// and a day for clocks that change.
pub fn foresight(rules: &Rules) -> i64 {
    rules.schedule.min_gap_between_prompts + Millis::DAY
}

/// Decides the slots up to `until`, one instant after the other. `slots` are in order and reach on for
/// [`foresight`]. Enters what it decides into the diary.
pub fn decide(rules: &Rules, diary: &mut Diary, slots: &[Slot], until: Millis) -> Vec<Planned> {
    let mut decided = Vec::new();
    let mut ahead = slots;
    while let Some(first) = ahead.first().filter(|slot| slot.at <= until) {
        let together = ahead.iter().take_while(|slot| slot.at == first.at).count();
        let (now, later) = ahead.split_at(together);
        ahead = later;
        let queue = diary.queue(now);
        let queued: Vec<usize> = queue.iter().map(|(_, candidate)| *candidate).collect();
        for (slot, candidate) in queue {
            let opening = rules.opening(slot, (diary.organisation, diary.member));
            let free = diary.is_free(rules, opening);
            let fate = match (free, slot.left) {
                (true, 0) => Fate::Open,
                (true, _) if !diary.would_crowd_out(rules, (slot, opening), &queued, later) => Fate::Open,
                (false, 0) => Fate::Load,
                (true | false, _) => continue,
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
/// half of the time to answer and 48 hours remain; otherwise there is no cycle in that period. With `moved` also for
/// whoever has another zone or schedule now, by which the last slot has passed that the old one had still ahead.
pub fn decide_joining(rules: &Rules, diary: &mut Diary, now: Millis, moved: bool) -> Vec<Planned> {
    let at = civil::out_of_quiet_hours(now, &diary.zone);
    let opening = Opening {
        at,
        civil: civil::local(at, &diary.zone),
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
                diary.candidates[candidate].periods.is_empty() && diary.candidates[candidate].started_at > slot.at;
            if !(first || moved) || !diary.is_free(rules, opening) {
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

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;
    use crate::prompts::tests::trial_schedule;
    use CadenceKind::{Monthly, Quarterly, Weekly};

    /// The slots that the program has without any configuration.
    fn rules() -> Rules {
        let mut schedule = trial_schedule();
        "0 30 9 20-31 * Tue,Wed,Thu".clone_into(&mut schedule.monthly.cron);
        "0 30 9 8-31 Mar,Jun,Sep,Dec Tue,Wed,Thu".clone_into(&mut schedule.quarterly.cron);
        Rules::new(&schedule).expect("expressions")
    }

    fn berlin() -> TimeZone {
        civil::zone("Europe/Berlin").expect("a zone")
    }

    fn diary(kinds: &[CadenceKind]) -> Diary {
        let candidate = |(place, kind): (usize, &CadenceKind)| Candidate {
            prompt: format!("{kind:?}-{place}"),
            kind: *kind,
            place,
            starter: true,
            started_at: Millis(0),
            last_asked: None,
            periods: Vec::new(),
            busy_until: None,
        };
        Diary {
            organisation: OrganisationId::from_i64(1),
            member: MemberId::from_i64(2),
            zone: berlin(),
            manager_since: None,
            candidates: kinds.iter().enumerate().map(candidate).collect(),
            asked: Vec::new(),
            open: Vec::new(),
            answers_at_once: true,
        }
    }

    fn decided(diary: &mut Diary, from: jiff::civil::Date, weeks: i64) -> Vec<Planned> {
        let rules = rules();
        let from = civil::instant(from.at(6, 0, 0, 0), &berlin());
        let until = from + weeks * 7 * Millis::DAY;
        let slots = rules.slots(&berlin(), from, until + foresight(&rules));
        decide(&rules, diary, &slots, until)
    }

    fn asked(decided: &[Planned], diary: &Diary, kind: CadenceKind, fate: Fate) -> Vec<(usize, jiff::civil::Date)> {
        let wanted = |planned: &&Planned| diary.candidates[planned.candidate].kind == kind && planned.fate == fate;
        let day = |planned: &Planned| (planned.candidate, civil::local(planned.opens_at, &berlin()).date());
        decided.iter().filter(wanted).map(day).collect()
    }

    const STARTER: [CadenceKind; 8] = [
        Weekly, Monthly, Monthly, Monthly, Quarterly, Quarterly, Quarterly, Quarterly,
    ];

    #[test]
    fn the_starter_pack_leaves_thursdays_to_the_weekly_and_tuesdays_to_the_rarer_ones() {
        let mut diary = diary(&STARTER);
        let decided = decided(&mut diary, date(2026, 8, 31), 13);
        let taken: Vec<_> = asked(&decided, &diary, Weekly, Fate::Load);
        let rarer = [Monthly, Quarterly].map(|kind| asked(&decided, &diary, kind, Fate::Open));
        let [monthly, quarterly] = &rarer;
        let tuesdays = [8, 15, 22, 29].map(|day| date(2026, 9, day));
        assert_eq!(quarterly.iter().map(|(_, day)| *day).collect::<Vec<_>>(), tuesdays);
        for (_, day) in rarer.iter().flatten() {
            // On its very last slot a rarer one goes before the weekly.
            let last = taken.iter().any(|(_, lost)| lost == day);
            assert!(day.weekday() == Weekday::Tuesday || last, "{day}");
        }
        assert_eq!(asked(&decided, &diary, Weekly, Fate::Open).len() + taken.len(), 13);
        let lost: Vec<_> = taken.iter().map(|(_, day)| *day).collect();
        assert_eq!(lost, [date(2026, 10, 29), date(2026, 11, 26)]);
        let months: Vec<_> = monthly
            .iter()
            .map(|(place, day)| (*place, day.month(), day.day()))
            .collect();
        assert_eq!(
            months,
            [(1, 10, 20), (2, 10, 27), (3, 10, 29), (1, 11, 24), (2, 11, 26)]
        );
    }

    #[test]
    fn who_was_never_asked_goes_before_who_was() {
        let mut diary = diary(&[Weekly, Monthly, Monthly]);
        diary.candidates[1].last_asked = Some(Millis(1));
        let decided = decided(&mut diary, date(2026, 11, 16), 2);
        assert_eq!(
            asked(&decided, &diary, Monthly, Fate::Open),
            [(2, date(2026, 11, 24)), (1, date(2026, 11, 26))]
        );
    }

    #[test]
    fn what_has_slots_left_gives_way_to_a_near_last_slot() {
        // From Wednesday on: asking the monthly now would take Thursday from the weekly.
        let mut diary = diary(&[Weekly, Monthly]);
        let decided = decided(&mut diary, date(2026, 10, 21), 1);
        assert_eq!(asked(&decided, &diary, Weekly, Fate::Open), [(0, date(2026, 10, 22))]);
        assert_eq!(asked(&decided, &diary, Monthly, Fate::Open), [(1, date(2026, 10, 27))]);
    }

    #[test]
    fn on_its_last_slot_the_rarer_one_goes_first() {
        let mut diary = diary(&[Weekly, Monthly]);
        diary.answers_at_once = false;
        diary.open = vec![Millis(i64::MAX)];
        let decided = decided(&mut diary, date(2026, 11, 23), 1);
        assert_eq!(asked(&decided, &diary, Weekly, Fate::Load), [(0, date(2026, 11, 26))]);
        assert_eq!(asked(&decided, &diary, Monthly, Fate::Open), [(1, date(2026, 11, 26))]);
    }

    #[test]
    fn a_new_manager_is_asked_once_a_week() {
        let mut diary = diary(&STARTER);
        diary.manager_since = Some(civil::instant(date(2026, 9, 1).at(0, 0, 0, 0), &berlin()));
        let decided = decided(&mut diary, date(2026, 8, 31), 4);
        let open = decided.iter().filter(|planned| planned.fate == Fate::Open);
        assert_eq!(open.count(), 4);
        assert_eq!(asked(&decided, &diary, Weekly, Fate::Open).len(), 4);
    }
}
