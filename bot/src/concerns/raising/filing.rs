//! Sealing a concern and putting it into the database, in one transaction. What arrives here is sealed or belongs to
//! handlers; the one exception is the person to answer, if somebody wants to be known.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::clock::Millis;
use crate::concerns::case::Case;
use crate::concerns::desk::Desk;
use crate::concerns::entry::{Entry, EntryKind, SealedFile};
use crate::concerns::event::{EventKind, NewEvent, record_event};
use crate::concerns::store;
use crate::ids::{MemberId, OrganisationId};
use crate::ledger::Tx;
use crate::outbox::{self, CaseMessage, Message, NewOutbound};

/// A concern that is ready to be written.
pub(crate) struct Filing {
    pub case: Case,
    pub barred: BTreeSet<MemberId>,
    /// The report as an age file.
    pub report: Vec<u8>,
    /// The identity as an age file; only in confidential cases.
    pub identity: Option<Vec<u8>>,
    /// The person to answer; only in named cases.
    pub named: Option<MemberId>,
    pub files: Vec<SealedFile>,
    /// Who is notified at once; nobody if it can wait.
    pub called: BTreeSet<MemberId>,
}

/// Writes the concern and its event.
pub(crate) async fn file(desk: &Desk, mut filing: Filing) -> anyhow::Result<()> {
    filing.case.vouch = Some(desk.vouch.of(&filing.case, &filing.barred));
    let of = desk.clone();
    desk.core
        .ledger
        .write(move |tx| {
            Box::pin(async move {
                // The instant of its first use would tell when somebody came.
                of.pepper.leave_fingerprint(tx, Millis(0)).await?;
                write(tx, &of, filing).await
            })
        })
        .await
}

async fn write(tx: &Tx, desk: &Desk, filing: Filing) -> anyhow::Result<()> {
    let Filing { case, barred, .. } = filing;
    let connection = tx.connection();
    store::insert_case(connection, &case, &barred).await?;
    let about = Sha256::digest(&filing.report).into();
    let report = Entry {
        id: desk.core.chance.id(),
        case: case.id.clone(),
        seq: 1,
        kind: EntryKind::Report,
        sealed: filing.report,
        for_reporter: true,
        handler: None,
        at: None,
        on_day: case.received_on,
        vouch: None,
    };
    desk.vouch.add(connection, report).await?;
    store::insert_files(connection, &case.id, filing.files).await?;
    if let Some(sealed) = filing.identity {
        store::insert_identity(connection, &case.id, sealed).await?;
    }
    if let Some(member) = filing.named {
        store::insert_named(connection, &case.id, member).await?;
    }
    let event = NewEvent {
        organisation: case.organisation,
        on_day: case.received_on,
        case: Some(case.id),
        kind: EventKind::Received,
        actor: None,
        about: Some(about),
    };
    record_event(tx, &desk.core.chance, event).await?;
    call(tx, desk, case.organisation, filing.called).await
}

/// Promises the message that somebody asks the handlers to read their concern at once.
async fn call(tx: &Tx, desk: &Desk, organisation: OrganisationId, called: BTreeSet<MemberId>) -> anyhow::Result<()> {
    for member in called {
        let call = NewOutbound {
            organisation,
            member: Some(member),
            channel: None,
            message: Message::Case(CaseMessage::Now),
            at: tx.now(),
            expires: None,
        };
        outbox::promise(tx, &desk.core.chance, call).await?;
    }
    Ok(())
}
