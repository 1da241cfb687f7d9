//! The proof that a report existed, for the person who raised it. Others can check it with nothing of ours except the
//! verifier key.

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;

use super::visit;
use super::visits::VisitId;
use crate::civil;
use crate::clock::Millis;
use crate::concerns::case::Case;
use crate::concerns::deadlines::fixed_times::DIGEST_AT;
use crate::concerns::desk::Desk;
use crate::concerns::entry::EntryKind;
use crate::concerns::event::EventKind;
use crate::concerns::store::{self, Digest};
use crate::concerns::upkeep::digest::{self, STRAGGLE};
use crate::evidence::receipt::{EVENT, Entry, EventProof, Prover};

/// Name of the sealed report among the files; only handlers and the case key can open it.
const REPORT: &str = "report.age";

/// What a reporter gets.
#[derive(Clone, PartialEq, Eq)]
pub enum ProofOutcome {
    /// Names and contents.
    Files(Vec<(String, Vec<u8>)>),
    /// The day of the receipt is not committed to yet.
    NotYet { from: Millis },
    /// The visit has ended; the case key must be typed again.
    Over,
}

/// The files that prove that the report of the visitor's case existed on its day.
///
/// # Errors
/// When the database cannot be read, or the log in it is damaged.
pub async fn prove(desk: &Desk, visit: &VisitId) -> anyhow::Result<ProofOutcome> {
    match visit::case(desk, visit).await? {
        Some((found, _)) => prove_case(desk, &found.case).await,
        None => Ok(ProofOutcome::Over),
    }
}

pub(crate) async fn prove_case(desk: &Desk, case: &Case) -> anyhow::Result<ProofOutcome> {
    let reader = desk.core.db.reader();
    let event = store::event_of(reader, &case.id, EventKind::Received).await?;
    let event = event.context("nothing is kept of the receipt of a case")?;
    let day: Date = event.on_day.parse().context("an event has no day")?;
    let line = digest::line(reader, &event).await?;
    let days = (day, day.saturating_add(STRAGGLE.days()));
    let digests = store::digests(reader, case.organisation, days).await?;
    let found = digests
        .iter()
        .find_map(|digest| Some((digest, digest.tree.prove(&line)?)));
    let Some((digest, proof)) = found else {
        return Ok(ProofOutcome::NotYet {
            from: due(desk, case, day),
        });
    };
    let mut files = files(desk, digest, &proof).await?;
    let entries = store::entries(reader, &case.id).await?;
    let report = entries.into_iter().find(|entry| entry.kind == EntryKind::Report);
    files.extend(report.map(|report| (REPORT.to_owned(), report.sealed)));
    Ok(ProofOutcome::Files(files))
}

fn due(desk: &Desk, case: &Case, day: Date) -> Millis {
    let zone = desk
        .core
        .organisation(case.organisation)
        .map(|organisation| &organisation.zone);
    let zone = zone
        .and_then(|zone| civil::zone(zone).ok())
        .unwrap_or(jiff::tz::TimeZone::UTC);
    civil::instant(day.saturating_add(1.days()).to_datetime(DIGEST_AT), &zone)
}

async fn files(desk: &Desk, digest: &Digest, proof: &EventProof) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let receipt = Prover::new(desk.core.db.clone())
        .entry(Entry::Record(digest.rec.clone()))
        .await?;
    let receipt = receipt.context("the log has no leaf for a digest")?;
    let mut files = receipt.files();
    files.push((format!("{}.{EVENT}", receipt.index), proof.text().into_bytes()));
    Ok(files)
}
