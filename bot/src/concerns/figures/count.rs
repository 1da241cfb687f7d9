//! What figures use of the cases that are there.

use crate::clock::Millis;
use crate::concerns::case::Case;
use crate::concerns::deadlines::due::{self, Progress};
use crate::concerns::deadlines::warn::progress;
use crate::concerns::event::EventKind;
use crate::concerns::figures::{Calendar, Counted, Drill, Tallies, tally};
use crate::concerns::store;
use crate::db::Connection;

/// The tallies of these cases.
pub(crate) async fn tallies(
    connection: &impl Connection,
    cases: &[Case],
    calendar: &Calendar,
    as_of: Millis,
) -> anyhow::Result<Tallies> {
    let mut counted = Vec::with_capacity(cases.len());
    for case in cases {
        counted.push(counted_of(connection, case, calendar).await?);
    }
    Ok(tally(&counted, calendar, as_of))
}

async fn counted_of(connection: &impl Connection, case: &Case, calendar: &Calendar) -> anyhow::Result<Counted> {
    Ok(Counted {
        category: case.category.clone(),
        // The first time that it was told counts, however often the case was opened again.
        progress: Progress {
            feedback: case.first_feedback_at.or(case.feedback_at),
            reopened: None,
            ..progress(case)
        },
        asked: case.check_90.is_some(),
        worse: store::event_of(connection, &case.id, EventKind::GotWorse)
            .await?
            .is_some(),
        drill: if case.drill {
            Some(drill(connection, case, calendar).await?)
        } else {
            None
        },
    })
}

/// A drill begins when it is declared; if that is not recorded, with its day.
async fn drill(connection: &impl Connection, case: &Case, calendar: &Calendar) -> anyhow::Result<Drill> {
    let declared = store::event_of(connection, &case.id, EventKind::DrillDeclared).await?;
    let started = declared.and_then(|event| event.at).map(Millis);
    Ok(Drill {
        started: started.unwrap_or_else(|| due::midnight(case.received_on, &calendar.zone)),
    })
}
