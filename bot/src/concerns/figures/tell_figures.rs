//! The figures, for those who may see them.

use anyhow::Context;
use jiff::tz::TimeZone;

use super::count;
use crate::civil;
use crate::concerns::case::Case;
use crate::concerns::deadlines::notify::Notifier;
use crate::concerns::desk::Desk;
use crate::concerns::event::{self, EventKind, NewEvent};
use crate::concerns::figures::{Calendar, Figures, Tallies, figures};
use crate::concerns::keys;
use crate::concerns::reading::access::Handler;
use crate::concerns::store;
use crate::concerns::upkeep::retain;
use crate::config::{Organisation, Role};
use crate::ids::MemberId;

/// The outcome of asking for figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FiguresOutcome {
    Shown(Figures),
    /// They are for handlers and owners.
    NotForYou,
}

/// The figures for somebody in these roles, which are held now. People who work on concerns see counts of the cases
/// that they may read and no others, so that no handler's figures reveal a case that is kept from them. Owners who do
/// not work on concerns see those of all cases, deleted ones too.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn tell_figures(desk: &Desk, whose: &Handler) -> anyhow::Result<FiguresOutcome> {
    let organisation = &whose.organisation;
    let reader = desk.core.db.reader();
    let now = desk.core.clock.now();
    let works = keys::may_hold(&whose.roles);
    if !works && !whose.roles.contains(&Role::Owner) {
        return Ok(FiguresOutcome::NotForYou);
    }
    let mut cases = store::cases(reader, organisation.id).await?;
    let mut tallies = Tallies::new();
    if works {
        cases = readable(desk, organisation, cases, whose.member).await?;
    } else {
        tallies = retain::kept(reader, organisation.id).await?;
    }
    let calendar = Calendar {
        zone: civil::zone(&organisation.zone).unwrap_or(TimeZone::UTC),
        first_month: desk.core.config.schedule.first_month_of_year,
    };
    for (quarter, tally) in count::tallies(reader, &cases, &calendar, now).await? {
        *tallies.entry(quarter).or_default() += tally;
    }
    note(desk, organisation, whose.member).await?;
    Ok(FiguresOutcome::Shown(figures(&tallies, &calendar, now)))
}

/// The cases that a handler may read; none while the keys are in doubt.
async fn readable(
    desk: &Desk,
    organisation: &Organisation,
    cases: Vec<Case>,
    member: MemberId,
) -> anyhow::Result<Vec<Case>> {
    let Some(notifier) = Notifier::of(desk, organisation).await? else {
        return Ok(Vec::new());
    };
    let mut readable = Vec::new();
    for case in cases {
        let readers = notifier.readers(desk.core.db.reader(), &case).await?;
        if readers.iter().any(|reader| reader.member == member) {
            readable.push(case);
        }
    }
    Ok(readable)
}

async fn note(desk: &Desk, organisation: &Organisation, member: MemberId) -> anyhow::Result<()> {
    let event = NewEvent {
        organisation: organisation.id,
        on_day: desk.today(organisation),
        case: None,
        kind: EventKind::FiguresShown,
        actor: Some(member),
        about: None,
    };
    let chance = desk.core.chance.clone();
    let noted = desk
        .core
        .ledger
        .write(move |tx| Box::pin(async move { event::record_event(tx, &chance, event).await }));
    noted.await.context("noting that figures were shown")
}
