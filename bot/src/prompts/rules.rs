//! When anything may be asked: the slots of each cadence in a zone, with the instants that follow from them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use sha2::{Digest, Sha256};

use super::period::{self, Period};
use crate::catalogue::CadenceKind;
use crate::civil::{self, Cron, ScheduleError};
use crate::clock::Millis;
use crate::config::{Cadence, Schedule};
use crate::ids::{MemberId, OrganisationId};

/// Slots of a period are counted up to here: more make no difference to who is asked first, and an expression may name
/// every minute.
const MOST_COUNTED: usize = 1_000;

/// The schedule, with its cron expressions read.
#[derive(Clone, Debug)]
pub struct Rules {
    pub schedule: Schedule,
    crons: [Cron; 3],
}

/// A moment at which cycles of one cadence may open, before jitter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub kind: CadenceKind,
    pub civil: DateTime,
    pub at: Millis,
    pub period: Period,
    pub due_at: Millis,
    pub closes_at: Millis,
    /// How many later slots lie in the same period; 0 for its last, 1,000 for that many and more.
    pub left: usize,
}

impl Rules {
    /// # Errors
    /// When a cron expression is wrong, which the configuration has ruled out.
    pub fn new(schedule: &Schedule) -> Result<Self, ScheduleError> {
        Ok(Self {
            crons: [
                Cron::parse(&schedule.weekly.cron)?,
                Cron::parse(&schedule.monthly.cron)?,
                Cron::parse(&schedule.quarterly.cron)?,
            ],
            schedule: schedule.clone(),
        })
    }

    pub fn cadence(&self, kind: CadenceKind) -> &Cadence {
        match kind {
            CadenceKind::Weekly => &self.schedule.weekly,
            CadenceKind::Monthly => &self.schedule.monthly,
            CadenceKind::Quarterly => &self.schedule.quarterly,
        }
    }

    pub fn period(&self, kind: CadenceKind, date: Date) -> Period {
        Period::of(kind, date, self.schedule.first_month_of_year)
    }

    /// All slots with `after < at <= until`, by instant, the rarest cadence first where several fall together.
    pub fn slots(&self, zone: &TimeZone, after: Millis, until: Millis) -> Vec<Slot> {
        let mut slots: Vec<Slot> = Vec::new();
        if until <= after {
            return slots;
        }
        let first = civil::local(after, zone).date().saturating_sub(1.days());
        let last = civil::local(until, zone).date().saturating_add(1.days());
        for kind in CadenceKind::ALL {
            let within: Vec<DateTime> = self.crons[kind as usize].between(first, last).collect();
            let mut frame: Option<Frame> = None;
            for civil in within.into_iter().rev() {
                let period = self.period(kind, civil.date());
                let current = match frame.take() {
                    Some(later) if later.period == period => later.and_one(),
                    _ => self.frame(kind, civil, period, zone),
                };
                if (after.0 + 1..=until.0).contains(&civil::instant(civil, zone).0) {
                    slots.push(self.slot(kind, civil, zone, &current));
                }
                frame = Some(current);
            }
        }
        slots.sort_by_key(|slot| (slot.at, std::cmp::Reverse(slot.kind), slot.civil));
        slots
    }

    /// The first slot of a period, if it has one.
    pub fn first_slot(&self, kind: CadenceKind, period: &Period, zone: &TimeZone) -> Option<Slot> {
        let civil = self.crons[kind as usize].between(period.first, period.last).next()?;
        let frame = self.frame(kind, civil, self.period(kind, civil.date()), zone);
        Some(self.slot(kind, civil, zone, &frame))
    }

    /// Whether a period still has a slot after `at`.
    pub fn has_slot_after(&self, kind: CadenceKind, period: &Period, zone: &TimeZone, at: Millis) -> bool {
        let mut slots = self.crons[kind as usize].between(period.first, period.last);
        slots.any(|civil| civil::instant(civil, zone) > at)
    }

    /// The next slot of any cadence after `at`.
    pub fn next_slot(&self, zone: &TimeZone, at: Millis) -> Option<Millis> {
        let first = civil::local(at, zone).date().saturating_sub(1.days());
        let next = |cron: &Cron| {
            cron.from(first)
                .map(|civil| civil::instant(civil, zone))
                .find(|slot| *slot > at)
        };
        self.crons.iter().filter_map(next).min()
    }

    /// What the slots of a period share, seen from the slot at `civil`.
    fn frame(&self, kind: CadenceKind, civil: DateTime, period: Period, zone: &TimeZone) -> Frame {
        let cron = &self.crons[kind as usize];
        let tomorrow = period.last.saturating_add(1.days());
        let later = cron.between(civil.date(), period.last).filter(|later| *later > civil);
        Frame {
            left: later.take(MOST_COUNTED).count(),
            next: cron.from(tomorrow).next().map(|next| civil::instant(next, zone)),
            period,
        }
    }

    fn slot(&self, kind: CadenceKind, civil: DateTime, zone: &TimeZone, frame: &Frame) -> Slot {
        let cadence = self.cadence(kind);
        let closes = period::closes_at(cadence, civil.date(), zone);
        Slot {
            kind,
            civil,
            at: civil::instant(civil, zone),
            due_at: period::due_at(cadence, civil.date(), zone),
            // A cycle closes before the next one opens, whatever the late window says.
            closes_at: frame.next.map_or(closes, |next| closes.min(next)),
            left: frame.left,
            period: frame.period.clone(),
        }
    }

    /// How long after a slot a member is asked: the same for all of an ISO week, whole seconds from 0 to the
    /// configured jitter. Derived, not drawn, so that a restart and a dry run agree.
    pub fn jitter(&self, organisation: OrganisationId, member: MemberId, date: Date) -> i64 {
        let week = period::week_key(date);
        let digest = Sha256::digest(format!("{organisation}/{member}/{week}"));
        let drawn = digest
            .iter()
            .take(8)
            .fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
        let seconds = (self.schedule.jitter / Millis::SECOND).max(0) as u64 + 1;
        (drawn % seconds) as i64 * Millis::SECOND
    }

    /// When a member is asked in a slot: jittered, but never into the next day.
    pub fn opening(&self, slot: &Slot, who: (OrganisationId, MemberId)) -> Opening {
        let jitter = self.jitter(who.0, who.1, slot.civil.date());
        let civil = slot.civil.saturating_add(SignedDuration::from_millis(jitter));
        if civil.date() == slot.civil.date() {
            return Opening {
                at: slot.at + jitter,
                civil,
            };
        }
        Opening {
            at: slot.at,
            civil: slot.civil,
        }
    }
}

/// A period, with what is left of it after a slot.
#[derive(Debug)]
struct Frame {
    period: Period,
    left: usize,
    /// The first slot of the next period.
    next: Option<Millis>,
}

impl Frame {
    /// As seen from the slot before.
    fn and_one(self) -> Self {
        Self {
            left: (self.left + 1).min(MOST_COUNTED),
            ..self
        }
    }
}

/// The moment at which a member is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub at: Millis,
    pub civil: DateTime,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::prompts::tests::trial_schedule;

    #[test]
    fn slots_are_counted_to_the_end_of_their_period() {
        let mut schedule = trial_schedule();
        "0 0 9 * * Mon,Wed,Fri".clone_into(&mut schedule.weekly.cron);
        let rules = Rules::new(&schedule).expect("expressions");
        let zone = civil::zone("Europe/Berlin").expect("a zone");
        let at = |day| civil::instant(day, &zone);
        let slots = rules.slots(
            &zone,
            at(date(2026, 12, 29).at(0, 0, 0, 0)),
            at(date(2027, 1, 6).at(12, 0, 0, 0)),
        );
        let weekly = slots.iter().filter(|slot| slot.kind == CadenceKind::Weekly);
        let left: Vec<_> = weekly.map(|slot| (slot.period.key.as_str(), slot.left)).collect();
        assert_eq!(
            left,
            [("2026-W53", 1), ("2026-W53", 0), ("2027-W01", 2), ("2027-W01", 1)]
        );
    }

    #[test]
    fn an_expression_of_every_minute_is_counted_in_one_go() {
        let mut schedule = trial_schedule();
        for cadence in [&mut schedule.weekly, &mut schedule.monthly, &mut schedule.quarterly] {
            "0 * * * * *".clone_into(&mut cadence.cron);
        }
        let rules = Rules::new(&schedule).expect("expressions");
        let zone = civil::zone("Europe/Berlin").expect("a zone");
        // Sunday the 28th of June 2026: the week ends that night, month and quarter two days later.
        let noon = civil::instant(date(2026, 6, 28).at(12, 0, 0, 0), &zone);
        let slots = rules.slots(&zone, noon - 1, noon + 3 * Millis::DAY);
        assert_eq!(slots.len(), 3 * (3 * 24 * 60 + 1));
        let left = |kind| slots.iter().find(|slot| slot.kind == kind).map(|slot| slot.left);
        assert_eq!(left(CadenceKind::Weekly), Some(719));
        assert_eq!(left(CadenceKind::Monthly), Some(MOST_COUNTED));
        let last = slots.iter().filter(|slot| slot.left == 0).map(|slot| slot.civil);
        let ends = [date(2026, 6, 28), date(2026, 6, 30), date(2026, 6, 30)].map(|day| day.at(23, 59, 0, 0));
        assert_eq!(last.collect::<Vec<_>>(), ends);
    }
}
