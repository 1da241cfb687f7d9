//! The names of handlers, for menus, which cannot show mentions. In memory alone.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use parking_lot::Mutex;

use super::text::plain_name;
use crate::clock::{Clock, Millis};
use crate::discord::wire::rest::Rest;
use crate::ids::{MemberId, OrganisationId};

/// How long a name is valid, in milliseconds.
const LASTS: i64 = Millis::HOUR;
/// How long to wait for all of them together; without them the fingerprints of keys must do.
const PATIENCE: Duration = Duration::from_millis(1_000);

type Known = BTreeMap<(OrganisationId, MemberId), (Millis, String)>;

/// The names. Clones share them.
#[derive(Clone, Default)]
pub struct Names(Arc<Mutex<Known>>);

impl fmt::Debug for Names {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Names")
    }
}

impl Names {
    /// The names of these members, as far as they are known or Discord answers quickly.
    pub async fn of(
        &self,
        rest: &Rest,
        clock: &Clock,
        organisation: OrganisationId,
        members: &[MemberId],
    ) -> BTreeMap<MemberId, String> {
        let now = clock.now();
        let fresh = |at: Millis| (0..LASTS).contains(&now.since(at));
        let stale: Vec<MemberId> = {
            let known = self.0.lock();
            let is_known = |member: &&MemberId| known.get(&(organisation, **member)).is_some_and(|(at, _)| fresh(*at));
            members.iter().filter(|member| !is_known(member)).copied().collect()
        };
        let asked = stale.iter().map(|member| async move {
            // One after the other, as the limits of the route require.
            if let Ok(name) = rest.patiently(|| rest.display_name(organisation, *member)).await {
                // If a name shows nothing, the id must do.
                let name = plain_name(&name).unwrap_or_else(|| member.to_string());
                self.0.lock().insert((organisation, *member), (now, name));
            }
        });
        // What came in time is kept; a later look finds the rest.
        drop(tokio::time::timeout(PATIENCE, join_all(asked)).await);
        let known = self.0.lock();
        let found = members.iter().filter_map(|member| {
            let (_, name) = known.get(&(organisation, *member))?;
            Some((*member, name.clone()))
        });
        found.collect()
    }
}
