//! What the bot's own absence does to cycles. Pure.
//!
//! Due and closing move by the outage when it took more than a quarter of the time to answer, or all of the last
//! working day. What cannot be asked any more is recorded as excused, so that the denominator is never lost.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::plan::{Diary, Fate, Planned};
use super::rules::{Opening, Rules, Slot};
use crate::catalogue::CadenceKind;
use crate::civil;
use crate::clock::Millis;

/// A time without a running scheduler: half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    pub from: Millis,
    pub to: Millis,
}

/// Local working hours.
const WORK_BEGINS: i8 = 9;
const WORK_ENDS: i8 = 17;

/// A working day's hours, Monday to Friday; none for other days.
pub(super) fn working_hours(day: Date, zone: &TimeZone) -> Option<(Millis, Millis)> {
    (day.weekday().to_monday_one_offset() <= 5).then(|| {
        (
            civil::instant(day.at(WORK_BEGINS, 0, 0, 0), zone),
            civil::instant(day.at(WORK_ENDS, 0, 0, 0), zone),
        )
    })
}

impl Outage {
    /// By how much due and closing of a cycle move, in milliseconds; 0 when they stay.
    pub fn moves(self, opens_at: Millis, due_at: Millis, zone: &TimeZone) -> i64 {
        let begins = self.from.max(opens_at);
        let taken = self.to.min(due_at).since(begins);
        if taken <= 0 {
            return 0;
        }
        let quarter = taken > due_at.since(opens_at) / 4;
        if quarter || self.takes_last_working_day(due_at, zone) {
            self.to.since(begins)
        } else {
            0
        }
    }

    fn takes_last_working_day(self, due_at: Millis, zone: &TimeZone) -> bool {
        let mut day = civil::local(due_at, zone).date();
        for _ in 0..7 {
            if let Some((begins, ends)) = working_hours(day, zone).filter(|(begins, _)| *begins < due_at) {
                return self.from <= begins && self.to >= ends.min(due_at);
            }
            day = day.saturating_sub(1.days());
        }
        false
    }

    /// What happens to the cycles whose slots were in the outage: the newest of each candidate is opened now while
    /// its late window is open, older ones are excused. Periods that still have a slot ahead are left to it.
    pub fn catch_up(self, rules: &Rules, diary: &mut Diary, now: Millis) -> Vec<Planned> {
        let zone = diary.zone.clone();
        let slots = rules.slots(&zone, self.from, self.to);
        let opening = Opening {
            at: now,
            civil: civil::local(now, &zone),
        };
        let mut decided = Vec::new();
        for kind in CadenceKind::ALL.into_iter().rev() {
            let firsts = first_of_each_period(&slots, kind);
            for (place, slot) in firsts.iter().enumerate() {
                if rules.has_slot_after(kind, &slot.period, &zone, now) {
                    continue;
                }
                let newest = place + 1 == firsts.len();
                for candidate in diary.waiting(kind, &slot.period, slot.at) {
                    let opens_at = rules.opening(slot, (diary.organisation, diary.member)).at;
                    let open = newest && now < slot.closes_at && diary.is_free(rules, opening);
                    let moved = if open {
                        self.moves(opens_at, slot.due_at, &zone)
                    } else {
                        0
                    };
                    let planned = Planned {
                        candidate,
                        period: slot.period.clone(),
                        opens_at,
                        due_at: slot.due_at + moved,
                        closes_at: slot.closes_at + moved,
                        fate: if open { Fate::Open } else { Fate::Outage },
                    };
                    diary.enter(&planned, now);
                    decided.push(planned);
                }
            }
        }
        decided
    }
}

fn first_of_each_period(slots: &[Slot], kind: CadenceKind) -> Vec<&Slot> {
    let mut firsts: Vec<&Slot> = Vec::new();
    for slot in slots.iter().filter(|slot| slot.kind == kind) {
        if firsts.last().is_none_or(|last| last.period != slot.period) {
            firsts.push(slot);
        }
    }
    firsts
}
