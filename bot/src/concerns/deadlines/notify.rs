//! Telling people by direct message, and only those who may know.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::clock::Millis;
use crate::concerns::case::Case;
use crate::concerns::desk::Desk;
use crate::concerns::event::{self, EventKind, NewEvent};
use crate::concerns::keys;
use crate::concerns::keys::handler_key::KeyHolder;
use crate::concerns::keys::routing::{self, Route};
use crate::concerns::store::Vouched;
use crate::config::Organisation;
use crate::db::Connection;
use crate::ids::MemberId;
use crate::ledger::Tx;
use crate::outbox::{self, CaseMessage, Message, NewOutbound};

/// What several people are told.
pub(crate) struct DirectMessage {
    pub message: CaseMessage,
    /// Of no use from then on.
    pub expires: Option<Millis>,
}

/// An organisation, and those who work on its concerns now.
#[derive(Clone)]
pub(crate) struct Notifier {
    pub desk: Desk,
    pub organisation: Organisation,
    holders: Vec<KeyHolder>,
    /// Whether something is waiting that nobody may read.
    unread: Arc<AtomicBool>,
}

impl Notifier {
    /// Reads who holds an active key. `None` if the keys are not those that were agreed to: until that is cleared up
    /// nobody is told anything, and nothing may be noted as told.
    pub(crate) async fn of(desk: &Desk, organisation: &Organisation) -> anyhow::Result<Option<Self>> {
        let holders = match keys::confirmed(desk, organisation).await? {
            keys::Confirmed::Keys(set) => set.holders,
            keys::Confirmed::Doubtful => return Ok(None),
        };
        Ok(Some(Self {
            desk: desk.clone(),
            organisation: organisation.clone(),
            holders,
            unread: Arc::default(),
        }))
    }

    /// Who may read a case now and so may be told about it: nobody, if it is withheld. While there is nobody, nothing
    /// may be noted as told.
    pub(crate) async fn readers(&self, connection: &impl Connection, case: &Case) -> anyhow::Result<Vec<KeyHolder>> {
        let Some(found) = self.desk.vouch.find(connection, &case.id).await? else {
            return Ok(Vec::new());
        };
        let readers = self.route(&found).readers;
        self.unread.fetch_or(readers.is_empty(), Ordering::Relaxed);
        Ok(readers)
    }

    /// Who is told about a case.
    pub(crate) fn route(&self, found: &Vouched) -> Route {
        routing::route_of(&self.desk, found, &self.holders)
    }

    /// Whether something should be told that nobody may read.
    pub(crate) fn is_unread(&self) -> bool {
        self.unread.load(Ordering::Relaxed)
    }

    /// Promises the message to each of them, by direct message only.
    pub(crate) async fn send(
        &self,
        tx: &Tx,
        members: &BTreeSet<MemberId>,
        direct: &DirectMessage,
    ) -> anyhow::Result<()> {
        for member in members {
            let new = NewOutbound {
                organisation: self.organisation.id,
                member: Some(*member),
                channel: None,
                message: Message::Case(direct.message.clone()),
                at: tx.now(),
                expires: direct.expires,
            };
            outbox::promise(tx, &self.desk.core.chance, new).await?;
        }
        Ok(())
    }

    /// Writes down an act of the program itself.
    pub(crate) async fn note(&self, tx: &Tx, case: &Case, kind: EventKind) -> anyhow::Result<()> {
        let event = NewEvent {
            organisation: self.organisation.id,
            on_day: crate::concerns::desk::day_of(tx.now(), &self.organisation.zone),
            case: Some(case.id.clone()),
            kind,
            actor: None,
            about: None,
        };
        event::record_event(tx, &self.desk.core.chance, event).await
    }
}
