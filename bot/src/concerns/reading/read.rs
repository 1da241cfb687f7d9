//! Reading a case: its sealed files for a key of the handler's own, its texts if the kept key is unlocked.
//!
//! That somebody reads it is recorded before they get anything. No deadline moves, and the reporter is not told.

use std::collections::BTreeSet;
use std::io::Read as _;

use age::x25519::Identity;
use zeroize::Zeroizing;

use super::access::{self, Access, Handler, Visible};
use crate::clock::Millis;
use crate::concerns::case::CaseNumber;
use crate::concerns::desk::{Desk, day_of};
use crate::concerns::entry::{Entry, EntryKind, SealedFile};
use crate::concerns::event::EventKind;
use crate::concerns::keys::handler_key::Custody;
use crate::concerns::keys::sealing;
use crate::concerns::raising::content;
use crate::concerns::store;
use crate::ids::CaseId;
use crate::ledger::Tx;

/// What a handler gets to read.
pub enum ReadOutcome {
    /// For any age program, and the handler's own key.
    Sealed(Vec<Piece>),
    /// Opened with the kept key, which stays unlocked until then.
    Opened(Opened, Millis),
    /// The kept key has to be unlocked first. Nothing was noted.
    Locked,
    NoSuchCase,
}

/// A sealed file.
pub struct Piece {
    /// Without an ending, such as `K7Q-2MX-01-report`.
    pub name: String,
    pub sealed: Vec<u8>,
}

/// What was said in a case, and its files.
pub struct Opened {
    /// Each with what it says; `None` if it is not sealed to the handler's key.
    pub entries: Vec<(Shown, Option<content::Opened>)>,
    pub files: Vec<OpenedFile>,
}

/// An entry without its text.
pub struct Shown {
    /// For a file, such as `K7Q-2MX-01-report`.
    pub name: String,
    pub entry: Entry,
    /// Nothing vouches for it: it is not as this program wrote it, and its text is not shown.
    pub altered: bool,
}

/// A file as it came.
pub struct OpenedFile {
    pub name: String,
    pub bytes: Zeroizing<Vec<u8>>,
}

/// All that a case holds, sealed.
struct Contents {
    number: CaseNumber,
    entries: Vec<Entry>,
    /// Ids of those that nothing vouches for.
    altered: BTreeSet<String>,
    files: Vec<SealedFile>,
}

/// Gives a case to its handler to read.
///
/// # Errors
/// When the database cannot be read or written; then nothing was given.
pub async fn read(desk: &Desk, handler: &Handler, case: CaseId) -> anyhow::Result<ReadOutcome> {
    let unlocked = desk.vault.get(desk.core.clock.now(), handler.whose());
    let open = unlocked.is_some();
    let found = access::work(desk, handler, move |tx, access| {
        Box::pin(contents(tx, access, case, open))
    })
    .await?;
    Ok(match (found, unlocked) {
        (Found::Nothing, _) => ReadOutcome::NoSuchCase,
        (Found::Locked, _) => ReadOutcome::Locked,
        (Found::Kept(contents), Some((key, until))) => ReadOutcome::Opened(opened(contents, &key), until),
        (Found::Own(contents) | Found::Kept(contents), _) => ReadOutcome::Sealed(pieces(contents)),
    })
}

enum Found {
    Nothing,
    Locked,
    Own(Contents),
    Kept(Contents),
}

async fn contents(tx: &Tx, access: &Access, case: CaseId, open: bool) -> anyhow::Result<Found> {
    let Some(seen) = access.see(tx.connection(), &case).await? else {
        return Ok(Found::Nothing);
    };
    let custody = access.own().map_or(Custody::Own, |own| own.custody);
    let kind = match custody {
        Custody::Kept if !open => return Ok(Found::Locked),
        Custody::Kept => EventKind::Read,
        Custody::Own => EventKind::Exported,
    };
    access.note(tx, kind, Some(&case), None).await?;
    let contents = gather(tx, access, seen).await?;
    Ok(match custody {
        Custody::Kept => Found::Kept(contents),
        Custody::Own => Found::Own(contents),
    })
}

/// The entries, and the reasons of requests that wait: the person who should agree must be able to read them.
async fn gather(tx: &Tx, access: &Access, seen: Visible) -> anyhow::Result<Contents> {
    let (connection, id) = (tx.connection(), &seen.case.id);
    let mut entries = store::entries(connection, id).await?;
    let altered = entries.iter().filter(|entry| !access.desk.vouch.wrote(entry));
    let altered: BTreeSet<String> = altered.map(|entry| entry.id.clone()).collect();
    let mut seq = entries.last().map_or(0, |last| last.seq);
    let waiting = store::unsealings(connection, id).await?;
    for asked in waiting.into_iter().filter(|asked| asked.agreed.is_none()) {
        seq += 1;
        entries.push(Entry {
            id: asked.id.as_str().to_owned(),
            case: id.clone(),
            seq,
            kind: EntryKind::Reason,
            sealed: asked.reason,
            for_reporter: false,
            handler: Some(asked.asked_by),
            at: Some(asked.asked_at),
            on_day: day_of(asked.asked_at, &access.handler.organisation.zone),
            vouch: None,
        });
    }
    Ok(Contents {
        files: store::files(connection, id).await?,
        number: seen.case.number,
        entries,
        altered,
    })
}

impl Contents {
    fn is_altered(&self, entry: &Entry) -> bool {
        self.altered.contains(&entry.id)
    }

    /// What its file is called. The name says so if this program did not write it as it is.
    fn name_of(&self, entry: &Entry) -> String {
        let altered = if self.is_altered(entry) { "-altered" } else { "" };
        format!("{}-{:02}-{}{altered}", self.number, entry.seq, entry.kind.word())
    }
}

fn pieces(mut contents: Contents) -> Vec<Piece> {
    let number = contents.number.clone();
    let entries = std::mem::take(&mut contents.entries);
    let entries: Vec<Piece> = entries
        .into_iter()
        .map(|entry| Piece {
            name: contents.name_of(&entry),
            sealed: entry.sealed,
        })
        .collect();
    let files = (1..).zip(contents.files).map(|(at, file)| Piece {
        // It is an archive, which carries the file's name.
        name: format!("{number}-file-{at:02}.tar"),
        sealed: file.sealed,
    });
    entries.into_iter().chain(files).collect()
}

fn opened(mut contents: Contents, key: &Identity) -> Opened {
    let entries = std::mem::take(&mut contents.entries);
    let entries = entries.into_iter().map(|mut entry| {
        let plain = sealing::open(key, &std::mem::take(&mut entry.sealed)).ok();
        let read = plain.and_then(|plain| content::read(&plain).ok());
        let (name, altered) = (contents.name_of(&entry), contents.is_altered(&entry));
        let shown = Shown { name, entry, altered };
        (shown, read.filter(|_| !altered))
    });
    let entries = entries.collect();
    let files = contents.files.iter().filter_map(|file| {
        let plain = sealing::open(key, &file.sealed).ok()?;
        unpacked(&plain)
    });
    Opened {
        entries,
        files: files.collect(),
    }
}

/// The one file of an archive.
fn unpacked(archive: &[u8]) -> Option<OpenedFile> {
    let mut archive = tar::Archive::new(archive);
    let mut file = archive.entries().ok()?.next()?.ok()?;
    let name = file.path().ok()?.file_name()?.to_str()?.to_owned();
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(file.size()).ok()?));
    file.read_to_end(&mut bytes).ok()?;
    Some(OpenedFile { name, bytes })
}
