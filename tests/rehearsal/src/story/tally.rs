//! The outcome of the questions, summed up: the numbers behind `/streaks`.

use bellwether::clock::Millis;

use crate::records::CycleRow;

/// Counts of cycles; each cycle is counted under one ending at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub asked: usize,
    pub on_time: usize,
    pub late: usize,
    pub missed: usize,
    pub excused: usize,
    pub undelivered: usize,
    pub cancelled: usize,
}

impl Tally {
    /// What was delivered, answered and closed from an instant on until before another.
    pub fn between(cycles: &[CycleRow], from: Millis, until: Millis) -> Self {
        let within = |at: Option<i64>| at.is_some_and(|at| (from.0..until.0).contains(&at));
        let mut tally = Self::default();
        for cycle in cycles {
            tally.asked += usize::from(within(cycle.delivered_at));
            if let Some(at) = cycle.answered_at.filter(|at| within(Some(*at))) {
                if at <= cycle.due_at {
                    tally.on_time += 1;
                } else {
                    tally.late += 1;
                }
            } else if within(cycle.closed_at) {
                match cycle.state.as_str() {
                    "missed" => tally.missed += 1,
                    "excused" => tally.excused += 1,
                    "undelivered" => tally.undelivered += 1,
                    "cancelled" => tally.cancelled += 1,
                    _ => {}
                }
            }
        }
        tally
    }

    /// In one line; what did not occur is left out.
    pub fn line(&self) -> String {
        let mut parts = vec![
            format!("{} asked", self.asked),
            format!("{} answered on time", self.on_time),
        ];
        for (count, what) in [
            (self.late, "late"),
            (self.missed, "closed as missed"),
            (self.excused, "excused"),
            (self.undelivered, "undelivered"),
            (self.cancelled, "not asked (enough other questions)"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        parts.join(", ")
    }
}
