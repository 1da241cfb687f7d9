//! Sending copies to authorities and webhooks. What goes to Discord goes through the outbox.
//!
//! A copy is leased before it is sent and settled after. If the process died in between, it is sent again, so a webhook
//! may get the same bytes twice.

use anyhow::Context;
use futures_util::StreamExt;
use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

use super::anchor::Anchor;
use super::http::{Answer, Post};
use super::outside::Hook;
use super::publish::GIVE_UP;
use super::settle::{self, Copy};
use super::target::Target;
use super::tsa::{self, Query};
use super::{Anchors, Publication, store};
use crate::clock::Millis;
use crate::outbox;

/// How long a copy is leased before somebody else may take it, in milliseconds; more than the longest request.
const LEASE: i64 = Millis::MINUTE;
/// Copies taken in one go.
const BATCH: u64 = 16;
/// Requests under way at the same time.
const AT_ONCE: usize = 4;

/// A copy that has arrived.
#[derive(Debug)]
struct Arrived {
    reference: String,
    token: Option<Vec<u8>>,
}

/// An attempt that failed.
#[derive(Debug)]
struct Failed {
    reason: String,
    /// How long the other side wants to be left alone, milliseconds.
    wait: Option<i64>,
}

impl Failed {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            wait: None,
        }
    }

    fn status(answer: &Answer) -> Self {
        Self {
            reason: format!("answered with status {}", answer.status),
            wait: answer.retry_after,
        }
    }
}

impl Anchors {
    /// Sends what is due, and says when to come back; none if nothing waits.
    ///
    /// # Errors
    /// When the database cannot be read or written. What was sent and not settled is sent again.
    pub async fn send_due(&self) -> anyhow::Result<Option<Millis>> {
        loop {
            let now = self.core.clock.now();
            match store::next_due(self.core.db.reader()).await? {
                None => return Ok(None),
                Some(due) if due > now => return Ok(Some(due)),
                Some(_) => {}
            }
            let claimed = self.core.ledger.write(|tx| Box::pin(store::claim(tx, LEASE, BATCH)));
            let claimed = claimed.await.context("taking copies that are due")?;
            if claimed.is_empty() {
                // Others have them, or a newer version of this program wrote them.
                return Ok(Some(now + LEASE));
            }
            let mut sent = futures_util::stream::iter(claimed)
                .map(|anchor| async move {
                    let outcome = self.send(&anchor).await;
                    (anchor, outcome)
                })
                .buffer_unordered(AT_ONCE);
            while let Some((anchor, outcome)) = sent.next().await {
                self.settle(anchor, outcome?).await?;
            }
        }
    }

    async fn send(&self, anchor: &Anchor) -> anyhow::Result<Result<Arrived, Failed>> {
        let publication = store::publication(self.core.db.reader(), anchor.size).await?;
        let publication = publication.with_context(|| format!("publication {} is gone", anchor.size))?;
        let authorities = &self.outside.authorities;
        let hooks = &self.outside.hooks;
        match &anchor.target {
            Target::Tsa(name) => match authorities.iter().find(|known| known.name == *name) {
                Some(authority) => self.stamp(&authority.url, &publication).await,
                None => Ok(Err(Failed::new("is not configured any more"))),
            },
            Target::Webhook(name) => match hooks.iter().find(|known| known.name == *name) {
                Some(hook) => Ok(self.deliver(hook, &publication).await),
                None => Ok(Err(Failed::new("is not configured any more"))),
            },
            Target::Discord(_) | Target::Witness(_) => Ok(Err(Failed::new("is not sent from here"))),
        }
    }

    async fn stamp(&self, url: &Url, publication: &Publication) -> anyhow::Result<Result<Arrived, Failed>> {
        let query = Query::over(publication.note.as_bytes(), &self.core.chance);
        let post = Post {
            most: tsa::LONGEST,
            ..Post::new(url, tsa::QUERY, query.der()?)
        };
        let answer = match self.http.post(post, self.core.clock.now()).await {
            Ok(answer) => answer,
            Err(trouble) => return Ok(Err(Failed::new(trouble.to_string()))),
        };
        if answer.status != 200 {
            return Ok(Err(Failed::status(&answer)));
        }
        if answer.content_type != tsa::REPLY {
            return Ok(Err(Failed::new(
                "answered with another content type than a time-stamp reply",
            )));
        }
        Ok(match query.check(&answer.body) {
            Ok(stamp) => Ok(Arrived {
                reference: format!("{}, serial number {}", stamp.time, stamp.serial),
                token: Some(answer.body),
            }),
            Err(unfit) => Err(Failed::new(unfit.to_string())),
        })
    }

    async fn deliver(&self, hook: &Hook, publication: &Publication) -> Result<Arrived, Failed> {
        let own = |name: &'static str, value: &str| {
            let value = HeaderValue::from_str(value).ok()?;
            Some((HeaderName::from_static(name), value))
        };
        let headers = [
            own("x-bellwether-origin", self.vkey.name()),
            own("x-bellwether-size", &publication.size.to_string()),
            hook.secret.clone(),
        ];
        let post = Post {
            headers: headers.into_iter().flatten().collect(),
            ..Post::new(
                &hook.url,
                "text/plain; charset=utf-8",
                publication.note.clone().into_bytes(),
            )
        };
        match self.http.post(post, self.core.clock.now()).await {
            Ok(answer) if (200..300).contains(&answer.status) => Ok(Arrived {
                reference: format!("status {}", answer.status),
                token: None,
            }),
            Ok(answer) => Err(Failed::status(&answer)),
            Err(trouble) => Err(Failed::new(trouble.to_string())),
        }
    }

    async fn settle(&self, anchor: Anchor, outcome: Result<Arrived, Failed>) -> anyhow::Result<()> {
        let chance = self.core.chance.clone();
        let copy = Copy {
            size: anchor.size,
            target: anchor.target,
        };
        let shown = copy.clone();
        let written = match outcome {
            Ok(Arrived { reference, token }) => {
                let arrived = self.core.ledger.write(move |tx| {
                    Box::pin(async move { settle::arrived(tx, &chance, &copy, reference, token).await.map(drop) })
                });
                arrived.await
            }
            Err(failed) => self.put_off(copy, anchor.attempts, failed).await,
        };
        written.with_context(|| format!("settling the copy of {} for {}", shown.size, shown.target))
    }

    async fn put_off(&self, copy: Copy, attempts: u32, failed: Failed) -> anyhow::Result<()> {
        let Failed { reason, wait } = failed;
        let now = self.core.clock.now();
        let publication = store::publication(self.core.db.reader(), copy.size).await?;
        let too_old = publication.is_none_or(|publication| publication.published_at + GIVE_UP <= now);
        let (size, target) = (copy.size, copy.target.clone());
        if too_old {
            tracing::error!(size, %target, "a checkpoint could not be published for days and is given up: {reason}");
        } else {
            tracing::warn!(size, %target, attempts, "a checkpoint could not be published and is tried again: {reason}");
        }
        let pause = outbox::back_off(attempts + 1, &self.core.chance).max(wait.unwrap_or(0));
        self.core
            .ledger
            .write(move |tx| {
                Box::pin(async move {
                    if too_old {
                        return settle::give_up(tx, &copy, &reason).await;
                    }
                    store::postpone(tx, (copy.size, &copy.target), now + pause, &reason).await
                })
            })
            .await
    }
}
