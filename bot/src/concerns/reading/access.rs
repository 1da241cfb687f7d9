//! Which cases somebody may see. A case that they may not see looks everywhere like one that is not there.
//!
//! A role alone opens nothing: it takes an active key, which two people have agreed to. A withheld case opens for
//! nobody, because nobody can say any more who must not see it.

use std::collections::BTreeSet;

use futures_util::future::BoxFuture;

use crate::concerns::case::Case;
use crate::concerns::desk::{Desk, day_of};
use crate::concerns::event::{self, EventKind, NewEvent};
use crate::concerns::keys::handler_key::KeyHolder;
use crate::concerns::keys::routing::{self, Route};
use crate::concerns::keys::{self, Confirmed};
use crate::concerns::store::Vouched;
use crate::config::{Organisation, Role};
use crate::db::Connection;
use crate::ids::{CaseId, MemberId, OrganisationId};
use crate::ledger::Tx;

/// Somebody who works with cases.
#[derive(Clone, Debug)]
pub struct Handler {
    pub organisation: Organisation,
    pub member: MemberId,
    /// Held now, as the interaction says.
    pub roles: BTreeSet<Role>,
}

impl Handler {
    /// The holder of the unlocked key.
    pub fn whose(&self) -> (OrganisationId, MemberId) {
        (self.organisation.id, self.member)
    }
}

/// A case that its handler may see.
#[derive(Clone, Debug)]
pub(crate) struct Visible {
    pub case: Case,
    /// Who may read it now; the handler is one of them.
    pub route: Route,
}

/// A handler, and all who can be sealed to now.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub desk: Desk,
    pub handler: Handler,
    /// The handler's own roles are those held now, other people's those that are known. Empty if the keys are not those
    /// that were agreed to.
    holders: Vec<KeyHolder>,
}

/// Changes a case in one piece of work.
///
/// # Errors
/// When the keys cannot be read, or the work fails; then nothing has changed.
pub(crate) async fn work<T, F>(desk: &Desk, handler: &Handler, work: F) -> anyhow::Result<T>
where
    T: Send + 'static,
    F: for<'a> FnOnce(&'a Tx, &'a Access) -> BoxFuture<'a, anyhow::Result<T>> + Send + 'static,
{
    let access = Access::of(desk, handler).await?;
    desk.core
        .ledger
        .write(move |tx| Box::pin(async move { work(tx, &access).await }))
        .await
}

impl Access {
    /// Reads the keys. Must not be called inside a transaction.
    pub(crate) async fn of(desk: &Desk, handler: &Handler) -> anyhow::Result<Self> {
        let mut holders = match keys::confirmed(desk, &handler.organisation).await? {
            Confirmed::Keys(set) => set.holders,
            Confirmed::Doubtful => Vec::new(),
        };
        for own in holders.iter_mut().filter(|holder| holder.member == handler.member) {
            own.roles.clone_from(&handler.roles);
        }
        holders.retain(|holder| keys::may_hold(&holder.roles));
        Ok(Self {
            desk: desk.clone(),
            handler: handler.clone(),
            holders,
        })
    }

    /// The case, if this handler may see it.
    pub(crate) async fn see(&self, connection: &impl Connection, id: &CaseId) -> anyhow::Result<Option<Visible>> {
        let found = self.desk.vouch.find(connection, id).await?;
        Ok(found.and_then(|found| self.visible(found)))
    }

    /// All cases that this handler may see, closed ones too, in no order, and how many cases are withheld from
    /// everybody. Must be called inside a transaction.
    pub(crate) async fn see_all(&self, connection: &impl Connection) -> anyhow::Result<(Vec<Visible>, usize)> {
        let organisation = self.handler.organisation.id;
        let (all, withheld) = self.desk.vouch.all(connection, organisation).await?;
        let seen = all.into_iter().filter_map(|found| self.visible(found));
        Ok((seen.collect(), withheld))
    }

    fn visible(&self, found: Vouched) -> Option<Visible> {
        if found.case.organisation != self.handler.organisation.id {
            return None;
        }
        let route = routing::route_of(&self.desk, &found, &self.holders);
        let case = found.case;
        route.reads(self.handler.member).then_some(Visible { case, route })
    }

    /// The handler's own active key.
    pub(crate) fn own(&self) -> Option<&KeyHolder> {
        self.holders.iter().find(|holder| holder.member == self.handler.member)
    }

    /// Writes down what this handler did, with the case and the sealed file that it is about.
    pub(crate) async fn note(
        &self,
        tx: &Tx,
        kind: EventKind,
        case: Option<&CaseId>,
        about: Option<[u8; 32]>,
    ) -> anyhow::Result<()> {
        let organisation = &self.handler.organisation;
        let event = NewEvent {
            organisation: organisation.id,
            on_day: day_of(tx.now(), &organisation.zone),
            case: case.cloned(),
            kind,
            actor: Some(self.handler.member),
            about,
        };
        event::record_event(tx, &self.desk.core.chance, event).await
    }
}
