//! Telling people by direct message, and only those who may know.

use std::collections::BTreeSet;

use super::case::Case;
use super::desk::Desk;
use super::event::{self, EventKind, Happened};
use super::handler_key::Holder;
use super::vouch::Found;
use super::{keys, routing};
use crate::clock::Millis;
use crate::config::Organisation;
use crate::db::Connection;
use crate::ids::MemberId;
use crate::ledger::Tx;
use crate::outbox::{self, CaseMessage, Message, NewOutbound};

/// What is said to several.
pub(super) struct Bell {
    pub message: CaseMessage,
    /// Of no use from then on.
    pub expires: Option<Millis>,
}

/// An organisation, and those who work on its concerns now.
#[derive(Clone)]
pub(super) struct Station {
    pub desk: Desk,
    pub organisation: Organisation,
    holders: Vec<Holder>,
}

impl Station {
    /// Reads who holds a key in force. Nobody, where the keys are not those that were agreed to.
    pub(super) async fn of(desk: &Desk, organisation: &Organisation) -> anyhow::Result<Self> {
        let confirmed = keys::confirmed(desk, organisation).await?;
        Ok(Self {
            desk: desk.clone(),
            organisation: organisation.clone(),
            holders: match confirmed {
                keys::Confirmed::Keys(set) => set.holders,
                keys::Confirmed::Doubtful => Vec::new(),
            },
        })
    }

    /// Who may read a case now. Nobody, where nothing vouches for its row.
    pub(super) async fn readers(&self, connection: &impl Connection, case: &Case) -> anyhow::Result<Vec<Holder>> {
        Ok(match self.desk.vouch.find(connection, &case.id).await? {
            Found::Sound(case, barred) => routing::route_of(&self.desk, &case, &self.holders, &barred).readers,
            Found::Doubtful => {
                self.desk.vouch.report(&case.id);
                Vec::new()
            }
            Found::Nothing => Vec::new(),
        })
    }

    /// Whether a case's row is as this program wrote it. Where it is not, nothing is done on its strength.
    pub(super) async fn trusts(&self, connection: &impl Connection, case: &Case) -> anyhow::Result<bool> {
        Ok(match self.desk.vouch.find(connection, &case.id).await? {
            Found::Sound(..) => true,
            Found::Doubtful => {
                self.desk.vouch.report(&case.id);
                false
            }
            Found::Nothing => false,
        })
    }

    /// Promises the message to each of them, by direct message alone.
    pub(super) async fn ring(&self, tx: &Tx, members: &BTreeSet<MemberId>, bell: &Bell) -> anyhow::Result<()> {
        for member in members {
            let new = NewOutbound {
                organisation: self.organisation.id,
                member: Some(*member),
                channel: None,
                message: Message::Case(bell.message.clone()),
                at: tx.now(),
                expires: bell.expires,
            };
            outbox::promise(tx, &self.desk.chance, new).await?;
        }
        Ok(())
    }

    /// Writes down an act of the program's own.
    pub(super) async fn note(&self, tx: &Tx, case: &Case, kind: EventKind) -> anyhow::Result<()> {
        let happened = Happened {
            organisation: self.organisation.id,
            on_day: super::desk::day_of(tx.now(), &self.organisation.zone),
            case: Some(case.id.clone()),
            kind,
            actor: None,
            about: None,
        };
        event::happened(tx, &self.desk.chance, happened).await
    }
}
