//! Publishing checkpoints, and getting copies of them out of the operator's reach.
//!
//! Whoever has the log's key and the database can write another log. Only a copy that is kept elsewhere reveals it. So
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

use crate::clock::Millis;
use crate::core::Core;
use crate::evidence::Halt;
use crate::evidence::note::Vkey;
use http::Http;

/// The log warns at most once in this time, in milliseconds.
const NAG_EVERY: i64 = Millis::DAY;

/// Publishes, and sends copies out. One for a process.
#[derive(Debug)]
pub struct Anchors {
    core: Core,
    /// The key that signs checkpoints.
    vkey: Vkey,
    /// Stops the signing, when the log was cut.
    halt: Halt,
    outside: Outside,
    http: Http,
    /// No warning before this instant.
    nag_at: AtomicI64,
}

impl Anchors {
    /// # Errors
    /// When the system offers no TLS.
    pub fn new(core: Core, vkey: Vkey, halt: Halt, outside: Outside) -> anyhow::Result<Self> {
        Ok(Self {
            core,
            vkey,
            halt,
            outside,
            http: Http::new()?,
            nag_at: AtomicI64::new(i64::MIN),
        })
    }

    /// One step: publishes what is due, sends what waits, and warns once a day while nobody outside has a copy. Returns
    /// when to come back at the latest; none if only something new is a reason to.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub async fn step(&self) -> anyhow::Result<Option<Millis>> {
        // Even if the log cannot be published, copies of what was published before still go out.
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
        let now = self.core.clock.now();
        if now.0 < self.nag_at.load(Ordering::Relaxed) {
            return Ok(());
        }
        let settings = &self.core.config.evidence;
        let status = status(self.core.db.reader(), &self.core.config, &self.outside, now).await;
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
