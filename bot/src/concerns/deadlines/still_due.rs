//! Whether there is still a reason for a message that names no case.

use std::collections::BTreeSet;

use super::notify::Notifier;
use crate::concerns::keys::routing::Route;
use crate::concerns::store::Vouched;
use crate::config::Role;
use crate::ids::MemberId;
use crate::people;

/// Whether there is a case that they may read; `None` if only a withheld one could be the reason.
pub(crate) async fn has_case(notifier: &Notifier, to: MemberId) -> anyhow::Result<Option<bool>> {
    any(notifier, |found| notifier.route(found).reads(to)).await
}

/// Whether there is an open case that cannot wait and that they may be told about; `None` as for [`has_case`]. The
/// message names no case: that would tell when it came.
pub(crate) async fn has_urgent_case(notifier: &Notifier, to: MemberId) -> anyhow::Result<Option<bool>> {
    let roles = roles_of(notifier, to).await?;
    let is_reason = |found: &Vouched| {
        let route = notifier.route(found);
        let called = route.called.is_some_and(|role| roles.contains(&role));
        let urgent = !found.case.state.is_closed() && Route::calls(found.case.urgency);
        urgent && (route.reads(to) || (called && !found.barred.contains(&to)))
    };
    any(notifier, is_reason).await
}

async fn any(notifier: &Notifier, is_reason: impl Fn(&Vouched) -> bool + Send) -> anyhow::Result<Option<bool>> {
    let snapshot = notifier.desk.core.db.snapshot().await?;
    let (cases, withheld) = notifier.desk.vouch.all(&snapshot, notifier.organisation.id).await?;
    snapshot.rollback().await?;
    let found = cases.iter().any(is_reason);
    Ok((found || withheld == 0).then_some(found))
}

async fn roles_of(notifier: &Notifier, member: MemberId) -> anyhow::Result<BTreeSet<Role>> {
    let standing = people::find(notifier.desk.core.db.reader(), &notifier.organisation, member).await?;
    let here = standing.filter(|standing| !standing.left);
    Ok(here.map(|standing| standing.roles).unwrap_or_default())
}
