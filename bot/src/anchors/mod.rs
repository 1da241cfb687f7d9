//! Publishing checkpoints, and bringing copies of them out of the operator's reach.
//!
//! Whoever has the log's key and the database can write another log. Only a copy that is kept elsewhere shows it. So
//! each publication goes to Discord, to time-stamping authorities, webhooks and witnesses, and its bytes never change.

mod anchor;
mod http;
mod nag;
mod outside;
mod publish;
mod send;
mod settle;
mod status;
mod store;
mod target;
mod tsa;
mod witness;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Context;

pub use anchor::{Anchor, State};
pub use nag::Nag;
pub use outside::Outside;
pub use publish::{Outcome, last_publication};
pub use settle::{Copy, Posting, note_not_posted, note_posted, note_postponed, posting};
pub use status::{Status, TargetStatus, planned, status};
pub use store::Publication;
pub use target::Target;

use crate::chance::Chance;
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::db::Db;
use crate::evidence::Halt;
use crate::evidence::note::Vkey;
use crate::ledger::Ledger;
use http::Http;

/// The log warns once in so many milliseconds.
const NAG_EVERY: i64 = Millis::DAY;

/// What publishing works with.
#[derive(Clone, Debug)]
pub struct Tools {
    pub db: Db,
    pub ledger: Ledger,
    pub clock: Clock,
    pub chance: Chance,
    pub config: Arc<Config>,
    /// The key that signs checkpoints.
    pub vkey: Vkey,
    /// Stops the signing, when the log was cut.
    pub halt: Halt,
}

/// Publishes and brings copies out. One for a process.
#[derive(Debug)]
pub struct Anchors {
    db: Db,
    ledger: Ledger,
    clock: Clock,
    chance: Chance,
    config: Arc<Config>,
    vkey: Vkey,
    halt: Halt,
    outside: Outside,
    http: Http,
    /// Not before this instant is warned again.
    nag_at: AtomicI64,
}

impl Anchors {
    /// # Errors
    /// When the system offers no TLS.
    pub fn new(tools: Tools, outside: Outside) -> anyhow::Result<Self> {
        let Tools {
            db,
            ledger,
            clock,
            chance,
            config,
            vkey,
            halt,
        } = tools;
        Ok(Self {
            db,
            ledger,
            clock,
            chance,
            config,
            vkey,
            halt,
            outside,
            http: Http::new()?,
            nag_at: AtomicI64::new(i64::MIN),
        })
    }

    /// One step: publishes what is due, sends what waits, and warns once a day while nobody outside has a copy.
    /// Returns when to come back at the latest; none when only something new gives cause to.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn step(&self) -> anyhow::Result<Option<Millis>> {
        // A log that cannot be published hinders no copy of what was.
        let (published, sent, nagged) = (self.publish().await, self.send_due().await, self.nag().await);
        let (outcome, sent) = (published?, sent?);
        nagged?;
        let next = match outcome {
            Outcome::NotYet { next } => Some(next),
            Outcome::Published { .. } | Outcome::NothingNew | Outcome::Nobody | Outcome::Stopped => None,
        };
        Ok(sent.into_iter().chain(next).min())
    }

    async fn nag(&self) -> anyhow::Result<()> {
        let now = self.clock.now();
        if now.0 < self.nag_at.load(Ordering::Relaxed) {
            return Ok(());
        }
        let settings = &self.config.evidence;
        let status = status(self.db.reader(), &self.config, &self.outside, now).await;
        let status = status.context("looking at how the log is anchored")?;
        for nag in status.nags(now, settings.anchor_warn_after) {
            tracing::warn!("{nag}. To fix it: {}", nag.remedy());
        }
        self.nag_at.store((now + NAG_EVERY).0, Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
