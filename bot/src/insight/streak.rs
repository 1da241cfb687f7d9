//! The streak: answering on time counts, whatever the answer. Pure.
//!
//! The unit of a person is the ISO week in the cycle's zone at its due instant. Excused, cancelled and undelivered
//! weeks hold; a freeze saves a missed one. Raw states are never touched by it.

use std::collections::BTreeMap;

/// Kept weeks that earn a freeze.
const WEEKS_FOR_A_FREEZE: u32 = 8;
/// Maximum number of freezes held.
const MOST_FREEZES: u32 = 2;
/// The late mark in a row that breaks.
const LATES_THAT_BREAK: u32 = 3;

/// What a closed cycle counts as, before freezes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// On time with done, not yet or need help.
    Keep,
    /// Late with one of these.
    Late,
    /// Not applicable, excused, cancelled, undelivered.
    Hold,
    Missed,
}

/// A week as the streak shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Kept,
    Late,
    Held,
    Broken,
    /// Saved by a freeze.
    Frozen,
}

impl Shown {
    pub const fn letter(self) -> char {
        match self {
            Self::Kept => 'K',
            Self::Late => 'L',
            Self::Held => 'H',
            Self::Broken => 'X',
            Self::Frozen => 'F',
        }
    }
}

/// A cycle as the streak sees it at an as-of instant; those not yet due are left out.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Which assignment, and its place in it.
    pub assignment: String,
    pub ordinal: i32,
    /// First day of the ISO week at the due instant, in the cycle's zone.
    pub week: jiff::civil::Date,
    /// None while it is past due and still takes answers.
    pub mark: Option<Mark>,
}

/// A person's streak.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Streak {
    pub current: u32,
    pub longest: u32,
    pub freezes_left: u32,
    /// Oldest first.
    pub weeks: Vec<Shown>,
    /// A shown week may still change.
    pub provisional: bool,
}

impl Streak {
    /// Weeks that neither extended nor broke.
    pub fn holds(&self) -> u32 {
        let held = |shown: &&Shown| match shown {
            Shown::Late | Shown::Held | Shown::Frozen => true,
            Shown::Kept | Shown::Broken => false,
        };
        self.weeks.iter().filter(held).count() as u32
    }

    /// Whether anything but holds has happened.
    pub fn started(&self) -> bool {
        self.weeks.iter().any(|shown| *shown != Shown::Held)
    }
}

/// One week's cycles, boiled down.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of a different mark whether the week has it"
)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Week {
    kept: bool,
    late: bool,
    missed: bool,
    /// A third late answer in a row of an assignment, which no freeze saves.
    worn_out: bool,
    waiting: bool,
}

impl From<Mark> for Week {
    fn from(mark: Mark) -> Self {
        Self {
            kept: mark == Mark::Keep,
            late: mark == Mark::Late,
            missed: mark == Mark::Missed,
            ..Self::default()
        }
    }
}

/// The streak of a person over all assignments.
pub fn of_person(mut cycles: Vec<Seen>) -> Streak {
    cycles.sort_by(|a, b| (&a.assignment, a.ordinal).cmp(&(&b.assignment, b.ordinal)));
    let mut weeks: BTreeMap<jiff::civil::Date, Week> = BTreeMap::new();
    let mut lates = 0;
    let mut assignment = None;
    for cycle in &cycles {
        if assignment != Some(&cycle.assignment) {
            assignment = Some(&cycle.assignment);
            lates = 0;
        }
        let week = weeks.entry(cycle.week).or_default();
        match cycle.mark {
            None => week.waiting = true,
            Some(Mark::Hold) => {}
            Some(Mark::Keep) => (week.kept, lates) = (true, 0),
            Some(Mark::Missed) => (week.missed, lates) = (true, 0),
            Some(Mark::Late) => {
                lates += 1;
                if lates == LATES_THAT_BREAK {
                    (week.worn_out, lates) = (true, 0);
                } else {
                    week.late = true;
                }
            }
        }
    }
    of_weeks(weeks.into_values())
}

/// The streak of weeks, oldest first.
pub fn of_weeks(weeks: impl IntoIterator<Item = Week>) -> Streak {
    let mut walk = Walk::default();
    for week in weeks {
        walk.settled &= !week.waiting;
        walk.take(week);
    }
    Streak {
        longest: walk.longest,
        current: walk.current,
        freezes_left: walk.freezes,
        weeks: walk.shown,
        provisional: !walk.settled,
    }
}

struct Walk {
    current: u32,
    longest: u32,
    /// Kept weeks since the last break, as far as weeks are settled.
    earned: u32,
    freezes: u32,
    lates: u32,
    /// Whether this week and all before it are settled: only then freezes are earned and used.
    settled: bool,
    shown: Vec<Shown>,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            current: 0,
            longest: 0,
            earned: 0,
            freezes: 0,
            lates: 0,
            settled: true,
            shown: Vec::new(),
        }
    }
}

impl Walk {
    fn take(&mut self, week: Week) {
        let frozen = week.missed && !week.worn_out && self.settled && self.freezes > 0;
        if frozen {
            self.freezes -= 1;
        }
        let shown = if week.worn_out || (week.missed && !frozen) {
            self.broken()
        } else if week.kept {
            self.kept()
        } else if week.late {
            self.late()
        } else if frozen {
            self.lates = 0;
            Shown::Frozen
        } else {
            Shown::Held
        };
        self.shown.push(shown);
    }

    fn broken(&mut self) -> Shown {
        (self.current, self.earned, self.lates) = (0, 0, 0);
        Shown::Broken
    }

    fn kept(&mut self) -> Shown {
        self.lates = 0;
        self.current += 1;
        self.longest = self.longest.max(self.current);
        if self.settled {
            self.earned += 1;
            if self.earned.is_multiple_of(WEEKS_FOR_A_FREEZE) {
                self.freezes = MOST_FREEZES.min(self.freezes + 1);
            }
        }
        Shown::Kept
    }

    fn late(&mut self) -> Shown {
        self.lates += 1;
        if self.lates == LATES_THAT_BREAK {
            self.broken()
        } else {
            Shown::Late
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    fn mark(letter: char) -> Mark {
        match letter {
            'K' => Mark::Keep,
            'L' => Mark::Late,
            'H' => Mark::Hold,
            'M' => Mark::Missed,
            other => panic!("{other}"),
        }
    }

    fn cycles(assignment: &str, letters: &str) -> Vec<Seen> {
        let monday = jiff::civil::date(2026, 9, 7);
        let week = |index: usize| monday.saturating_add((index as i64 * 7).days());
        let one = |(index, letter): (usize, char)| Seen {
            assignment: assignment.to_owned(),
            ordinal: index as i32 + 1,
            week: week(index),
            mark: (letter != '?').then(|| mark(letter)),
        };
        letters
            .chars()
            .enumerate()
            .filter(|(_, letter)| *letter != '.')
            .map(one)
            .collect()
    }

    fn shown(streak: &Streak) -> String {
        streak.weeks.iter().map(|shown| shown.letter()).collect()
    }

    #[test]
    fn the_streak_follows_every_vector() {
        let vectors = [
            ("", 0, 0, 0, ""),
            ("HHH", 0, 0, 0, "HHH"),
            ("KKK", 3, 3, 0, "KKK"),
            ("KKMK", 1, 2, 0, "KKXK"),
            ("KHHK", 2, 2, 0, "KHHK"),
            ("KLK", 2, 2, 0, "KLK"),
            ("KLLK", 2, 2, 0, "KLLK"),
            ("KLLLK", 1, 1, 0, "KLLXK"),
            ("KLHLLK", 1, 1, 0, "KLHLXK"),
            ("KKKKKKKKMK", 9, 9, 0, "KKKKKKKKFK"),
            ("KKKKKKKKMMK", 1, 8, 0, "KKKKKKKKFXK"),
            ("KKKKKKKKKKKKKKKKMMK", 17, 17, 0, "KKKKKKKKKKKKKKKKFFK"),
            ("KKKKKKKKKKKKKKKKKKKKKKKKMMMK", 1, 24, 0, "KKKKKKKKKKKKKKKKKKKKKKKKFFXK"),
            ("KKKKHKKKKM", 8, 8, 0, "KKKKHKKKKF"),
            ("KKKKKKKMK", 1, 7, 0, "KKKKKKKXK"),
        ];
        for (weeks, current, longest, freezes, marks) in vectors {
            let by_weeks = of_weeks(weeks.chars().map(|letter| Week::from(mark(letter))));
            for streak in [by_weeks, of_person(cycles("a", weeks))] {
                assert_eq!(
                    (
                        streak.current,
                        streak.longest,
                        streak.freezes_left,
                        shown(&streak).as_str()
                    ),
                    (current, longest, freezes, marks),
                    "{weeks}"
                );
                assert!(!streak.provisional);
            }
        }
    }

    #[test]
    fn a_week_counts_once_for_all_its_cycles() {
        let both = |a: &str, b: &str| of_person([cycles("a", a), cycles("b", b)].concat());
        assert_eq!(shown(&both("KKK", "HLK")), "KKK");
        assert_eq!(shown(&both("KKK", ".M.")), "KXK");
        assert_eq!(shown(&both("LLK", "H..")), "LLK");
        let saved = both("KKKKKKKKKM", "........MM");
        assert_eq!(
            (shown(&saved).as_str(), saved.current),
            ("KKKKKKKKKX", 0),
            "the freeze went to the ninth week"
        );
        let kept_by_the_other = both("KKKKKKKKK", "........M");
        assert_eq!((kept_by_the_other.current, kept_by_the_other.freezes_left), (9, 0));
    }

    #[test]
    fn a_late_open_week_is_provisional_and_freezes_wait_for_it() {
        let streak = of_person(cycles("a", "KKKKKKKK?M"));
        assert_eq!((shown(&streak).as_str(), streak.provisional), ("KKKKKKKKHX", true));
        let settled = of_person(cycles("a", "KKKKKKKKLM"));
        assert_eq!((shown(&settled).as_str(), settled.provisional), ("KKKKKKKKLF", false));
    }

    #[test]
    fn only_holds_is_not_started() {
        assert!(!of_person(cycles("a", "HH")).started());
        assert!(of_person(cycles("a", "HM")).started());
    }
}
