//! Drills: declared beforehand, for handlers an ordinary case until somebody has answered, and counted apart.

use std::collections::BTreeSet;

use anyhow::Context;

use super::notify::{DirectMessage, Notifier};
use crate::catalogue::Urgency;
use crate::concerns::case::{Case, CaseState};
use crate::concerns::desk::Desk;
use crate::concerns::event::{self, EventKind, NewEvent};
use crate::concerns::raising::channel::{Channel, channel};
use crate::concerns::raising::submit::{self, Filed, ReportDraft, SubmitOutcome};
use crate::concerns::reading::access::Handler;
use crate::concerns::secret::Secret;
use crate::concerns::store;
use crate::config::{Organisation, Role};
use crate::ids::MemberId;
use crate::ledger::Tx;
use crate::outbox::CaseMessage;

/// What a drill says.
pub struct DrillDraft {
    /// Id of the catalogue's category.
    pub category: String,
    pub urgency: Urgency,
    /// What handlers read, as if somebody had written it.
    pub text: Secret,
}

/// The outcome of declaring a drill.
pub enum DrillOutcome {
    Begun(Filed),
    /// Drills are declared by owners and by independent handlers.
    NotForYou,
    /// As with any report.
    Refused(SubmitOutcome),
}

/// Declares a drill and files its report. Nobody keeps its case key.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn declare(desk: &Desk, whose: &Handler, draft: DrillDraft) -> anyhow::Result<DrillOutcome> {
    let (organisation, roles) = (&whose.organisation, &whose.roles);
    if !roles.contains(&Role::Owner) && !roles.contains(&Role::IndependentHandler) {
        return Ok(DrillOutcome::NotForYou);
    }
    let keys = match channel(desk, organisation).await? {
        Channel::Open(keys) => keys.fingerprint(),
        Channel::Closed(closed) => {
            return Ok(DrillOutcome::Refused(SubmitOutcome::Closed(closed)));
        }
    };
    let report = ReportDraft {
        organisation: organisation.id,
        on_day: desk.today(organisation),
        category: draft.category,
        urgency: draft.urgency,
        barred: BTreeSet::new(),
        keys,
        no_contact: false,
        text: draft.text,
        about: None,
        drill: true,
    };
    match submit::submit(desk, report).await? {
        SubmitOutcome::Filed(filed) => {
            note(desk, organisation, whose.member, &filed).await?;
            Ok(DrillOutcome::Begun(filed))
        }
        refused => Ok(DrillOutcome::Refused(refused)),
    }
}

/// From here the time to the first reply is measured.
async fn note(desk: &Desk, organisation: &Organisation, member: MemberId, filed: &Filed) -> anyhow::Result<()> {
    let (chance, id, number) = (desk.core.chance.clone(), organisation.id, filed.number.clone());
    let on_day = filed.received_on;
    let noted = desk.core.ledger.write(move |tx| {
        Box::pin(async move {
            let case = store::find_by_number(tx.connection(), id, &number).await?;
            let event = NewEvent {
                organisation: id,
                on_day,
                case: case.map(|case| case.id),
                kind: EventKind::DrillDeclared,
                actor: Some(member),
                about: None,
            };
            event::record_event(tx, &chance, event).await
        })
    });
    noted.await.context("noting that a drill was declared")
}

/// Closes each drill that got its first reply, and tells those who may read it what it was.
pub(crate) async fn end(notifier: &Notifier) -> anyhow::Result<()> {
    let own = notifier.clone();
    let ended = notifier.desk.core.ledger.write(move |tx| {
        Box::pin(async move {
            for case in store::open_cases(tx.connection(), own.organisation.id).await? {
                if !case.drill || case.acknowledged_at.is_none() {
                    continue;
                }
                if let Some(found) = own.desk.vouch.find(tx.connection(), &case.id).await? {
                    close(tx, &own, found.case).await?;
                }
            }
            Ok(())
        })
    });
    ended.await.context("ending drills")
}

async fn close(tx: &Tx, notifier: &Notifier, mut case: Case) -> anyhow::Result<()> {
    let readers = notifier.readers(tx.connection(), &case).await?;
    if readers.is_empty() {
        // Somebody who took part in it is told as soon as they may read it.
        return Ok(());
    }
    case.state = CaseState::Resolved;
    case.closed_at = Some(tx.now());
    store::update_case(tx.connection(), &case).await?;
    notifier.note(tx, &case, EventKind::StateSet).await?;
    let direct = DirectMessage {
        message: CaseMessage::DrillOver { case: case.id },
        expires: None,
    };
    let called = readers.iter().map(|reader| reader.member).collect();
    notifier.send(tx, &called, &direct).await
}
