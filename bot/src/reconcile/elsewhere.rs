//! Leaves that continue something of a closed log. They name no leaf, so they are matched by what they say.

use std::collections::BTreeMap;

use super::course::{Course, Place, Running};
use crate::evidence::verify::Entry;
use crate::prompts::store::AnswerRow;

/// What is left unmatched. There is little of it: what was open when a log was closed.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    leaves: Vec<(Entry, Option<AnswerRow>)>,
}

impl Elsewhere {
    pub(super) fn add(&mut self, entry: Entry, answer: Option<AnswerRow>) {
        self.leaves.push((entry, answer));
    }

    /// Applies to cycles of closed logs those leaves that bring them nearer to their rows, each leaf once.
    pub(super) fn settle(&mut self, running: &mut BTreeMap<Place, Running>) {
        for (_, cycle) in running.iter_mut().filter(|((log, _), _)| log.is_some()) {
            let Running { id, row, told } = cycle;
            self.leaves.retain(|(entry, answer)| {
                let own = match answer {
                    Some(answer) => answer.cycle == *id,
                    None => distance(&gone_on(told, entry, row), row) < distance(told, row),
                };
                if own {
                    told.go_on(entry, row, answer.as_ref());
                }
                !own
            });
        }
        running.retain(|_, cycle| !cycle.told.agrees(&cycle.row));
    }
}

fn gone_on(told: &Course, entry: &Entry, row: &Course) -> Course {
    let mut told = told.clone();
    told.go_on(entry, row, None);
    told
}

/// In how many columns it differs from the row.
fn distance(told: &Course, row: &Course) -> usize {
    let pairs = [
        told.due_at == row.due_at,
        told.closes_at == row.closes_at,
        told.state == row.state,
        told.reason == row.reason,
        told.delivered_at == row.delivered_at,
        told.answered_at == row.answered_at,
        told.choice == row.choice,
        told.closed_at == row.closed_at,
    ];
    pairs.iter().filter(|same| !**same).count()
}
