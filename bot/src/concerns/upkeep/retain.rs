//! Deleting cases when their time is over.
//!
//! The texts, files, identities, numbers, keys to find them by, events and messages about them are deleted. What stays
//! are counts by quarter, and in the evidence log the digests of days, which lead nowhere once the events' salts are
//! gone. What is deleted is written into the journal of erasures first, so that a restored backup is deleted again.

use std::collections::BTreeMap;

use anyhow::Context;
use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::civil;
use crate::clock::Millis;
use crate::concerns::case::Case;
use crate::concerns::event::EventKind;
use crate::concerns::figures::count;
use crate::concerns::figures::{Calendar, Tallies};
use crate::concerns::store;
use crate::config::Organisation;
use crate::core::Core;
use crate::erasable::Journal;
use crate::ids::{CaseId, OrganisationId};
use crate::ledger::Tx;
use crate::outbox;
use crate::settings;

/// What deleting works with.
#[derive(Clone)]
pub(crate) struct Retention {
    pub core: Core,
}

/// The setting that holds the counts of what was deleted.
fn setting(organisation: OrganisationId) -> String {
    format!("concerns.kept.{organisation}")
}

/// The counts of what was deleted, by quarter.
pub(crate) async fn kept(connection: &impl crate::db::Connection, of: OrganisationId) -> anyhow::Result<Tallies> {
    let kept = settings::read(connection, &setting(of)).await?;
    let kept = kept.map(|kept| serde_json::from_str(&kept)).transpose();
    Ok(kept.context("reading the counts of deleted cases")?.unwrap_or_default())
}

/// When a case that was closed then is deleted: that number of calendar months later.
pub fn deleted_at(closed: Millis, months: u32, zone: &TimeZone) -> Millis {
    let civil = civil::local(closed, zone);
    civil::instant(civil.saturating_add(i64::from(months).months()), zone)
}

impl Retention {
    /// Deletes what was closed too long ago. Returns how many cases. Repeating is harmless.
    ///
    /// # Errors
    /// When journal or database cannot be written. Unless the journal was written, nothing was deleted.
    pub(crate) async fn retain(&self, organisation: &Organisation, now: Millis) -> anyhow::Result<usize> {
        let zone = civil::zone(&organisation.zone).unwrap_or(TimeZone::UTC);
        let months = self.core.config.concerns.retention_months;
        let is_over = |case: &Case| case.closed_at.is_some_and(|at| deleted_at(at, months, &zone) <= now);
        let mut old = store::closed_cases(self.core.db.reader(), organisation.id, now).await?;
        old.retain(is_over);
        if old.is_empty() {
            return Ok(0);
        }
        let ids: Vec<String> = old.iter().map(|case| case.id.as_str().to_owned()).collect();
        let journal = Journal::beside(&self.core.config.evidence);
        journal.write_cases(ids).await?;
        let count = old.len();
        self.delete(organisation, old).await?;
        tracing::info!(count, "concerns whose time was over were deleted");
        Ok(count)
    }

    /// Deletes again what a restored backup has brought back. Returns how many cases.
    ///
    /// # Errors
    /// When the journal is damaged, or the database cannot be read or written.
    pub(crate) async fn delete_again(&self) -> anyhow::Result<usize> {
        let deleted = Journal::beside(&self.core.config.evidence).cases()?;
        let mut count = 0;
        for organisation in &self.core.config.organisations {
            let mut back = store::cases(self.core.db.reader(), organisation.id).await?;
            back.retain(|case| deleted.contains(case.id.as_str()));
            if !back.is_empty() {
                count += back.len();
                self.delete(organisation, back).await?;
            }
        }
        Ok(count)
    }

    async fn delete(&self, organisation: &Organisation, cases: Vec<Case>) -> anyhow::Result<()> {
        let (own, organisation) = (self.clone(), organisation.clone());
        let deleted = self
            .core
            .ledger
            .write(move |tx| Box::pin(async move { own.delete_in(tx, &organisation, cases).await }));
        deleted.await.context("deleting concerns whose time was over")?;
        self.core.db.scrub().await.map(drop)
    }

    async fn delete_in(&self, tx: &Tx, organisation: &Organisation, cases: Vec<Case>) -> anyhow::Result<()> {
        let mut there = Vec::with_capacity(cases.len());
        for case in cases {
            // Another process may have been faster, and has counted it.
            there.extend(store::find(tx.connection(), &case.id).await?);
        }
        let calendar = Calendar {
            zone: civil::zone(&organisation.zone).unwrap_or(TimeZone::UTC),
            first_month: self.core.config.schedule.first_month_of_year,
        };
        let mut tallies: Tallies = kept(tx.connection(), organisation.id).await?;
        // Nothing more will be done in them, so that all their dates count.
        let gone: BTreeMap<_, _> = count::tallies(tx.connection(), &there, &calendar, Millis(i64::MAX)).await?;
        for (quarter, tally) in gone {
            *tallies.entry(quarter).or_default() += tally;
        }
        let tallies = serde_json::to_string(&tallies)?;
        settings::remember(tx.connection(), &setting(organisation.id), &tallies, tx.now()).await?;
        for case in &there {
            store::delete_case(tx.connection(), &case.id).await?;
            outbox::forget_naming(tx, case.id.as_str()).await?;
            self.note(tx, organisation).await?;
        }
        Ok(())
    }

    /// That something was deleted, but not what.
    async fn note(&self, tx: &Tx, organisation: &Organisation) -> anyhow::Result<()> {
        let event = crate::concerns::event::NewEvent {
            organisation: organisation.id,
            on_day: crate::concerns::desk::day_of(tx.now(), &organisation.zone),
            case: None::<CaseId>,
            kind: EventKind::Deleted,
            actor: None,
            about: None,
        };
        crate::concerns::event::record_event(tx, &self.core.chance, event).await
    }
}
