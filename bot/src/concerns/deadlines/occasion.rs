//! Whether there is still a reason for a message that names no case.

use std::collections::BTreeSet;

use super::bell::Station;
use crate::concerns::case::Case;
use crate::concerns::keys::routing::Route;
use crate::concerns::store;
use crate::config::Role;
use crate::ids::MemberId;
use crate::people;

/// Whether there is something to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    There,
    Nothing,
    /// Not among the cases that are vouched for; but nothing vouches for another.
    Doubtful,
}

impl Occasion {
    const fn of(there: bool, doubtful: bool) -> Self {
        match (there, doubtful) {
            (true, _) => Self::There,
            (false, true) => Self::Doubtful,
            (false, false) => Self::Nothing,
        }
    }
}

/// Whether there is a case that they may read.
pub(crate) async fn news(station: &Station, to: MemberId) -> anyhow::Result<Occasion> {
    let (sound, doubtful) = cases(station, |_| true).await?;
    let reads = |(case, barred): &(Case, _)| station.route(case, barred).reads(to);
    Ok(Occasion::of(sound.iter().any(reads), doubtful))
}

/// Whether there is an open case that cannot wait, of which they are told. The message names none: that would tell when
/// it came.
pub(crate) async fn calls(station: &Station, to: MemberId) -> anyhow::Result<Occasion> {
    let roles = roles_of(station, to).await?;
    let (sound, doubtful) = cases(station, |case| !case.state.is_closed() && Route::calls(case.urgency)).await?;
    let calls = |(case, barred): &(Case, BTreeSet<MemberId>)| {
        let route = station.route(case, barred);
        let called = route.called.is_some_and(|role| roles.contains(&role));
        route.reads(to) || (called && !barred.contains(&to))
    };
    Ok(Occasion::of(sound.iter().any(calls), doubtful))
}

/// Of the organisation's cases that are `meant` those that are vouched for, each with those who must know nothing of it;
/// and whether there are others.
async fn cases(
    station: &Station,
    meant: impl Fn(&Case) -> bool,
) -> anyhow::Result<(Vec<(Case, BTreeSet<MemberId>)>, bool)> {
    // Cases and lists of one instant: while somebody steps back, they would not fit.
    let snapshot = station.desk.db.snapshot().await?;
    let mut all_barred = store::all_barred(&snapshot).await?;
    let cases = store::cases(&snapshot, station.organisation.id).await?;
    snapshot.rollback().await?;
    let with_barred = cases.into_iter().filter(meant).map(|case| {
        let barred = all_barred.remove(&case.id).unwrap_or_default();
        (case, barred)
    });
    let (sound, doubtful): (Vec<_>, Vec<_>) =
        with_barred.partition(|(case, barred)| station.desk.vouch.holds(case, barred));
    Ok((sound, !doubtful.is_empty()))
}

async fn roles_of(station: &Station, member: MemberId) -> anyhow::Result<BTreeSet<Role>> {
    let standing = people::find(station.desk.db.reader(), &station.organisation, member).await?;
    let here = standing.filter(|standing| !standing.left);
    Ok(here.map(|standing| standing.roles).unwrap_or_default())
}
