//! Whether there is still a reason for a message that names no case.

use std::collections::BTreeSet;

use super::notify::Notifier;
use crate::concerns::keys::routing::Route;
use crate::concerns::store::Vouched;
use crate::config::Role;
use crate::ids::MemberId;
use crate::people;

/// Whether there is a case that they may read.
pub(crate) async fn has_case(notifier: &Notifier, to: MemberId) -> anyhow::Result<bool> {
    let cases = cases(notifier).await?;
    Ok(cases.iter().any(|found| notifier.route(found).reads(to)))
}

/// Whether there is an open case that cannot wait and that they may be told about. The message names none: that would
/// tell when it came.
pub(crate) async fn has_urgent_case(notifier: &Notifier, to: MemberId) -> anyhow::Result<bool> {
    let roles = roles_of(notifier, to).await?;
    let cases = cases(notifier).await?;
    let mut urgent = cases
        .iter()
        .filter(|found| !found.case.state.is_closed() && Route::calls(found.case.urgency));
    Ok(urgent.any(|found| {
        let route = notifier.route(found);
        let called = route.called.is_some_and(|role| roles.contains(&role));
        route.reads(to) || (called && !found.barred.contains(&to))
    }))
}

async fn cases(notifier: &Notifier) -> anyhow::Result<Vec<Vouched>> {
    let snapshot = notifier.desk.core.db.snapshot().await?;
    let (cases, _) = notifier.desk.vouch.all(&snapshot, notifier.organisation.id).await?;
    snapshot.rollback().await?;
    Ok(cases)
}

async fn roles_of(notifier: &Notifier, member: MemberId) -> anyhow::Result<BTreeSet<Role>> {
    let standing = people::find(notifier.desk.core.db.reader(), &notifier.organisation, member).await?;
    let here = standing.filter(|standing| !standing.left);
    Ok(here.map(|standing| standing.roles).unwrap_or_default())
}
