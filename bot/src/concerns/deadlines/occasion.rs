//! Whether there is still a reason for a message that names no case.

use std::collections::BTreeSet;

use super::notify::Notifier;
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
pub(crate) async fn news(notifier: &Notifier, to: MemberId) -> anyhow::Result<Occasion> {
    let (sound, doubtful) = cases(notifier, |_| true).await?;
    let reads = |(case, barred): &(Case, _)| notifier.route(case, barred).reads(to);
    Ok(Occasion::of(sound.iter().any(reads), doubtful))
}

/// Whether there is an open case that cannot wait, of which they are told. The message names none: that would tell when
/// it came.
pub(crate) async fn calls(notifier: &Notifier, to: MemberId) -> anyhow::Result<Occasion> {
    let roles = roles_of(notifier, to).await?;
    let (sound, doubtful) = cases(notifier, |case| !case.state.is_closed() && Route::calls(case.urgency)).await?;
    let calls = |(case, barred): &(Case, BTreeSet<MemberId>)| {
        let route = notifier.route(case, barred);
        let called = route.called.is_some_and(|role| roles.contains(&role));
        route.reads(to) || (called && !barred.contains(&to))
    };
    Ok(Occasion::of(sound.iter().any(calls), doubtful))
}

/// Of the organisation's cases that are `meant` those that are vouched for, each with those who must know nothing of it;
/// and whether there are others.
async fn cases(
    notifier: &Notifier,
    meant: impl Fn(&Case) -> bool,
) -> anyhow::Result<(Vec<(Case, BTreeSet<MemberId>)>, bool)> {
    // Cases and lists of one instant: while somebody steps back, they would not fit.
    let snapshot = notifier.desk.db.snapshot().await?;
    let mut all_barred = store::all_barred(&snapshot).await?;
    let cases = store::cases(&snapshot, notifier.organisation.id).await?;
    snapshot.rollback().await?;
    let with_barred = cases.into_iter().filter(meant).map(|case| {
        let barred = all_barred.remove(&case.id).unwrap_or_default();
        (case, barred)
    });
    let (sound, doubtful): (Vec<_>, Vec<_>) =
        with_barred.partition(|(case, barred)| notifier.desk.vouch.holds(case, barred));
    Ok((sound, !doubtful.is_empty()))
}

async fn roles_of(notifier: &Notifier, member: MemberId) -> anyhow::Result<BTreeSet<Role>> {
    let standing = people::find(notifier.desk.db.reader(), &notifier.organisation, member).await?;
    let here = standing.filter(|standing| !standing.left);
    Ok(here.map(|standing| standing.roles).unwrap_or_default())
}
